"""What people thought: once each, without a name, shown from five on and five at a time; and practical notes."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.models import OutboxEvent
from lms.domain.evaluation_rules import SMALLEST, clean_answers, questions_of, results_of
from lms.domain.evaluations import (
    STANDARD_QUESTIONS,
    ask_opinion,
    compare_editions,
    give_opinion,
    open_for,
    outcome_of,
    remind_opinions,
    save_form,
)
from lms.domain.session_notes import notes_for, write_note
from lms.exceptions import CohortError, EvaluationError
from lms.models import Cohort, EvaluationAnswer, EvaluationForm, EvaluationVoice, SessionNote
from people.api import Role
from people.models import DigestItem
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, at, enrolled, make_trainer
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db
QUESTIONS = questions_of(STANDARD_QUESTIONS)
FULL = {"nut": 4, "helder": 5, "veilig": 3, "aanrader": 9, "mee": "", "beter": ""}


def asked(people=6, cohort=None):
    trainer = make_trainer()
    cohort = cohort or CohortFactory()
    session = SessionFactory(cohort=cohort, starts_at=at(-1, 9), trainers=[trainer])
    members = [enrolled(cohort).person for _ in range(people)]
    return ask_opinion(session_id=session.pk, actor=trainer), members, trainer


def code_of(call, **kwargs) -> str:
    with pytest.raises(EvaluationError) as caught:
        call(**kwargs)
    return caught.value.code


def test_five_answers_appear_together_and_the_sixth_waits():
    evaluation, members, _trainer = asked()
    for number, person in enumerate(members, start=1):
        give_opinion(evaluation_id=evaluation.pk, person=person, given={**FULL, "beter": f"Punt {number}"})
        outcome = outcome_of(evaluation)
        assert outcome.answered == number
        assert outcome.shown == (0 if number < SMALLEST else SMALLEST)
    results = {result.question.key: result for result in outcome_of(evaluation).results}
    assert (results["nut"].mean, results["aanrader"].score, results["nut"].count) == (4.0, 100, 5)
    assert len(results["beter"].texts) == 5


def test_answer_holds_nothing_that_leads_to_a_person():
    evaluation, members, _trainer = asked()
    give_opinion(evaluation_id=evaluation.pk, person=members[0], given=FULL)
    names = {field.name for field in EvaluationAnswer._meta.get_fields()}
    assert names == {"id", "evaluation", "answers", "is_released"}
    with pytest.raises(FieldDoesNotExist):
        EvaluationVoice._meta.get_field("answer")
    assert code_of(give_opinion, evaluation_id=evaluation.pk, person=members[0], given=FULL) == "already"
    assert EvaluationAnswer.objects.count() == EvaluationVoice.objects.count() == 1


def test_only_who_was_there_answers_in_time_and_completely():
    evaluation, members, trainer = asked()
    person = members[0]
    for somebody in (UserFactory(), trainer):
        assert code_of(give_opinion, evaluation_id=evaluation.pk, person=somebody, given=FULL) == "not_yours"
    for wrong in ({"nut": 6}, {"nut": "veel"}, {"aanrader": -1}, {"aanrader": 11}):
        given = {**FULL, **wrong}
        assert code_of(give_opinion, evaluation_id=evaluation.pk, person=person, given=given) == "missing"
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        assert code_of(give_opinion, evaluation_id=evaluation.pk, person=person, given=FULL) == "closed"
    coming = SessionFactory(cohort=evaluation.session.cohort, starts_at=at(3))
    later = ask_opinion(session_id=coming.pk, actor=trainer)
    assert code_of(give_opinion, evaluation_id=later.pk, person=person, given=FULL) == "not_yet"
    assert ask_opinion(session_id=coming.pk, actor=trainer).pk == later.pk


def test_editions_are_compared_where_enough_people_answered():
    course = CohortFactory().course
    many, _people, _trainer = asked(5, CohortFactory(course=course))
    few, _others, _trainer = asked(4, CohortFactory(course=course))
    for evaluation, people in ((many, _people), (few, _others)):
        for person in people:
            give_opinion(evaluation_id=evaluation.pk, person=person, given=FULL)
    cohorts = [many.session.cohort, few.session.cohort]
    questions, editions = compare_editions(cohorts)
    assert [question.key for question in questions] == ["nut", "helder", "veilig", "aanrader"]
    assert [figure for _question, figure in editions[0].lines] == [4.0, 5.0, 3.0, 100.0] and editions[
        0
    ].shown == 5
    assert [figure for _question, figure in editions[1].lines] == [None] * 4 and editions[1].shown == 0
    assert compare_editions([CohortFactory()]) == ((), ())


def test_forms_of_ones_own_are_read_from_lines_and_never_changed():
    staff = user_with(Role.NETWORK_STAFF)
    form = save_form(
        actor=staff, name="Kort", lines="schaal: Was het helder?\n\nopen: Wat nog?\nAanrader: Ja?"
    )
    assert [one["kind"] for one in form.questions] == ["likert", "open", "nps"]
    for name, lines, code in (
        ("Kort", "open: Wat?", "name_taken"),
        ("Leeg", "  \n", "no_questions"),
        ("Fout", "cijfer: Wat?", "unknown_kind"),
        ("Lang", "open: Wat?\n" * 21, "too_many"),
    ):
        assert code_of(save_form, actor=staff, name=name, lines=lines) == code
    session = SessionFactory(starts_at=at(-1, 9))
    assert code_of(ask_opinion, session_id=session.pk, actor=staff, form_id=0) == "form_missing"
    assert ask_opinion(session_id=session.pk, actor=staff, form_id=form.pk).form == form


def test_question_reaches_each_once_in_the_mail_of_the_day():
    evaluation, members, _trainer = asked(3)
    give_opinion(evaluation_id=evaluation.pk, person=members[0], given=FULL)
    for _time in range(2):
        remind_opinions()
    assert DigestItem.objects.count() == 2 and not OutboxEvent.objects.exists()
    assert open_for(members[0].pk) == [] and open_for(members[1].pk) == [evaluation]


@given(
    st.lists(st.dictionaries(st.sampled_from(["nut", "aanrader", "mee"]), st.integers(-3, 14)), max_size=12)
)
@settings(deadline=None)
def test_nothing_is_shown_below_five_and_bars_fill_the_whole(given):
    answers = [clean_answers(QUESTIONS, one)[0] for one in given]
    results = results_of(QUESTIONS, answers)
    assert bool(results) == (len(answers) >= SMALLEST)
    for result in results:
        if result.question.kind != "open" and result.count < SMALLEST:
            assert (result.bars, result.mean, result.score) == ((), None, None)
        if result.bars:
            assert sum(bar.count for bar in result.bars) == result.count
            assert abs(sum(bar.length for bar in result.bars) - 100) < 0.1


def test_screens_of_an_evaluation(client):
    evaluation, members, trainer = asked(5)
    address = f"/mijn/mening/{evaluation.pk}/"
    for person in members:
        client.force_login(person)
        assert client.get(address).status_code == 200
        kept = client.post(address, {"mee": "Dit wil ik bewaren"})
        assert kept.status_code == 422 and "Dit wil ik bewaren" in kept.content.decode()
        assert client.post(address, FULL).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    client.force_login(trainer)
    page = client.get(f"/begeleiding/sessies/{evaluation.session_id}/evaluatie/").content.decode()
    assert "<svg" in page and "gemiddeld" in page
    assert members[0].last_name not in page
    slug = evaluation.session.cohort.course.slug
    assert client.get(f"/begeleiding/cursussen/{slug}/evaluaties/").status_code == 200
    client.force_login(make_trainer())
    assert client.get(f"/begeleiding/cursussen/{slug}/evaluaties/").status_code == 404
    client.force_login(user_with(Role.NETWORK_STAFF))
    assert client.post("/netwerk/evaluatieformulieren/", {"name": "X", "lines": "wat"}).status_code == 422
    client.post("/netwerk/evaluatieformulieren/", {"name": "X", "lines": "open: Wat?"})
    assert EvaluationForm.objects.filter(name="X").exists()


@pytest.mark.parametrize(
    "text",
    [
        "Noor Twijg had het moeilijk",
        "bel 0470 12 34 56",
        "rijksregister 85.07.30-033.28",
        "mail naar iemand@voorbeeld.test",
    ],
)
def test_note_that_tells_on_somebody_is_refused(text):
    session = SessionFactory()
    enrolled(session.cohort, first_name="Noor", last_name="Twijg")
    with pytest.raises(CohortError) as caught:
        write_note(session_id=session.pk, author=make_trainer(), topic="room", text=text)
    assert caught.value.code == "tells_on_somebody"


def test_notes_serve_the_next_edition_and_materials_reach_the_learner(client):
    trainer = make_trainer()
    first = SessionFactory(title="Dag 1", trainers=[trainer])
    second = SessionFactory(
        title="Dag 1", trainers=[trainer], starts_at=at(4), cohort=CohortFactory(course=first.cohort.course)
    )
    client.force_login(trainer)
    address = f"/begeleiding/sessies/{first.pk}/voorbereiding/"
    assert client.post(address, {"wat": "notitie", "topic": "room", "text": ""}).status_code == 422
    client.post(address, {"wat": "notitie", "topic": "timing", "text": "Begin 10 minuten vroeger"})
    assert [note.text for note in notes_for(second)] == ["Begin 10 minuten vroeger"]
    assert SessionNote.objects.get().author == trainer
    assert client.post(address, {"wat": "materiaal", "title": "Kaart", "url": "geen link"}).status_code == 422
    client.post(address, {"wat": "materiaal", "title": "Kaartjes", "url": "https://voorbeeld.test/kaart"})
    client.post(address, {"wat": "materiaal", "title": "Antwoorden", "for_trainers": "on"})
    member = enrolled(first.cohort).person
    client.force_login(member)
    page = client.get(f"/mijn/groepen/{first.cohort_id}/").content.decode()
    assert "Kaartjes" in page and "Antwoorden" not in page
    client.force_login(trainer)
    client.post(address, {"wat": "weg", "materiaal": first.materials.first().pk})
    assert first.materials.count() == 1
    assert Cohort.objects.count() == 2
