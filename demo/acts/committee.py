"""Act 6: a larger committee, readers who disagree, meetings, an appeal, and recognitions that live on."""

from datetime import timedelta
from typing import Any

from accreditation.domain.appeals import lodge_appeal
from accreditation.domain.availability import add_absence, set_reading_limit
from accreditation.domain.decisions import decide
from accreditation.domain.hearings import announce_withdrawal, answer_hearing
from accreditation.domain.meetings import (
    call_meeting,
    close_meeting,
    decide_item,
    in_room,
    open_meeting,
    room_for,
    set_room,
)
from accreditation.domain.opinions import give_opinion
from accreditation.domain.recognition_life import defer_renewal, suspend_recognition
from accreditation.domain.recognitions import withdraw_recognition
from accreditation.domain.tie_questions import answer_no_tie
from accreditation.domain.withdrawal_appeals import appeal_withdrawal
from accreditation.enums import Outcome, ReasonCode
from accreditation.models import Decision, DossierRound, ReaderAssignment, Recognition
from demo.acts.dossiers import advise, submit
from demo.acts.people import by_account, crowd, today
from demo.clock import at, moment
from people.domain.roles import grant_role
from people.enums import Role
from people.models import User

YES: dict[str, Any] = {
    "outcome": Outcome.GRANTED,
    "reason_codes": [ReasonCode.ALL_CRITERIA_MET.value],
    "text": "Alles is er.",
}
NO: dict[str, Any] = {
    "outcome": Outcome.REFUSED,
    "reason_codes": [ReasonCode.TRAINING_OFF_TOPIC.value],
    "text": "De opleiding gaat te weinig over ouders en baby's.",
}
ASK: dict[str, Any] = {
    "outcome": Outcome.MORE_INFORMATION,
    "reason_codes": [ReasonCode.DOCUMENT_INCOMPLETE.value],
    "text": "Van het attest ontbreekt de tweede bladzijde.",
}


def meet_as_committee() -> None:
    """Everything that a committee meets in half a year, by the product's own verbs."""
    members = _new_members()
    applicants = crowd("crisis_team_member", "ggz-het-anker")
    _disagreement(applicants[0], submitted=-45, members=members, held=-12)
    _disagreement(applicants[1], submitted=-14, members=members, held=None)
    _with_condition(applicants[2])
    _appeal(crowd("maternity_carer")[1])
    _lives()
    reader = by_account("lezer2")
    with at(moment(-3)):
        add_absence(
            member=reader, first_day=today() + timedelta(days=20), last_day=today() + timedelta(days=34)
        )
        set_reading_limit(member=reader, at_most=6)


def _new_members() -> list[User]:
    """Three more members, so that an appeal finds people who did not speak before."""
    found = crowd("childcare_worker", "zonnewijzer")
    for person in found:
        with at(moment(-50)):
            grant_role(
                user=person,
                role=Role.COMMITTEE_MEMBER,
                granted_by=by_account("beheer"),
                valid_until=(moment(0) + timedelta(days=45 if person == found[0] else 700)).date(),
            )
    return found


def _opinion(round: DossierRound, days: int, *judgements: dict[str, Any]) -> None:
    """Opinions in the order in which readers were assigned; a third reader comes by itself."""
    for place, judgement in enumerate(judgements):
        owed = ReaderAssignment.objects.active().filter(round=round, opinion=None).order_by("id").first()
        if owed is None:
            return
        with at(moment(days + place, 20)):
            answer_no_tie(dossier=round.dossier, member=owed.reader)
            give_opinion(assignment_id=owed.pk, reader=owed.reader, **judgement)


def _disagreement(person: User, *, submitted: int, members: list[User], held: int | None) -> None:
    """Three readers, three opinions; the meeting decided it, or still will."""
    round = submit(person, days=submitted, degree="Verpleegkunde", statement=True)
    _opinion(round, submitted + 3, YES, NO, ASK)
    chair = by_account("commissie")
    if held is None:
        with at(moment(-1)):
            call_meeting(called_by=chair, starts_at=moment(6, 19, 30), place="Vergaderzaal Het Nest, Gent")
        return
    with at(moment(held - 5)):
        meeting = call_meeting(
            called_by=chair, starts_at=moment(held, 19, 30), place="Vergaderzaal Het Nest, Gent"
        )
    with at(moment(held, 19, 30)):
        open_meeting(meeting_id=meeting.pk, by=chair)
        everybody = [chair, by_account("lezer1"), by_account("lezer2"), *members]
        set_room(meeting_id=meeting.pk, by=chair, member_ids=[one.pk for one in everybody])
        meeting.refresh_from_db()
        item = meeting.items.get(round=round)
        judging, _leaving = room_for(meeting, [round])[round.pk]
        decider = User.objects.get(pk=judging[0])
        answer_no_tie(dossier=round.dossier, member=decider)
        decide_item(item_id=item.pk, decider=decider, **YES)
    with at(moment(held, 20, 40)):
        assert in_room(meeting)  # noqa: S101 - the room must be full for the minutes to show it
        close_meeting(meeting_id=meeting.pk, by=chair)


