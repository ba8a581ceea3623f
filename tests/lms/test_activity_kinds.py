"""Every kind of activity as a learner meets it: saved as given, marked on the server, silent before its time."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents.models import Document

from lms.domain.enrolment import enrol
from lms.domain.polls import vote
from lms.models import (
    CheckAttempt,
    Enrolment,
    LearningRecord,
    LessonNote,
    MediaPosition,
    PollVote,
    Reflection,
    ReflectionShare,
)
from people.models import User
from tests.factories.courses import make_question
from tests.factories.lms import make_learner
from tests.factories.lms_activities import as_posted, check_block, make_activity_course, right_answers
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, make_trainer
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

LESSON = "/mijn/leren/kleine-signalen/les/"
CHECK = f"{LESSON}toets/toets/"
CASE = f"{LESSON}casus/nacht/"
JSON = {"headers": {"accept": "application/json"}}


def learn(client, *blocks) -> tuple[object, Enrolment]:
    outline = make_activity_course(*blocks)
    enrolment = make_learner()
    client.force_login(enrolment.person)
    return outline, enrolment


# --- checks of every kind


def test_every_kind_is_saved_as_given_and_marked_on_the_server(client, django_assert_max_num_queries):
    outline, _enrolment = learn(client)
    right = right_answers(outline)
    page = client.get(CHECK).content.decode()
    for secret in ("Omdat", "Zo.", "112"):
        assert secret not in page
    for question, answer in right.items():
        with django_assert_max_num_queries(8):  # two of them: session and person
            saved = client.post(f"{CHECK}antwoord/", as_posted({question: answer}), **JSON)
        assert saved.json() == {"saved": True, "attempt": 1}
    kept = CheckAttempt.objects.get().answers
    assert {question: sorted(answer) for question, answer in kept.items()} == {
        question: sorted(answer) for question, answer in right.items()
    }
    assert client.post(CHECK, {"poging": "1"})["Location"] == f"{CHECK}?poging=1"
    assert CheckAttempt.objects.get().percent == 100
    result = client.get(f"{CHECK}?poging=1").content.decode()
    assert "op de juiste plaats" in result
    assert "no-store" in client.get(CHECK)["Cache-Control"]


def test_saving_tells_nothing_by_its_words_or_by_what_it_reads(client):
    """Right and wrong are kept with the same statements, none of them at the key, and answered with the same bytes."""
    learn(client)
    client.get(CHECK)
    told = []
    for option in "ab":
        with CaptureQueriesContext(connection) as asked:
            saved = client.post(f"{CHECK}antwoord/", as_posted({"keuze": [option]}), **JSON)
        statements = [
            query["sql"][:80] for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]
        ]
        told.append((saved.content, statements))
        CheckAttempt.objects.all().delete()
    assert told[0] == told[1]
    assert not any("versioncheckkey" in sql for sql in told[0][1])


def test_wrong_answers_show_parts_but_not_the_solution(client):
    outline, _enrolment = learn(client)
    right = right_answers(outline)
    flipped = [
        f"{pair.split(':')[0]}:{place}" for pair, place in zip(right["volgorde"], (1, 3, 2), strict=True)
    ]
    wrong = {**right, "volgorde": flipped, "vak": ["nummer:113"]}
    client.post(CHECK, as_posted(wrong))
    result = client.get(f"{CHECK}?poging=1").content.decode()
    assert "1 van 3 kloppen al." in result
    assert "112" not in result
    assert "Zo hoort het" not in result


def test_half_an_order_stays_open_and_is_named(client):
    outline, _enrolment = learn(client)
    right = right_answers(outline)
    same_place = [f"{pair.split(':')[0]}:1" for pair in right["volgorde"]]
    answer = client.post(CHECK, as_posted({**right, "volgorde": same_place, "paren": right["paren"][:1]}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Geef alles een eigen plaats." in page
    assert "Hier staat nog iets open." in page
    assert CheckAttempt.objects.get().submitted_at is None


def test_draw_is_kept_and_another_attempt_asks_others(client):
    questions = [make_question(f"v{number}") for number in range(4)]
    for one in questions:
        one["value"]["pool"] = "reeks"
    learn(client, check_block(questions=questions, pools=[{"name": "reeks", "draw": 2}], shuffle=True))
    client.post(f"{CHECK}antwoord/", as_posted({}))
    first = CheckAttempt.objects.get().drawn
    assert len(first) == 2
    client.post(CHECK, as_posted({question: ["b"] for question in first}))
    client.post(f"{CHECK}antwoord/", as_posted({}, 2))
    second = CheckAttempt.objects.get(number=2)
    assert set(second.drawn).isdisjoint(first)
    assert CheckAttempt.objects.get(number=1).maximum == 2


def test_question_of_another_version_is_named_and_the_rest_is_kept(client):
    outline, _enrolment = learn(client)
    right = right_answers(outline)
    answer = client.post(
        f"{CHECK}antwoord/", as_posted({"keuze": right["keuze"], "verdwenen": ["a"]}), **JSON
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "question_gone")
    assert CheckAttempt.objects.get().answers == {"keuze": ["a"]}


# --- time, attempts, waiting


def test_time_limit_needs_a_start_and_closes_with_what_was_kept(client):
    learn(client, check_block(questions=[make_question("v1"), make_question("v2")], time_limit=10))
    assert "Begin de toets" in client.get(CHECK).content.decode()
    refused = client.post(f"{CHECK}antwoord/", as_posted({"v1": ["a"]}), **JSON)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_started")
    for _twice in range(2):
        assert client.post(f"{CHECK}begin/")["Location"] == CHECK
    attempt = CheckAttempt.objects.get()
    assert attempt.deadline - attempt.started_at == timedelta(minutes=10)
    client.post(f"{CHECK}antwoord/", as_posted({"v1": ["a"]}))
    CheckAttempt.objects.update(deadline=timezone.now() - timedelta(minutes=2))
    late = client.post(f"{CHECK}antwoord/", as_posted({"v2": ["a"]}), **JSON)
    assert (late.status_code, late.json()["code"], late.json()["reload"]) == (409, "time_up", True)
    attempt.refresh_from_db()
    assert (attempt.score, attempt.maximum, attempt.answers) == (1, 2, {"v1": ["a"]})
    assert LearningRecord.objects.count() == 1


def test_page_after_the_deadline_shows_the_result(client):
    learn(client, check_block(questions=[make_question("v1")], time_limit=10))
    client.post(f"{CHECK}begin/")
    CheckAttempt.objects.update(deadline=timezone.now() - timedelta(minutes=2))
    answer = client.get(CHECK, follow=True)
    assert answer.redirect_chain == [(f"{CHECK}?poging=1&tijd=1", 302)]
    assert "De tijd was om." in answer.content.decode()


def test_handing_in_at_the_bell_counts_with_open_questions(client):
    learn(client, check_block(questions=[make_question("v1"), make_question("v2")], time_limit=10))
    client.post(f"{CHECK}begin/")
    CheckAttempt.objects.update(deadline=timezone.now() - timedelta(seconds=5))
    assert client.post(CHECK, as_posted({"v1": ["a"]}))["Location"] == f"{CHECK}?poging=1"
    assert CheckAttempt.objects.get().percent == 50


def test_attempts_are_used_up_until_tomorrow(client):
    learn(client, check_block(questions=[make_question("v1")], attempts=1))
    client.post(CHECK, as_posted({"v1": ["b"]}))
    page = client.get(CHECK).content.decode()
    assert "Je kunt opnieuw proberen vanaf" in page
    assert client.post(CHECK, as_posted({"v1": ["a"]}, 2))["Location"] == CHECK
    assert CheckAttempt.objects.count() == 1
    CheckAttempt.objects.update(submitted_at=timezone.now() - timedelta(days=1))
    client.post(CHECK, as_posted({"v1": ["a"]}, 2))
    assert CheckAttempt.objects.get(number=2).passed


# --- cases


def test_case_gives_one_step_at_a_time_and_counts(client, django_assert_max_num_queries):
    outline, enrolment = learn(client)
    page = client.get(CASE).content.decode()
    for secret in ("GEHEIM", "STAP TWEE", "KOMT GOED", "SLOT"):
        assert secret not in page
    assert "GEHEIM" not in client.get(LESSON).content.decode()
    with django_assert_max_num_queries(8):
        client.post(CASE, {"ronde": "1", "stap": "deur", "keuze": "a"})
    page = client.get(CASE).content.decode()
    assert "GEHEIM a" in page
    assert "GEHEIM b" not in page
    client.post(CASE, {"ronde": "1", "stap": "binnen", "keuze": "a"})
    attempt = CheckAttempt.objects.get()
    assert (attempt.passed, attempt.score, attempt.maximum) == (True, 2, 2)
    assert "HET KOMT GOED" in client.get(CASE).content.decode()
    client.post(CHECK, as_posted(right_answers(outline)))
    client.post(f"{LESSON}klaar/")
    enrolment.refresh_from_db()
    assert enrolment.is_completed


def test_second_device_and_back_button_change_no_decision(client):
    learn(client)
    for choice in ("a", "b"):
        client.post(CASE, {"ronde": "1", "stap": "deur", "keuze": choice})
    client.post(CASE, {"ronde": "1", "stap": "slecht", "keuze": "a"})
    assert CheckAttempt.objects.get().answers == {"deur": ["a"]}


def test_bad_ending_may_be_tried_again_and_odd_choices_change_nothing(client):
    learn(client)
    for step, choice in (("deur", "zz"), ("deur", ""), ("", "a")):
        assert client.post(CASE, {"stap": step, "keuze": choice}).status_code == 302
    assert not CheckAttempt.objects.exists()
    client.post(CASE, {"ronde": "1", "stap": "deur", "keuze": "b"})
    assert CheckAttempt.objects.get().passed is False
    for _twice in range(2):
        client.post(CASE, {"opnieuw": "1"})
    assert list(CheckAttempt.objects.order_by("number").values_list("number", "answers")) == [
        (1, {"deur": ["b"]}),
        (2, {}),
    ]
    assert client.get(f"{LESSON}casus/weg/").status_code == 404
    assert client.get(f"{LESSON}toets/nacht/").status_code == 404


# --- polls


def test_poll_shows_the_group_from_five_voices_on(client):
    outline, enrolment = learn(client)
    others = [enrol(person=person, course_slug=outline.slug) for person in UserFactory.create_batch(4)]
    for other in others[:3]:
        vote(
            person_id=other.person_id,
            course_slug=outline.slug,
            lesson_slug="les",
            poll_id="peiling",
            choices=["ja"],
        )
    assert "poll__results" not in client.get(LESSON).content.decode()
    client.post(f"{LESSON}peiling/peiling/", {"keuze": "nee"})
    assert "Zodra vijf mensen geantwoord hebben" in client.get(LESSON).content.decode()
    vote(
        person_id=others[3].person_id,
        course_slug=outline.slug,
        lesson_slug="les",
        poll_id="peiling",
        choices=["nee"],
    )
    page = client.get(LESSON).content.decode()
    assert 'value="60"' in page
    assert 'value="40"' in page
    client.post(f"{LESSON}peiling/peiling/", {"keuze": ["ja", "nee", "weg"]})
    assert PollVote.objects.get(enrolment=enrolment).choices == ["ja"]
    assert client.post(f"{LESSON}peiling/weg/", {"keuze": "ja"}).status_code == 404


# --- notes, positions


def test_notes_are_private_and_never_overwritten_unseen(client):
    learn(client)
    assert (
        client.post(f"{LESSON}notities/", {"tekst": "Eerst", "versie": "0"}, **JSON).json()["revision"] == 1
    )
    clash = client.post(f"{LESSON}notities/", {"tekst": "Anders", "versie": "0"}, **JSON)
    assert (clash.status_code, clash.json()["other"]) == (409, "Eerst")
    long = client.post(f"{LESSON}notities/", {"tekst": "x" * 50_001, "versie": "1"})
    assert long.status_code == 413
    assert "x" * 50_001 in long.content.decode()
    assert LessonNote.objects.get().text == "Eerst"
    client.force_login(make_learner().person)
    assert "Eerst" not in client.get(LESSON).content.decode()


def recording_block():
    files = {
        name: Document.objects.create(title=name, file=ContentFile(b"x", name=name))
        for name in ("s.mp3", "s.vtt")
    }
    value = {"key": "stem", "title": "Stem", "transcript": "<p>Tekst</p>", "minutes": 1}
    return {"type": "audio", "value": {**value, "audio": files["s.mp3"].pk, "captions": files["s.vtt"].pk}}


def test_second_of_a_recording_is_kept(client):
    learn(client, recording_block())
    for second, status in (("75", 200), ("30", 200), ("-1", 400), ("9" * 30, 400), ("x", 400), ("", 400)):
        answer = client.post(f"{LESSON}fragment/stem/", {"seconde": second}, **JSON)
        assert answer.status_code == status
    assert MediaPosition.objects.get().second == 30
    assert 'data-second="30"' in client.get(LESSON).content.decode()
    assert client.post(f"{LESSON}fragment/film/", {"seconde": "5"}, **JSON).status_code == 404


# --- sharing a reflection


def test_reflection_is_read_by_the_trainer_only_while_it_is_shared(client):
    outline = make_activity_course()
    trainer, stranger = make_trainer(), make_trainer()
    cohort = CohortFactory(course_id=outline.course_page_id)
    SessionFactory(cohort=cohort, trainers=[trainer])
    person = UserFactory(first_name="Noor")
    enrolment = enrol(person=person, course_slug=outline.slug, cohort_id=cohort.pk)
    client.force_login(person)
    url = f"{LESSON}reflectie/stilstaan/"
    client.post(f"{url}delen/", {"trainer": trainer.pk})
    assert not ReflectionShare.objects.exists()
    client.post(url, {"tekst": "GEHEIME GEDACHTE", "versie": "0"})
    client.post(f"{url}delen/", {"trainer": stranger.pk})
    assert not ReflectionShare.objects.exists()
    for _twice in range(2):
        client.post(f"{url}delen/", {"trainer": trainer.pk})
    assert ReflectionShare.objects.count() == 1
    assert read_by(client, trainer).count("GEHEIME GEDACHTE") == 1
    assert "GEHEIME" not in read_by(client, stranger)
    client.force_login(person)
    client.post(f"{url}delen/", {"terug": "1"})
    assert ReflectionShare.objects.get().text == ""
    assert "GEHEIME" not in read_by(client, trainer)
    assert Reflection.objects.get(enrolment=enrolment).text == "GEHEIME GEDACHTE"


def read_by(client, trainer: User) -> str:
    client.force_login(trainer)
    return client.get("/begeleiding/reflecties/").content.decode()


# --- roles and numbers


def test_lesson_page_keeps_its_queries(client, django_assert_max_num_queries):
    learn(client)
    client.post(f"{LESSON}peiling/peiling/", {"keuze": "ja"})
    client.get(LESSON)
    with django_assert_max_num_queries(15):
        client.get(LESSON)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("peiling/peiling/", {"keuze": "ja"}),
        ("notities/", {"tekst": "x"}),
        ("reflectie/stilstaan/delen/", {"trainer": "1"}),
        ("casus/nacht/", {"stap": "deur", "keuze": "a"}),
        ("toets/toets/begin/", {}),
    ],
)
def test_who_is_not_enrolled_writes_nothing(client, path, data):
    make_activity_course()
    client.force_login(UserFactory())
    assert client.post(LESSON + path, data).status_code == 302
    for model in (PollVote, LessonNote, CheckAttempt, ReflectionShare):
        assert not model.objects.exists()
