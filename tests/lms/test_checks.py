"""Knowledge checks: kept while answering, marked on the server, one attempt counts once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from courses.api import get_check
from lms.domain.checks import CheckAddress, clean_answers, hand_in, save_answers
from lms.enums import AttestedBy, RecordKind
from lms.exceptions import CheckError, EnrolmentError
from lms.models import CheckAttempt, LearningRecord
from tests.factories.lms import RIGHT, WRONG, as_form, make_learner, make_learning_course
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

URL = "/mijn/leren/kleine-signalen/les-3/toets/kleine-signalen-toets/"


@pytest.fixture
def enrolment():
    make_learning_course()
    return make_learner()


@pytest.fixture
def learner(client, enrolment):
    client.force_login(enrolment.person)
    return client


def address(enrolment, lesson="les-3", check="kleine-signalen-toets"):
    return CheckAddress(enrolment.person_id, "kleine-signalen", lesson, check)


def test_page_before_handing_in_holds_no_answers(learner, enrolment):
    page = learner.get(URL).content.decode()
    assert page.count('type="radio"') == 12
    assert page.count('type="checkbox"') == 3
    for secret in ("Omdat", "Onthoud", "correct", "choice--right", "choice--wrong"):
        assert secret not in page
    lesson = learner.get("/mijn/leren/kleine-signalen/les-3/").content.decode()
    assert "Omdat" not in lesson
    assert "Antwoord a" not in lesson


def test_all_right_passes_once_and_is_attested_by_the_server(learner, enrolment):
    answer = learner.post(URL, as_form(RIGHT))
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}?poging=1")
    attempt = CheckAttempt.objects.get()
    assert (attempt.score, attempt.maximum, attempt.percent, attempt.passed) == (5, 5, 100, True)
    record = LearningRecord.objects.get()
    assert (record.kind, record.attested_by) == (RecordKind.CHECK, AttestedBy.SERVER)
    assert record.verb == "http://adlnet.gov/expapi/verbs/passed"
    assert record.result["score"] == {"raw": 5, "max": 5, "scaled": 1.0}


def test_pass_mark_is_reached_at_four_of_five(learner):
    learner.post(URL, as_form({**RIGHT, "vraag-1": ["b"]}))
    assert CheckAttempt.objects.get().passed is True


def test_half_of_a_multiple_choice_is_wrong(learner):
    learner.post(URL, as_form({**RIGHT, "vraag-1": ["b"], "vraag-5": ["a"]}))
    attempt = CheckAttempt.objects.get()
    assert (attempt.percent, attempt.passed) == (60, False)
    page = learner.get(f"{URL}?poging=1").content.decode()
    assert "Wat je koos klopt, maar er hoort nog iets bij." in page


def test_failed_result_explains_choices_and_keeps_the_right_options(learner):
    learner.post(URL, as_form(WRONG))
    page = learner.get(f"{URL}?poging=1").content.decode()
    assert page.count("Omdat b") == 5
    assert "Omdat a" not in page
    assert "Onthoud" not in page
    assert "Dit hoorde er ook bij" not in page


def test_review_after_passing_explains_every_option(learner):
    learner.post(URL, as_form({**RIGHT, "vraag-1": ["b"]}))
    page = learner.get(URL).content.decode()
    assert page.count("Omdat") == 15
    assert page.count("Onthoud") == 5
    assert page.count("Dit hoorde er ook bij") == 1


def test_next_attempt_starts_with_what_was_right(learner):
    learner.post(URL, as_form({**WRONG, "vraag-2": ["a"]}))
    page = learner.get(URL).content.decode()
    assert page.count(" checked") == 1
    assert 'name="poging" value="2"' in page


def test_double_submit_is_one_attempt(learner):
    for _ in range(3):
        answer = learner.post(URL, as_form(RIGHT))
        assert answer.status_code == 302
    assert CheckAttempt.objects.count() == 1
    assert LearningRecord.objects.count() == 1
    assert "Je eerste antwoorden tellen." in learner.get(answer["Location"]).content.decode()


def test_second_device_cannot_change_what_was_handed_in(learner):
    learner.post(URL, as_form(WRONG))
    learner.post(URL, as_form(RIGHT, number=1))
    attempt = CheckAttempt.objects.get()
    assert (attempt.passed, attempt.answers["vraag-1"]) == (False, ["b"])


def test_after_passing_no_new_attempt_begins(learner):
    learner.post(URL, as_form(RIGHT))
    learner.post(URL, as_form(WRONG, number=2))
    assert list(CheckAttempt.objects.values_list("number", "passed")) == [(1, True)]


def test_answers_are_kept_as_they_are_given(learner, enrolment):
    for question in ("vraag-1", "vraag-2"):
        answer = learner.post(f"{URL}antwoord/", as_form({question: ["a"]}))
        assert answer.json() == {"saved": True, "attempt": 1}
    assert CheckAttempt.objects.get().answers == {"vraag-1": ["a"], "vraag-2": ["a"]}
    assert learner.get(URL).content.decode().count(" checked") == 2
    assert LearningRecord.objects.count() == 0


def test_answers_of_two_devices_come_together(learner):
    learner.post(f"{URL}antwoord/", as_form({"vraag-1": ["a"], "vraag-2": ["a"]}))
    learner.post(URL, as_form({key: RIGHT[key] for key in ("vraag-3", "vraag-4", "vraag-5")}))
    assert CheckAttempt.objects.get().percent == 100


def test_late_answer_to_a_handed_in_attempt_is_refused_kindly(learner):
    learner.post(URL, as_form(WRONG))
    answer = learner.post(f"{URL}antwoord/", as_form({"vraag-1": ["a"]}))
    assert (answer.status_code, answer.json()["code"]) == (409, "attempt_closed")


def test_open_questions_are_named_and_nothing_is_lost(learner):
    answer = learner.post(URL, as_form({"vraag-1": ["a"], "vraag-4": ["b"]}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(" checked") == 2
    assert page.count("Kies hier nog een antwoord.") == 3
    attempt = CheckAttempt.objects.get()
    assert (attempt.submitted_at, attempt.answers) == (None, {"vraag-1": ["a"], "vraag-4": ["b"]})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"vraag-1": ["a", "b"]}, {"vraag-1": ["a"]}),
        ({"vraag-1": ["zzz"]}, {}),
        ({"vraag-1": ["b", "zzz"]}, {"vraag-1": ["b"]}),
        ({"vraag-5": ["c", "a", "a"]}, {"vraag-5": ["a", "c"]}),
        ({"verdwenen-vraag": ["a"]}, {}),
        ({"vraag-1": [], "vraag-2": [""]}, {}),
        ({"vraag-1": ["\x00"], "vraag-2": ["a" * 10_000]}, {}),
    ],
)
def test_only_what_the_check_asks_is_kept(enrolment, given, kept):
    check = get_check(enrolment.version_id, "kleine-signalen-toets")
    assert clean_answers(check.questions, given) == kept


@pytest.mark.parametrize("number", ["", "0", "-3", "7", "zeven", "9" * 40])
def test_odd_attempt_numbers_mean_the_attempt_under_way(learner, number):
    answer = learner.post(URL, {**as_form(RIGHT), "poging": number})
    assert answer["Location"] == f"{URL}?poging=1"
    assert CheckAttempt.objects.get().number == 1


@pytest.mark.parametrize(
    ("lesson", "check"), [("les-1", "kleine-signalen-toets"), ("les-3", "andere"), ("weg", "weg")]
)
def test_unknown_check_is_a_404(learner, lesson, check):
    url = f"/mijn/leren/kleine-signalen/{lesson}/toets/{check}/"
    assert learner.get(url).status_code == 404
    assert learner.post(url, as_form(RIGHT)).status_code == 404
    assert learner.post(f"{url}antwoord/", as_form(RIGHT)).status_code == 404
    assert CheckAttempt.objects.count() == 0


def test_somebody_else_starts_nothing_and_sees_nothing(client, enrolment):
    hand_in(address=address(enrolment), number=1, given=WRONG)
    client.force_login(UserFactory())
    assert "Schrijf me in" in client.get(f"{URL}?poging=1").content.decode()
    assert client.post(URL, as_form(RIGHT)).status_code == 302
    assert client.post(f"{URL}antwoord/", as_form(RIGHT)).status_code == 404
    assert CheckAttempt.objects.count() == 1


def test_domain_refuses_without_enrolment(enrolment):
    stranger = CheckAddress(UserFactory().pk, "kleine-signalen", "les-3", "kleine-signalen-toets")
    with pytest.raises(EnrolmentError):
        save_answers(address=stranger, number=1, given=RIGHT)
    with pytest.raises(CheckError):
        hand_in(address=address(enrolment, lesson="les-1"), number=1, given=RIGHT)


def test_expired_session_answers_401_to_a_script_and_the_sign_in_page_to_a_form(client, enrolment):
    answer = client.post(f"{URL}antwoord/", as_form(RIGHT), headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["sign_in"]) == (401, "/account/login/")
    answer = client.post(URL, as_form(RIGHT))
    assert answer["Location"] == f"/account/login/?next={URL}"


@pytest.mark.django_db(transaction=True)
def test_two_devices_handing_in_at_once_are_one_attempt():
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once need a database server; the in-memory SQLite of tests has one")
    make_learning_course()
    enrolment = make_learner()

    def press(_number):
        try:
            return hand_in(address=address(enrolment), number=1, given=RIGHT).number
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(press, range(6))) == {1}
    assert CheckAttempt.objects.count() == 1
    assert LearningRecord.objects.count() == 1
