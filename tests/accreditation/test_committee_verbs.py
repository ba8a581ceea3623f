"""Assigning, advising, deciding, withdrawing: exact results, and the database as the last word."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from accreditation.domain.assignment import assign_readers, rounds_without_readers, step_aside
from accreditation.domain.decisions import decide
from accreditation.domain.dossiers import submit_dossier, withdraw_dossier
from accreditation.domain.opinions import give_opinion, opinions_for
from accreditation.domain.recognitions import current_status, withdraw_recognition
from accreditation.exceptions import (
    CommitteeError,
    ConflictOfInterestError,
    DecisionConflictError,
    RecognitionError,
)
from accreditation.models import (
    Certificate,
    ConflictOfInterest,
    Decision,
    Disagreement,
    DossierRound,
    Evidence,
    Letter,
    Opinion,
    ReaderAssignment,
    Recognition,
)
from ledger.models import AuditEntry
from people.domain.roles import end_role
from people.enums import Role
from tests.factories.committee import (
    REASONED,
    REFUSING,
    advised,
    handed_in,
    members,
    readers_of,
)
from tests.factories.people import (
    OrganisationFactory,
    ProfileFactory,
    TeamFactory,
    TeamMembershipFactory,
    UserFactory,
    user_with,
)

pytestmark = pytest.mark.django_db


def again(round):
    """The round as the database has it now."""
    return DossierRound.objects.select_related("dossier").get(pk=round.pk)


def fresh(user):
    """The same person in a new request."""
    return type(user).objects.get(pk=user.pk)


def test_two_readers_are_assigned_and_mailed_on_submit(django_capture_on_commit_callbacks):
    first, second, _third = members(3)
    with django_capture_on_commit_callbacks(execute=True):
        round = handed_in()
    assert readers_of(round) == [first, second]
    assert round.dossier.__class__.objects.get().stage == "reading"
    assert sorted(one.to[0] for one in mail.outbox if "dossier voor je klaar" in one.subject) == sorted(
        [first.email, second.email]
    )


def test_load_decides_who_reads_next():
    everybody = members(4)
    assert readers_of(handed_in()) == everybody[:2]
    assert readers_of(handed_in()) == everybody[2:]
    assert readers_of(handed_in()) == everybody[:2]


def test_conflicts_are_computed_and_recorded():
    employer, team = OrganisationFactory(), TeamFactory()
    colleague, mate, free, other = members(4)
    applicant = user_with(Role.COMMITTEE_MEMBER)
    ProfileFactory(user=applicant, employer=employer)
    ProfileFactory(user=colleague, employer=employer)
    TeamMembershipFactory(team=team, user=applicant)
    TeamMembershipFactory(team=team, user=mate)
    round = handed_in(applicant)
    assert readers_of(round) == [free, other]
    assert set(ConflictOfInterest.objects.values_list("member_id", "ground")) == {
        (colleague.pk, "employer"),
        (mate.pk, "team"),
    }


def test_nobody_left_means_waiting_and_a_new_mandate_helps():
    (only,) = members(1)
    round = handed_in()
    assert [one.pk for one in rounds_without_readers()] == [round.pk]
    round.dossier.refresh_from_db()
    assert round.dossier.stage == "submitted"
    (another,) = members(1)
    assign_readers(round=round)
    assert readers_of(round) == [only, another]
    assert rounds_without_readers() == []


def test_assigning_again_changes_nothing():
    members(4)
    round = handed_in()
    before = readers_of(round)
    assert [one.reader for one in assign_readers(round=round)] == before
    assert ReaderAssignment.objects.count() == 2


def test_step_aside_hands_over_at_once():
    first, second, third = members(3)
    round = handed_in()
    step_aside(round=round, member=first, reason="We zijn buren.")
    step_aside(round=round, member=first, reason="We zijn buren.")
    assert readers_of(round) == [second, third]
    assert ConflictOfInterest.objects.get().source == "declared"
    assert ReaderAssignment.objects.get(reader=first).release_reason == "conflict"


def test_reader_whose_mandate_ended_is_replaced():
    first, second, third = members(3)
    round = handed_in()
    end_role(user=first, role=Role.COMMITTEE_MEMBER, ended_by=None)
    assert [one.pk for one in rounds_without_readers()] == [round.pk]
    assign_readers(round=round)
    assert readers_of(round) == [second, third]
    assert ReaderAssignment.objects.get(reader=first).release_reason == "mandate"


def test_withdrawn_dossier_frees_its_readers():
    members(2)
    round = handed_in()
    withdraw_dossier(person=round.dossier.person, level="basic")
    assert readers_of(round) == []


def test_opinion_stays_hidden_until_both_are_in():
    first, second, third = members(3)
    round = handed_in()
    mine, theirs = ReaderAssignment.objects.order_by("id")
    give_opinion(assignment_id=mine.pk, reader=first, **REASONED)
    for viewer in (second, third):
        seen = opinions_for(round=round, viewer=viewer)
        assert (seen.own, seen.others, seen.complete) == (None, (), False)
    give_opinion(assignment_id=theirs.pk, reader=second, **{**REASONED, "text": "Ook goed."})
    seen = opinions_for(round=round, viewer=first)
    assert [one.text for one in seen.others] == ["Ook goed."]
    assert (seen.own.outcome, seen.agree, seen.majority) == ("granted", True, "granted")
    assert len(opinions_for(round=round, viewer=third).others) == 2


def test_opinion_once_and_never_changed():
    first, _second = members(2)
    round = handed_in()
    task = ReaderAssignment.objects.get(round=round, reader=first)
    given = give_opinion(assignment_id=task.pk, reader=first, **REASONED)
    assert give_opinion(assignment_id=task.pk, reader=first, **REASONED) == given
    with pytest.raises(CommitteeError):
        give_opinion(assignment_id=task.pk, reader=first, **REFUSING)
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.filter(pk=given.pk).update(outcome="refused")


@pytest.mark.parametrize(
    "judgement",
    [
        {**REASONED, "text": "  "},
        {**REASONED, "reason_codes": []},
        {**REASONED, "reason_codes": ["insurance_lacking"]},
        {**REFUSING, "reason_codes": ["all_criteria_met"]},
        {**REASONED, "reason_codes": ["nonsense"]},
        {**REASONED, "outcome": "maybe"},
    ],
)
def test_opinion_needs_outcome_reason_and_words(judgement):
    first, _second = members(2)
    round = handed_in()
    task = ReaderAssignment.objects.get(round=round, reader=first)
    with pytest.raises(CommitteeError):
        give_opinion(assignment_id=task.pk, reader=first, **judgement)


def test_opinion_by_somebody_else_or_without_mandate_is_refused():
    first, second = members(2)
    round = handed_in()
    task = ReaderAssignment.objects.get(round=round, reader=first)
    with pytest.raises(CommitteeError):
        give_opinion(assignment_id=task.pk, reader=second, **REASONED)
    end_role(user=first, role=Role.COMMITTEE_MEMBER, ended_by=None)
    with pytest.raises(CommitteeError):
        give_opinion(assignment_id=task.pk, reader=fresh(first), **REASONED)


def test_relation_that_came_up_after_assignment_closes_the_dossier():
    first, second, decider = members(3)
    round = handed_in()
    employer = OrganisationFactory()
    for person in (round.dossier.person, first, decider):
        ProfileFactory(user=person, employer=employer)
    task = ReaderAssignment.objects.get(round=round, reader=first)
    with pytest.raises(ConflictOfInterestError):
        give_opinion(assignment_id=task.pk, reader=first, **REASONED)
    with pytest.raises(ConflictOfInterestError):
        decide(round_id=round.pk, decider=decider, **REASONED)
    assign_readers(round=round)
    assert readers_of(round) == [second]


def test_granting_does_everything_at_once(django_capture_on_commit_callbacks):
    *_readers, decider = members(3)
    round = advised(handed_in(first_name="Mira"))
    with django_capture_on_commit_callbacks(execute=True):
        decision = decide(round_id=round.pk, decider=decider, **REASONED)
    recognition = Recognition.objects.get()
    today = timezone.localdate()
    assert (recognition.person, recognition.level, recognition.valid_from) == (
        round.dossier.person,
        "basic",
        today,
    )
    assert current_status(recognition, today).status == "valid"
    assert Certificate.objects.get().entitlement_key == f"recognition:{recognition.pk}"
    letter = Letter.objects.get()
    assert letter.body.startswith("Dag Mira,\n\nGoed nieuws")
    assert "Ben je het er niet mee eens?" in letter.body
    round.dossier.refresh_from_db()
    assert round.dossier.stage == "granted"
    assert [one.to for one in mail.outbox if "brief" in one.subject] == [[round.dossier.person.email]]
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"round.decided", "recognition.granted", "opinion.given", "round.readers_assigned"} <= verbs
    assert decide(round_id=round.pk, decider=decider, **REASONED) == decision
    assert (Decision.objects.count(), Recognition.objects.count(), Letter.objects.count()) == (1, 1, 1)


def test_second_decider_is_told_and_changes_nothing():
    first, _second, decider = members(3)
    round = advised(handed_in())
    decide(round_id=round.pk, decider=decider, **REASONED)
    with pytest.raises(DecisionConflictError):
        decide(round_id=round.pk, decider=first, **REFUSING)
    with pytest.raises(DecisionConflictError):
        decide(round_id=round.pk, decider=decider, **REFUSING)
    assert Decision.objects.get().outcome == "granted"


def test_deciding_needs_both_opinions():
    _first, _second, decider = members(3)
    round = handed_in()
    with pytest.raises(CommitteeError, match="beide lezers"):
        decide(round_id=round.pk, decider=decider, **REASONED)
    advised(round, REASONED)
    with pytest.raises(CommitteeError, match="beide lezers"):
        decide(round_id=round.pk, decider=decider, **REASONED)


def test_where_readers_disagree_a_third_reads_blind_and_the_majority_holds():
    first, _second, third = members(3)
    round = advised(handed_in(), REASONED, REFUSING)
    assert readers_of(round)[2] == third
    for reader in (first, third):
        seen = opinions_for(round=again(round), viewer=reader)
        assert (seen.complete, seen.others) == (False, ())
    with pytest.raises(CommitteeError, match="alle lezers"):
        decide(round_id=round.pk, decider=first, **REASONED)
    give_opinion(
        assignment_id=ReaderAssignment.objects.get(round=round, reader=third).pk, reader=third, **REFUSING
    )
    assert len(opinions_for(round=again(round), viewer=first).others) == 2
    with pytest.raises(CommitteeError, match="agenda"):
        decide(round_id=round.pk, decider=first, **REASONED)
    assert decide(round_id=round.pk, decider=third, **REFUSING).outcome == "refused"
    assert Recognition.objects.count() == 0


def test_without_a_third_reader_the_meeting_decides():
    first, _second = members(2)
    round = advised(handed_in(), REASONED, REFUSING)
    assert Disagreement.objects.get().way == "meeting"
    assert again(round).dossier.stage == "reading"
    assert rounds_without_readers() == []
    with pytest.raises(CommitteeError, match="vergadering"):
        decide(round_id=round.pk, decider=first, **REASONED)


def test_three_who_differ_go_to_the_meeting():
    *_two, third = members(3)
    round = advised(handed_in(), REASONED, REFUSING)
    give_opinion(
        assignment_id=ReaderAssignment.objects.get(round=round, reader=third).pk,
        reader=third,
        **{**REFUSING, "outcome": "more_information"},
    )
    assert Disagreement.objects.get().way == "meeting"


def test_a_decision_that_deviates_from_both_readers_is_for_the_meeting():
    *_readers, decider = members(3)
    round = advised(handed_in())
    with pytest.raises(CommitteeError, match="agenda"):
        decide(round_id=round.pk, decider=decider, **REFUSING)
    assert Decision.objects.count() == 0


def test_applicant_never_decides_own_dossier():
    applicant = user_with(Role.COMMITTEE_MEMBER)
    members(2)
    round = advised(handed_in(applicant))
    with pytest.raises(ConflictOfInterestError):
        decide(round_id=round.pk, decider=applicant, **REASONED)


def test_withdrawn_dossier_cannot_be_decided():
    *_readers, decider = members(3)
    round = advised(handed_in())
    withdraw_dossier(person=round.dossier.person, level="basic")
    with pytest.raises(DecisionConflictError):
        decide(round_id=round.pk, decider=decider, **REASONED)


def test_more_information_lets_the_same_readers_read_the_next_round():
    first, second, decider = members(3)
    asking = {
        "outcome": "more_information",
        "reason_codes": ["document_unreadable"],
        "text": "De scan van je diploma is wazig.",
    }
    round = advised(handed_in(), asking, asking)
    decide(round_id=round.pk, decider=decider, **asking)
    again = submit_dossier(person=round.dossier.person, level="basic")
    assert (again.number, readers_of(again)) == (2, [first, second])


def test_edited_letter_always_says_how_to_appeal():
    *_readers, decider = members(3)
    round = advised(handed_in())
    decide(round_id=round.pk, decider=decider, letter_body="Dag Noor,\r\n\r\nProficiat.", **REASONED)
    body = Letter.objects.get().body
    assert body.startswith("Dag Noor,\n\nProficiat.\n\nBen je het er niet mee eens?")


def test_database_refuses_conflicted_reader_and_decider():
    tied, _first, _second = members(3)
    employer = OrganisationFactory()
    applicant = UserFactory()
    for person in (tied, applicant):
        ProfileFactory(user=person, employer=employer)
    round = advised(handed_in(applicant))
    for who in (tied, applicant):
        with pytest.raises(DatabaseError, match="conflict of interest"), transaction.atomic():
            ReaderAssignment.objects.create(round=round, reader=who)
        with pytest.raises(DatabaseError, match="conflict of interest"), transaction.atomic():
            Decision.objects.create(round=round, outcome="granted", text="x", decided_by=who)


def test_database_refuses_opinion_of_a_conflicted_or_released_reader():
    first, _second = members(2)
    round = handed_in()
    task = ReaderAssignment.objects.get(reader=first)
    ConflictOfInterest.objects.create(dossier=round.dossier, member=first, ground="declared")
    with pytest.raises(DatabaseError, match="conflict of interest"), transaction.atomic():
        Opinion.objects.create(assignment=task, outcome="granted", text="x")
    assign_readers(round=round)
    with pytest.raises(DatabaseError, match=r"conflict of interest|released"), transaction.atomic():
        Opinion.objects.create(assignment=task, outcome="granted", text="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        ReaderAssignment.objects.filter(pk=task.pk).update(released_at=None, release_reason="")


def test_database_refuses_early_decision_late_opinion_and_changed_words():
    _first, _second, decider = members(3)
    round = handed_in()
    with pytest.raises(DatabaseError, match="two opinions"), transaction.atomic():
        Decision.objects.create(round=round, outcome="granted", text="x", decided_by=decider)
    decision = decide(round_id=advised(round, REFUSING, REFUSING).pk, decider=decider, **REFUSING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(round=round, outcome="granted", text="x", decided_by=decider)
    for rows in (Decision.objects.all(), Opinion.objects.all(), Letter.objects.all()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(**({"body": "x"} if rows.model is Letter else {"text": "x"}))
    assert Decision.objects.get().text == decision.text


def granted(**fields):
    *_readers, decider = members(3)
    round = advised(handed_in(**fields))
    decide(round_id=round.pk, decider=decider, **REASONED)
    return Recognition.objects.get(decision__round=round)


def test_withdrawal_revokes_writes_and_is_final():
    recognition, staff = granted(), user_with(Role.NETWORK_STAFF)
    done = withdraw_recognition(recognition_id=recognition.pk, withdrawn_by=staff, reason="Op eigen vraag.")
    again = withdraw_recognition(recognition_id=recognition.pk, withdrawn_by=staff, reason="Nog eens.")
    assert (done.version, again.version, again.withdrawal_reason) == (2, 2, "Op eigen vraag.")
    assert Certificate.objects.get().revoked_at is not None
    assert "Op eigen vraag." in Letter.objects.get(kind="withdrawal").body
    assert current_status(again, timezone.localdate()).status == "withdrawn"
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        Recognition.objects.filter(pk=recognition.pk).update(
            withdrawn_at=None, withdrawn_by=None, withdrawal_reason=""
        )


@pytest.mark.parametrize("reason", ["", "   "])
def test_withdrawal_needs_a_reason(reason):
    recognition, staff = granted(), user_with(Role.NETWORK_STAFF)
    with pytest.raises(RecognitionError):
        withdraw_recognition(recognition_id=recognition.pk, withdrawn_by=staff, reason=reason)


def test_nobody_withdraws_their_own_or_without_the_role():
    recognition = granted()
    for who in (UserFactory(), recognition.person):
        with pytest.raises(RecognitionError):
            withdraw_recognition(recognition_id=recognition.pk, withdrawn_by=who, reason="Zomaar.")


def test_one_standing_recognition_per_level():
    first = granted()
    person = first.person
    round = submit_dossier(person=person, level="basic")
    advised(round)
    decider = next(one for one in members(1))
    decide(round_id=round.pk, decider=decider, **REASONED)
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert Recognition.objects.standing().filter(person=person).count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        Recognition.objects.filter(pk=first.pk).update(replaced_at=None)


def test_insurance_that_ended_yesterday_shows_at_once(django_assert_num_queries):
    recognition = granted()
    today = timezone.localdate()
    Evidence.objects.filter(kind="insurance").update(valid_until=today - timedelta(days=1))
    with django_assert_num_queries(2):
        status = current_status(recognition, today)
    assert (status.status, status.holds) == ("interrupted", False)
    assert status.lapses[0].since == today - timedelta(days=1)
