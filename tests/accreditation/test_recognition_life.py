"""Deferring, suspending, hearing, withdrawing, renewing: exact results, and what every step leaves behind."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accreditation.domain.decisions import decide
from accreditation.domain.dossiers import submit_dossier
from accreditation.domain.hearings import announce_withdrawal, answer_hearing, keep_recognition
from accreditation.domain.periods import add_months
from accreditation.domain.queries.listed import holding_recognitions, status_of
from accreditation.domain.recognition_diagram import states_document
from accreditation.domain.recognition_life import (
    defer_renewal,
    lift_suspension,
    meet_condition,
    suspend_recognition,
)
from accreditation.domain.recognition_machine import BY_DATE, STEPS, may_take
from accreditation.domain.recognition_rules import Lapse, RecognitionDates, is_renewal, status_on
from accreditation.domain.recognitions import current_status, dates_of_grant, withdraw_recognition
from accreditation.enums import RecognitionStatus
from accreditation.enums_committee import TransitionKind
from accreditation.exceptions import RecognitionError
from accreditation.models import (
    Certificate,
    Condition,
    Hearing,
    Letter,
    ProcedureRule,
    Recognition,
    RecognitionTransition,
)
from ledger.models import AuditEntry, OutboxEvent
from people.enums import Role
from tests.factories.committee import REASONED, advised, complete_evidence, members
from tests.factories.people import UserFactory, user_with
from tests.factories.proof import make_recognition

pytestmark = pytest.mark.django_db
DEFERRAL = {"reason": "parental_leave", "months": 4}
SUSPENSION = {"reason": "enquiry", "text": "We kregen een melding."}
HEARING = {"ground": "criteria", "reason": "Al een jaar geen intervisie."}


@pytest.fixture
def office():
    return user_with(Role.NETWORK_STAFF)


@pytest.fixture
def recognition():
    return make_recognition()


def today():
    return timezone.localdate()


def with_condition(recognition, *, due=None):
    return Condition.objects.create(
        decision=recognition.decision, text="Stuur je attest", due_on=due or today() + timedelta(days=30)
    )


def take(kind, recognition, office):
    """Take one step for real, from a recognition that stands."""
    pk = recognition.pk
    if kind == "deferred":
        defer_renewal(recognition_id=pk, by=office, **DEFERRAL)
    elif kind == "suspended":
        suspend_recognition(recognition_id=pk, by=office, **SUSPENSION)
    elif kind == "lifted":
        suspend_recognition(recognition_id=pk, by=office, **SUSPENSION)
        lift_suspension(recognition_id=pk, by=office)
    elif kind == "heard":
        announce_withdrawal(recognition_id=pk, by=office, **HEARING)
    elif kind == "kept":
        keep_recognition(
            hearing_id=announce_withdrawal(recognition_id=pk, by=office, **HEARING).pk, by=office
        )
    elif kind == "condition_met":
        meet_condition(condition_id=with_condition(recognition).pk, by=office)
    elif kind == "withdrawn":
        withdraw_recognition(recognition_id=pk, withdrawn_by=office, reason="Op eigen vraag.")
    elif kind == "replaced":
        make_recognition(recognition.person)


@pytest.mark.parametrize("kind", [str(kind) for kind in STEPS])
def test_every_step_leaves_history_audit_event_letter_and_certificate(kind, recognition, office):
    take(kind, recognition, office)
    recognition.refresh_from_db()
    step = RecognitionTransition.objects.get(recognition=recognition, kind=kind)
    assert AuditEntry.objects.filter(
        verb=f"recognition.{kind}", subject=f"recognition:{recognition.pk}"
    ).count() == (1)
    assert OutboxEvent.objects.get(key=f"recognition.changed:{step.pk}").payload == {
        "recognition_id": recognition.pk,
        "version": step.version,
        "step": kind,
    }
    letter = STEPS[TransitionKind(kind)].letter
    if letter == "withdrawal":
        assert Letter.objects.filter(kind=letter, recognition=recognition).count() == 1
    elif letter != "decision":
        assert Letter.objects.filter(kind=letter, subject=f"recognitiontransition:{step.pk}").count() == 1
    first = Certificate.objects.filter(entitlement_key=f"recognition:{recognition.pk}").earliest("pk")
    expected = {
        "replaced": (None, True),
        "withdrawn": (recognition.withdrawn_at is not None, False),
        "deferred": (None, True),
    }.get(kind, (None, False))
    assert (first.revoked_at is not None, first.superseded_by_id is not None) == (
        bool(expected[0]),
        expected[1],
    )


def test_letter_of_a_grant_is_written_by_the_decision():
    *_readers, decider = members(3)
    person = UserFactory()
    complete_evidence(person)
    round = advised(submit_dossier(person=person, level="basic"))
    decision = decide(round_id=round.pk, decider=decider, **REASONED)
    assert Letter.objects.get(kind="decision").decision == decision
    assert list(
        RecognitionTransition.objects.values_list("kind", "version", "by_id").filter(
            recognition__decision=decision
        )
    ) == [("granted", 1, decider.pk)]


def test_deferral_moves_the_end_and_reissues_the_certificate(recognition, office):
    before = recognition.valid_until
    moved = defer_renewal(recognition_id=recognition.pk, by=office, seen_version=1, **DEFERRAL)
    assert moved.valid_until == add_months(before, 4)
    assert moved.grace_until == add_months(moved.valid_until, 3)
    assert moved.version == 2
    newest = Certificate.objects.newest_versions().get(entitlement_key=f"recognition:{recognition.pk}")
    assert (newest.version, newest.facts["valid_until"]) == (2, moved.valid_until.isoformat())
    with pytest.raises(RecognitionError, match="veranderd"):
        defer_renewal(recognition_id=recognition.pk, by=office, seen_version=1, **DEFERRAL)
    with pytest.raises(RecognitionError, match="hoogstens 12 maanden"):
        defer_renewal(recognition_id=recognition.pk, by=office, reason="illness", months=9)
    assert defer_renewal(
        recognition_id=recognition.pk, by=office, reason="illness", months=8
    ).valid_until == add_months(before, 12)


def test_only_a_written_deferral_moves_the_end(recognition):
    later = recognition.valid_until + timedelta(days=1)
    with pytest.raises(DatabaseError, match="deferral"), transaction.atomic():
        Recognition.objects.filter(pk=recognition.pk).update(valid_until=later, grace_until=later)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        RecognitionTransition.objects.update(text="anders")


def test_suspension_shows_at_once_and_ends_by_itself(recognition, office):
    until = today() + timedelta(days=10)
    for _twice in range(2):
        suspend_recognition(recognition_id=recognition.pk, by=office, until=until, **SUSPENSION)
    recognition.refresh_from_db()
    assert (recognition.version, Letter.objects.filter(kind="suspension").count()) == (2, 1)
    for day, status, holds in (
        (today(), "suspended", False),
        (until, "suspended", False),
        (until + timedelta(days=1), "valid", True),
    ):
        found = current_status(recognition, day)
        assert (found.status, found.holds) == (status, holds)
        assert holding_recognitions(day).filter(pk=recognition.pk).exists() == holds
    with pytest.raises(RecognitionError, match="geschorst"):
        suspend_recognition(recognition_id=recognition.pk, by=office, **SUSPENSION)
    lift_suspension(recognition_id=recognition.pk, by=office)
    assert status_of(Recognition.objects.get(), day=today()) == "valid"
    with pytest.raises(RecognitionError):
        lift_suspension(recognition_id=recognition.pk, by=office)


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        (suspend_recognition, {"reason": "nonsense", "text": "x"}),
        (suspend_recognition, {"reason": "enquiry", "text": " "}),
        (suspend_recognition, {"reason": "enquiry", "text": "x", "until": date(2020, 1, 1)}),
        (defer_renewal, {"reason": "nonsense", "months": 2}),
        (defer_renewal, {"reason": "illness", "months": 0}),
        (announce_withdrawal, {"ground": "own_request", "reason": "x"}),
        (announce_withdrawal, {"ground": "fraud", "reason": "  "}),
        (lift_suspension, {}),
    ],
)
def test_steps_that_cannot_be_say_so_and_change_nothing(verb, fields, recognition, office):
    with pytest.raises(RecognitionError):
        verb(recognition_id=recognition.pk, by=office, **fields)
    assert RecognitionTransition.objects.count() == 1
    for stranger in (recognition.person, UserFactory()):
        with pytest.raises(RecognitionError, match="kun jij niet"):
            verb(recognition_id=recognition.pk, by=stranger, **fields)


def test_withdrawal_waits_for_the_person_to_be_heard(recognition, office):
    def withdraw():
        return withdraw_recognition(
            recognition_id=recognition.pk, withdrawn_by=office, reason="Na overleg.", ground="criteria"
        )

    with pytest.raises(RecognitionError, match="luister"):
        withdraw()
    hearing = announce_withdrawal(recognition_id=recognition.pk, by=office, **HEARING)
    assert announce_withdrawal(recognition_id=recognition.pk, by=office, **HEARING) == hearing
    with pytest.raises(RecognitionError, match="nog antwoorden"):
        withdraw()
    with pytest.raises(RecognitionError):
        answer_hearing(hearing_id=hearing.pk, person=UserFactory(), response="Iemand anders.")
    answer_hearing(hearing_id=hearing.pk, person=recognition.person, response="Mijn groep stopte.")
    with pytest.raises(RecognitionError, match="antwoordde al"):
        answer_hearing(hearing_id=hearing.pk, person=recognition.person, response="Iets anders.")
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        Hearing.objects.filter(pk=hearing.pk).update(response="Verdraaid.")
    first, second = withdraw(), withdraw()
    assert (first.version, second.version, Letter.objects.filter(kind="withdrawal").count()) == (2, 2, 1)
    hearing.refresh_from_db()
    assert hearing.withdrawn and hearing.closed_at is not None
    with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
        Hearing.objects.filter(pk=hearing.pk).update(withdrawn=False)


def test_silence_until_the_day_passed_counts_as_heard(recognition, office):
    hearing = announce_withdrawal(recognition_id=recognition.pk, by=office, **HEARING)
    with time_machine.travel(timezone.now() + timedelta(days=22)):
        assert today() > hearing.respond_by
        withdraw_recognition(
            recognition_id=recognition.pk, withdrawn_by=office, reason="Geen antwoord.", ground="criteria"
        )
    assert Recognition.objects.get().withdrawn_at is not None


def test_condition_that_is_overdue_interrupts_until_it_is_met(recognition, office):
    condition = with_condition(recognition)
    after = condition.due_on + timedelta(days=1)
    assert current_status(recognition, condition.due_on).holds
    late = current_status(recognition, after)
    assert (late.status, late.lapses[-1].title) == ("interrupted", "Stuur je attest")
    assert not holding_recognitions(after).exists() and holding_recognitions(condition.due_on).exists()
    meet_condition(condition_id=condition.pk, by=office)
    meet_condition(condition_id=condition.pk, by=office)
    assert current_status(recognition, after).holds
    assert Letter.objects.filter(kind="condition").count() == 1
    for change in ({"text": "Iets anders"}, {"met_at": None, "met_by": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Condition.objects.update(**change)


# --- renewing -------------------------------------------------------------------------------------------------

DATES = RecognitionDates(
    valid_from=date(2026, 3, 1),
    valid_until=date(2031, 2, 28),
    renewal_from=date(2030, 8, 28),
    grace_until=date(2031, 5, 28),
)


@pytest.mark.parametrize(
    ("moment", "renews"),
    [
        (datetime(2030, 8, 27, 23, 59), False),
        (datetime(2030, 8, 28, 0, 0), True),
        (datetime(2031, 5, 28, 23, 59, 59), True),
        (datetime(2031, 5, 29, 0, 0), False),
    ],
)
def test_last_minute_of_the_grace_still_renews(moment, renews):
    assert is_renewal(DATES, timezone.localdate(timezone.make_aware(moment))) == renews


def test_early_renewal_loses_no_time_and_late_renewal_starts_when_granted():
    rule = ProcedureRule()
    early = dates_of_grant(rule, date(2030, 9, 10), after=DATES.valid_until)
    assert (early.valid_from, early.valid_until) == (date(2030, 9, 10), date(2036, 2, 29))
    late = dates_of_grant(rule, date(2031, 7, 1), after=DATES.valid_until)
    assert (late.valid_from, late.valid_until) == (date(2031, 7, 1), date(2036, 6, 30))


def test_renewal_page_brings_the_portfolio_along(client, recognition):
    person, url = recognition.person, reverse("accreditation:renew", args=["basic"])
    with time_machine.travel(timezone.now() + timedelta(days=5 * 365 - 60)):
        assert recognition.renewal_from <= today() <= recognition.valid_until
        complete_evidence(person)
        client.force_login(person)
        page = client.get(url).content.decode()
        for words in ("Verleng je erkenning", "Opleiding perinatale zorg", "Dien je verlenging in"):
            assert words in page
        client.post(url)
        client.post(url)
        dossier = person.dossiers.get(stage__in=("submitted", "reading"))
        assert dossier.rounds.count() == 1
        assert "Je verlenging is ingediend." in client.get(url).content.decode()


def test_renewal_too_early_says_when(client, recognition):
    client.force_login(recognition.person)
    page = client.get(reverse("accreditation:renew", args=["basic"])).content.decode()
    assert "Verlengen kan nog niet" in page
    client.post(reverse("accreditation:renew", args=["basic"]))
    assert recognition.person.dossiers.filter(stage="submitted").count() == 0


# --- the table and its picture --------------------------------------------------------------------------------


@given(
    st.integers(0, 2200),
    st.integers(0, 2200),
    st.none() | st.integers(0, 400),
    st.booleans(),
)
def test_days_only_bring_what_the_table_of_days_says(offset, suspended_at, length, lapses):
    start = DATES.valid_from + timedelta(days=suspended_at)
    dates = RecognitionDates(
        **{
            **DATES.__dict__,
            "suspended_from": start,
            "suspended_until": None if length is None else start + timedelta(days=length),
        }
    )
    lapse = (Lapse("Polis"),) if lapses else ()
    day = DATES.valid_from - timedelta(days=10) + timedelta(days=offset)
    now = status_on(dates, day, lapse).status
    later = status_on(dates, day + timedelta(days=1), lapse).status
    moves = {(source, target) for source, target, _why in BY_DATE}
    known = moves | {
        # A suspension written before the day on which it begins.
        (source, RecognitionStatus.SUSPENDED)
        for source in RecognitionStatus
        if may_take(TransitionKind.SUSPENDED, source) or source == RecognitionStatus.UPCOMING
    }
    known.add((RecognitionStatus.UPCOMING, RecognitionStatus.INTERRUPTED))
    assert now == later or (now, later) in known


def test_picture_of_the_states_is_in_step_with_the_code(tmp_path):
    call_command("recognition_diagram", "--check")
    document = states_document()
    for step in STEPS.values():
        for source in step.sources:
            assert not step.target or f"    {source} --> {step.target}: {step.kind}" in document
    behind = tmp_path / "behind.md"
    behind.write_text(document.replace("suspended", "paused"))
    with pytest.raises(CommandError, match="loopt achter"):
        call_command("recognition_diagram", "--check", "--to", str(behind))


# --- screens --------------------------------------------------------------------------------------------------


def test_office_takes_steps_on_the_page_of_a_recognition(client, recognition, office):
    client.force_login(office)
    url = reverse("accreditation:recognition", args=[recognition.pk])
    refused = client.post(f"{url}schorsen/", {"suspension-reason": "enquiry", "suspension-text": ""})
    assert (refused.status_code, Recognition.objects.get().version) == (422, 1)
    kept = client.post(
        f"{url}schorsen/",
        {"suspension-reason": "enquiry", "suspension-until": "2020-01-01", "suspension-text": "Een melding."},
    )
    assert (kept.status_code, "Een melding." in kept.content.decode()) == (422, True)
    for path, data in (
        ("uitstel/", {"deferral-reason": "illness", "deferral-months": 2, "deferral-seen_version": 1}),
        ("schorsen/", {"suspension-reason": "enquiry", "suspension-text": "Een melding."}),
        ("opheffen/", {}),
        ("horen/", {"hearing-ground": "conduct", "hearing-reason": "Een klacht."}),
    ):
        assert client.post(url + path, data).status_code == 302, path
    page = client.get(url).content.decode()
    for words in ("Uitstel gegeven", "Geschorst", "Schorsing opgeheven", "Antwoorden kan tot en met"):
        assert words in page
    client.force_login(recognition.person)
    hearing = Hearing.objects.get()
    assert "Geef je antwoord" in client.get("/mijn/erkenning/").content.decode()
    answer = reverse("accreditation:hearing_answer", args=[hearing.pk])
    assert client.post(answer, {"response": ""}).status_code == 422
    assert client.post(answer, {"response": "Zo zit het."}).status_code == 302
    client.force_login(office)
    assert "Zo zit het." in client.get(url).content.decode()
    assert client.post(f"{url}behouden/", {"keeping-text": "Uitgeklaard."}).status_code == 302
    assert status_of(Recognition.objects.get(), day=today()) == "valid"


def test_nobody_steps_on_their_own_recognition(client):
    staff = user_with(Role.NETWORK_STAFF)
    own = make_recognition(staff)
    client.force_login(staff)
    url = reverse("accreditation:recognition", args=[own.pk])
    assert "eigen erkenning" in client.get(url).content.decode()
    assert client.post(f"{url}opheffen/", {}).status_code == 404


@pytest.mark.parametrize("steps", [1, 6])
def test_page_of_a_recognition_costs_the_same_whatever_its_history(
    client, recognition, office, django_assert_num_queries, steps
):
    for _ in range(steps):
        suspend_recognition(recognition_id=recognition.pk, by=office, **SUSPENSION)
        lift_suspension(recognition_id=recognition.pk, by=office)
    client.force_login(office)
    with django_assert_num_queries(8):
        client.get(reverse("accreditation:recognition", args=[recognition.pk]))