def _with_condition(person: User) -> None:
    """Granted, with something to bring in a month."""
    round = submit(person, days=-30, degree="Verpleegkunde", statement=True)
    wanted: dict[str, Any] = {
        "outcome": Outcome.CONDITIONAL,
        "reason_codes": [ReasonCode.ALL_CRITERIA_MET.value, ReasonCode.CONDITIONS_HELP.value],
        "text": "Bijna alles is er, en het werk spreekt voor zich.",
        "conditions": [("Stuur het vernieuwde attest van je polis", (moment(0) + timedelta(days=24)).date())],
    }
    _opinion(round, -24, wanted, wanted)
    decider = by_account("commissie")
    with at(moment(-16)):
        answer_no_tie(dossier=round.dossier, member=decider)
        decide(round_id=round.pk, decider=decider, **wanted)


def _appeal(person: User) -> None:
    """Refused in act 5; the person does not agree, and others read it now."""
    decision = Decision.objects.filter(round__dossier__person=person, outcome=Outcome.REFUSED).latest("pk")
    with at(moment(-24)):
        appeal = lodge_appeal(
            decision_id=decision.pk,
            person=person,
            text="Mijn opleiding had ook een deel over de band tussen ouder en kind. Dat staat niet op het attest.",
        )
    advise(
        appeal.round,
        days=-8,
        outcome=Outcome.GRANTED,
        codes=[ReasonCode.ALL_CRITERIA_MET.value],
        text="Met deze uitleg is het duidelijk.",
        count=1,
    )


def _lives() -> None:
    """One recognition rests, one got more time, one holder is being heard, one appeals against a withdrawal."""
    office = by_account("netwerk")
    standing = list(Recognition.objects.standing().select_related("person").order_by("pk")[:4])
    _withdrawn_and_appealed(standing[3])
    with at(moment(-9)):
        suspend_recognition(
            recognition_id=standing[0].pk,
            by=office,
            reason="enquiry",
            text="We kregen een melding en kijken ze na. Je hoort van ons binnen drie weken.",
            until=today() + timedelta(days=21),
        )
    with at(moment(-7)):
        defer_renewal(recognition_id=standing[1].pk, by=office, reason="parental_leave", months=4)
    with at(moment(-6)):
        hearing = announce_withdrawal(
            recognition_id=standing[2].pk,
            by=office,
            ground="criteria",
            reason="We zien al meer dan een jaar geen intervisie meer.",
        )
    with at(moment(-2)):
        answer_hearing(
            hearing_id=hearing.pk,
            person=standing[2].person,
            response="Mijn groep viel stil toen twee collega's vertrokken. Sinds kort zit ik in een nieuwe groep.",
        )


def _withdrawn_and_appealed(recognition: Recognition) -> None:
    """Heard, withdrawn all the same, and now three other members look at it."""
    office = by_account("netwerk")
    with at(moment(-34)):
        hearing = announce_withdrawal(
            recognition_id=recognition.pk,
            by=office,
            ground="criteria",
            reason="Je polis liep af en we vonden geen nieuwe.",
        )
    with at(moment(-30)):
        answer_hearing(
            hearing_id=hearing.pk, person=recognition.person, response="Mijn nieuwe polis is onderweg."
        )
    with at(moment(-18)):
        withdraw_recognition(
            recognition_id=recognition.pk,
            withdrawn_by=office,
            ground="criteria",
            reason="Na twee weken is er nog geen nieuwe polis.",
        )
    with at(moment(-10)):
        appeal_withdrawal(
            recognition_id=recognition.pk,
            person=recognition.person,
            text="De verzekeraar was traag. De nieuwe polis ging in op de dag dat de oude afliep.",
        )
