"""Hints of a tie, supervisors, availability, notes, rubric, conditions: exact results and the database's last word."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accreditation.domain.assignment import rounds_without_readers
from accreditation.domain.availability import add_absence, remove_absence, set_reading_limit
from accreditation.domain.conditions import checked_conditions, from_json, to_json
from accreditation.domain.conflict_rules import Traces, hints_for, plain
from accreditation.domain.conflicts import is_tied, tied_members
from accreditation.domain.decision_rules import Advice, Ripeness, majority
from accreditation.domain.decisions import decide
from accreditation.domain.dossiers import submit_dossier, withdraw_dossier
from accreditation.domain.drafts import save_draft
from accreditation.domain.opinions import give_opinion
from accreditation.domain.queries.recognitions import rows_of
from accreditation.domain.recognitions import current_status
from accreditation.domain.rubrics import checked_scores, lines_for, rubric_in_force
from accreditation.domain.snapshot import replay
from accreditation.domain.tie_questions import answer_no_tie, open_questions
from accreditation.exceptions import CommitteeError
from accreditation.models import (
    Condition,
    ConflictOfInterest,
    CriteriaVersion,
    Decision,
    Evidence,
    Letter,
    Opinion,
    OpinionDetail,
    ReaderAssignment,
    ReadingDraft,
    Recognition,
    TieQuestion,
)
from people.enums import Role
from people.models import RoleGrant
from tests.factories.committee import (
    REASONED,
    advised,
    complete_evidence,
    handed_in,
    members,
    readers_of,
)
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db


def task_of(reader):
    return ReaderAssignment.objects.active().get(reader=reader)


def today():
    return timezone.localdate()


# --- hints ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Takkenbos", "takkenbos", ["family_name"]),
        ("Van de Velde", "Vandevelde", ["family_name"]),
        ("Lentehof-Warmoes", "Warmoes", ["family_name"]),
        ("Vandenbossche", "Van den Berg", []),
        ("Van den Berg", "Van den Heuvel", []),
        ("Bö", "Bo", []),
        ("", "", []),
    ],
)
def test_family_names_are_compared_as_people_write_them(one, other, found):
    assert list(hints_for(Traces(last_name=one), Traces(last_name=other))) == found


def test_same_practice_is_a_hint_whatever_the_spelling():
    own = Traces(phone="09 123 45 67", email="Praktijk@nest.test")
    assert list(hints_for(own, Traces(phone="+32 9 123 45 67"))) == ["address"]
    assert list(hints_for(own, Traces(email="praktijk@NEST.test"))) == ["address"]
    assert hints_for(own, Traces(phone="12", email="")) == ()


@given(st.text(max_size=30), st.text(max_size=30))
def test_hints_are_mutual_and_never_fail(one, other):
    assert hints_for(Traces(one), Traces(other)) == hints_for(Traces(other), Traces(one))
    assert plain(plain(one)) == plain(one)


def test_a_hint_is_asked_before_the_dossier_opens(client):
    first, _second = members(2)
    type(first).objects.filter(pk=first.pk).update(last_name="Takkenbos")
    round = handed_in(last_name="Takkenbos")
    assert TieQuestion.objects.get().member == first
    client.force_login(first)
    url = reverse("accreditation:reading", args=[task_of(first).pk])
    page = client.get(url).content.decode()
    assert "Jullie hebben een familienaam gemeen." in page
    assert "Jouw advies" not in page
    assert "familienaam" in client.post(url, REASONED).content.decode()
    with pytest.raises(CommitteeError, match="eerst of je"):
        give_opinion(assignment_id=task_of(first).pk, reader=first, **REASONED)
    with pytest.raises(DatabaseError, match="question"), transaction.atomic():
        Opinion.objects.create(assignment=task_of(first), outcome="granted", text="x")
    assert client.post(f"{url}geen-band/").status_code == 302
    assert "Jouw advies" in client.get(url).content.decode()
    assert open_questions(dossier=round.dossier, member_id=first.pk) == ()
    assert answer_no_tie(dossier=round.dossier, member=first) == 0
    with pytest.raises(DatabaseError, match="fixed"), transaction.atomic():
        TieQuestion.objects.update(answered_at=None)


def test_a_decider_is_asked_too(client):
    *_readers, decider = members(3)
    round = advised(handed_in(last_name="Takkenbos"))
    type(decider).objects.filter(pk=decider.pk).update(last_name="Takkenbos-Maes")
    client.force_login(decider)
    url = reverse("accreditation:deciding", args=[round.pk])
    assert "Ken je" in client.get(url).content.decode()
    with pytest.raises(CommitteeError, match="eerst of je"):
        decide(round_id=round.pk, decider=decider, **REASONED)
    client.post(f"{url}geen-band/")
    assert "Jouw beslissing" in client.get(url).content.decode()
    assert decide(round_id=round.pk, decider=decider, **REASONED).outcome == "granted"


def test_whoever_signed_a_statement_does_not_judge():
    signer, other = members(2)
    type(signer).objects.filter(pk=signer.pk).update(first_name="Líes", last_name="Takje")
    round = handed_in()
    assert readers_of(round) == [other]
    assert ConflictOfInterest.objects.get().ground == "supervisor"
    assert is_tied(dossier=round.dossier, member_id=signer.pk)
    assert tied_members([round.dossier], [signer.pk, other.pk]) == {round.dossier.pk: frozenset({signer.pk})}


# --- who reads ------------------------------------------------------------------------------------------------


def test_absent_and_full_members_get_no_new_dossier():
    away, full, first, second = members(4)
    absence = add_absence(member=away, first_day=today(), last_day=today())
    assert add_absence(member=away, first_day=today(), last_day=today()) == absence
    set_reading_limit(member=full, at_most=0)
    assert readers_of(handed_in()) == [first, second]
    remove_absence(member=away, absence_id=absence.pk)
    set_reading_limit(member=full, at_most=None)
    assert readers_of(handed_in()) == [away, full]
    for wrong in (
        {"first_day": today(), "last_day": today() - timedelta(days=1)},
        {"first_day": date(2020, 1, 1), "last_day": date(2020, 1, 2)},
    ):
        with pytest.raises(CommitteeError):
            add_absence(member=away, **wrong)
    with pytest.raises(CommitteeError):
        set_reading_limit(member=full, at_most=51)


def test_who_leaves_soon_reads_last():
    leaving, first, second = members(3)
    RoleGrant.objects.filter(user=leaving).update(valid_until=today() + timedelta(days=5))
    assert readers_of(handed_in()) == [first, second]


def test_nobody_without_conflict_left_waits_and_is_shown_to_the_office(client):
    everybody = members(2)
    set_reading_limit(member=everybody[0], at_most=0)
    round = handed_in()
    assert [(one.pk, one.wanted) for one in rounds_without_readers()] == [(round.pk, 2)]
    client.force_login(user_with(Role.NETWORK_STAFF))
    assert "1 van 2 lezers" in client.get("/netwerk/wachtende-dossiers/").content.decode()
    page = client.get("/netwerk/commissie/").content.decode()
    assert everybody[0].full_name in page and "zonder einddatum" in page


@pytest.mark.parametrize("count", [1, 5])
def test_overview_of_members_costs_the_same_whatever_their_number(client, django_assert_num_queries, count):
    members(count)
    client.force_login(user_with(Role.NETWORK_STAFF))
    with django_assert_num_queries(6):
        client.get("/netwerk/commissie/")


def test_availability_page_keeps_what_was_typed(client):
    (member,) = members(1)
    client.force_login(member)
    url = "/commissie/beschikbaarheid/"
    wrong = {"what": "absence", "first_day": "2030-01-05", "last_day": "2030-01-01"}
    answer = client.post(url, wrong)
    assert (answer.status_code, "2030-01-05" in answer.content.decode()) == (422, True)
    assert client.post(url, {**wrong, "last_day": "2030-01-09"}).status_code == 302
    assert client.post(url, {"what": "limit", "at_most": "3"}).status_code == 302
    assert client.post(url, {"what": "limit", "at_most": "veel"}).status_code == 422
    page = client.get(url).content.decode()
    assert "5 januari 2030" in page and 'value="3"' in page
    absence = member.absences.get()
    assert client.post(f"{url}{absence.pk}/weg/").status_code == 302
    assert member.absences.count() == 0


# --- notes, scores, conditions ---------------------------------------------------------------------------------


def test_a_character_that_no_column_holds_takes_no_note_along(client):
    (first, _second) = members(2)
    handed_in()
    client.force_login(first)
    url = reverse("accreditation:reading", args=[task_of(first).pk])
    typed = {"step": "save", "note_base_degree": "Diploma\x00 nakijken.", "text": "Voor\x00lopig"}
    assert client.post(url, typed).status_code == 302
    draft = ReadingDraft.objects.get()
    assert draft.notes == {"base_degree": "Diploma nakijken."}
    assert draft.typed["text"] == "Voorlopig"


def test_notes_are_kept_for_their_reader_alone(client):
    first, second = members(2)
    handed_in()
    client.force_login(first)
    url = reverse("accreditation:reading", args=[task_of(first).pk])
    typed = {
        "step": "save",
        "note_base_degree": "Diploma nakijken.",
        "text": "Voorlopig",
        "outcome": "granted",
    }
    assert (
        client.post(url, {**typed, "checked_base_degree": "on", "score_training_topic": "2"}).status_code
        == 302
    )
    page = client.get(url).content.decode()
    assert "Diploma nakijken." in page and "Voorlopig" in page
    draft = ReadingDraft.objects.get()
    assert (draft.checked, draft.scores, draft.typed["outcome"]) == (
        ["base_degree"],
        {"training_topic": "2"},
        "granted",
    )
    client.force_login(second)
    other = client.get(reverse("accreditation:reading", args=[task_of(second).pk])).content.decode()
    assert "Diploma nakijken." not in other
    with pytest.raises(CommitteeError):
        save_draft(assignment_id=task_of(first).pk, reader=second, notes={}, checked=[], scores={}, typed={})


def test_refused_opinion_keeps_notes_and_conditions(client):
    first, _second = members(2)
    handed_in()
    client.force_login(first)
    url = reverse("accreditation:reading", args=[task_of(first).pk])
    typed = {
        **REASONED,
        "outcome": "conditional",
        "condition_1": "Stuur je attest",
        "note_base_degree": "Mooi.",
    }
    answer = client.post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Kies een dag waarop dit in orde moet zijn.", "Stuur je attest", "Mooi."):
        assert words in page
    assert ReadingDraft.objects.get().notes == {"base_degree": "Mooi."}
    assert client.post(url, {**typed, "due_1": str(today())}).status_code == 422
    assert client.post(url, {**typed, "due_1": str(today() + timedelta(days=40))}).status_code == 302
    assert OpinionDetail.objects.get().conditions[0]["text"] == "Stuur je attest"


SNAPSHOT = {
    "criteria": [
        {"id": "clinical_experience", "needed": True},
        {"id": "continued_training", "needed": True},
        {"id": "base_degree", "needed": False},
    ],
    "evidence": [{"kind": "experience"}],
}


def test_rubric_asks_where_judgement_is_needed():
    lines = rubric_in_force(today()).lines
    found = lines_for(lines, SNAPSHOT)
    assert [one.key for one in found] == ["experience_field", "experience_proof"]
    elsewhere = lines_for(lines, {**SNAPSHOT, "evidence": [{"kind": "training"}]})
    assert (elsewhere[0].key, elsewhere[0].required) == ("training_topic", False)
    assert checked_scores(found, {"experience_field": "3", "experience_proof": 0}) == {
        "experience_field": 3,
        "experience_proof": 0,
    }
    for scores in ({}, {"experience_field": "4"}, {"experience_field": "-1"}, {"experience_field": True}):
        with pytest.raises(CommitteeError):
            checked_scores(found, scores)


def test_conditions_are_checked_sorted_and_read_back():
    day = today() + timedelta(days=30)
    later = day + timedelta(days=1)
    found = checked_conditions(
        outcome="conditional", conditions=[("B", later), (" A ", day), ("A", day), ("", day)], today=today()
    )
    assert found == [("A", day), ("B", later)]
    assert from_json([*to_json(found), {"text": "x", "due_on": "nooit"}, {}]) == found
    assert checked_conditions(outcome="granted", conditions=found, today=today()) == []
    for wrong in ([], [("A", today())], [(str(n), day) for n in range(6)]):
        with pytest.raises(CommitteeError):
            checked_conditions(outcome="conditional", conditions=wrong, today=today())
    with pytest.raises(CommitteeError, match="einde"):
        checked_conditions(outcome="conditional", conditions=found, today=today(), until=day)


def conditional(day):
    return {
        "outcome": "conditional",
        "reason_codes": ["all_criteria_met", "conditions_help"],
        "text": "Bijna alles is er.",
        "conditions": [("Stuur je nieuwe polis", day)],
    }


def test_recognition_with_conditions_names_them_in_the_letter(client):
    *_readers, decider = members(3)
    day = today() + timedelta(days=30)
    round = advised(handed_in(first_name="Mira"), conditional(day), conditional(day))
    client.force_login(decider)
    url = reverse("accreditation:deciding", args=[round.pk])
    proposal = client.get(url).content.decode()
    assert "Stuur je nieuwe polis" in proposal
    form = {**conditional(day), "condition_1": "Stuur je nieuwe polis", "due_1": str(day)}
    form.pop("conditions")
    assert "ten laatste op" in client.post(url, {**form, "step": "letter"}).content.decode()
    assert client.post(url, {**form, "step": "send"}).status_code == 302
    assert Condition.objects.get().due_on == day
    assert "Dit vragen we nog van je:\n- Stuur je nieuwe polis" in Letter.objects.get(kind="decision").body
    round.dossier.refresh_from_db()
    assert round.dossier.stage == "granted"
    recognition = Recognition.objects.get()
    assert current_status(recognition, day).holds
    assert rows_of([recognition], day + timedelta(days=1))[0].status.status == "interrupted"


# --- rules of deciding ------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(["granted", "refused", "more_information", "conditional"]), max_size=5))
def test_majority_is_more_than_half(outcomes):
    found = majority(outcomes)
    counted = {one: outcomes.count(one) for one in outcomes}
    assert found == next((one for one, count in counted.items() if count * 2 > len(outcomes)), None)
    advice = Advice(tuple(outcomes), readers=len(outcomes), wanted=2)
    expected = (
        Ripeness.WAITING if len(outcomes) < 2 else (Ripeness.CLEAR if found is not None else Ripeness.DIVIDED)
    )
    assert advice.ripeness == expected
    assert Advice(tuple(outcomes), readers=len(outcomes) + 1, wanted=2).ripeness == Ripeness.WAITING


def test_criteria_that_change_in_between_do_not_touch_the_decision():
    *_readers, decider = members(3)
    round = advised(handed_in())
    old = round.criteria_version
    CriteriaVersion.objects.create(
        level="basic",
        number=old.number + 1,
        valid_from=today(),
        rules={**old.rules, "criteria": old.rules["criteria"][:1]},
        approved_by_first=decider,
        approved_by_second=UserFactory(),
        approved_at=timezone.now(),
    )
    decision = decide(round_id=round.pk, decider=decider, **REASONED)
    assert decision.round.criteria_version == old
    assert len(replay(decision.round).criteria) == 6
    person = UserFactory()
    complete_evidence(person)
    assert submit_dossier(person=person, level="basic").criteria_version.number == old.number + 1


def test_a_clock_that_went_back_counts_no_negative_days(client):
    first, *_others = members(3)
    with time_machine.travel(timezone.now() + timedelta(hours=30)):
        handed_in()
    client.force_login(first)
    assert "0 dagen" in client.get("/commissie/").content.decode()


@pytest.mark.parametrize("pieces", [1, 20])
def test_reading_desk_costs_the_same_with_twenty_documents(client, django_assert_num_queries, pieces):
    first, _second = members(2)
    person = UserFactory()
    complete_evidence(person)
    for _ in range(pieces):
        original = Evidence.objects.filter(person=person, kind="training").latest("pk")
        original.pk, original.origin_ref = None, f"upload:extra-{_}"
        original.save()
    round = submit_dossier(person=person, level="basic")
    assert len(round.snapshot["evidence"]) >= pieces
    client.force_login(first)
    with django_assert_num_queries(18):
        assert client.get(reverse("accreditation:reading", args=[task_of(first).pk])).status_code == 200


def test_decision_on_a_withdrawn_dossier_shows_the_conflict_page(client):
    *_readers, decider = members(3)
    round = advised(handed_in())
    withdraw_dossier(person=round.dossier.person, level="basic")
    client.force_login(decider)
    url = reverse("accreditation:deciding", args=[round.pk])
    answer = client.post(url, {**REASONED, "step": "send"})
    assert (answer.status_code, "Niets verstuurd" in answer.content.decode()) == (409, True)
    assert Decision.objects.count() == 0


GUARDS = {
    "reader_not_tied",
    "assignment_fixed",
    "opinion_allowed",
    "decision_allowed",
    "recognition_one_way",
    "opinion_answered",
    "decision_answered",
    "panel_is_new",
    "question_answered_once",
    "hearing_fixed",
    "hearing_kept",
    "condition_fixed",
    "condition_kept",
    "meeting_closed",
    "item_decided",
    "item_kept",
}


def test_no_migration_took_a_guard_away():
    """SQLite drops the triggers of a table that a migration makes anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        names = {row[0] for row in cursor.fetchall()}
    plain_names = {name.rstrip("0123456789").rstrip("_") for name in names} | names
    assert GUARDS - plain_names == set()
    for table in (
        "opinion",
        "decision",
        "letter",
        "recognitiontransition",
        "opiniondetail",
        "appeal",
        "withdrawalappeal",
    ):
        full = f"accreditation_{table}"
        assert {f"{full}_append_only"} <= names or {f"{full}_no_update", f"{full}_no_delete"} <= names, table
