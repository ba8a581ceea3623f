"""The meeting: agenda, who is in the room, who leaves for which dossier, decisions with a quorum, minutes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.assignment import IN_PROCEDURE
from accreditation.domain.conditions import Wanted
from accreditation.domain.conflicts import committee, is_tied, tied_members
from accreditation.domain.decisions import decide_by_meeting
from accreditation.domain.panel import is_appeal, spoke_before, spoke_before_many
from accreditation.domain.procedure import procedure_rule
from accreditation.enums_committee import AgendaReason, DisagreementWay
from accreditation.exceptions import CommitteeError, DecisionConflictError
from accreditation.models import AgendaItem, Attendee, CommitteeMeeting, Decision, DossierRound
from ledger.api import record_audit, ref, wait_for_turn
from people.api import User, is_committee_member


def _require_member(user: User) -> None:
    if not is_committee_member(user):
        raise CommitteeError(_("Je mandaat als commissielid is niet meer van kracht."))


@transaction.atomic
def call_meeting(*, called_by: User, starts_at: datetime, place: str) -> CommitteeMeeting:
    """Plan a meeting; what readers could not settle comes on the agenda by itself. Twice is once.

    Raises CommitteeError for a moment in the past, or when there is another meeting at that moment.
    """
    _require_member(called_by)
    if starts_at < timezone.now() and timezone.localdate(starts_at) < timezone.localdate():
        raise CommitteeError(_("Die dag is voorbij. Kies een dag die nog komt."))
    if not place.strip():
        raise CommitteeError(_("Schrijf waar de vergadering is."))
    wait_for_turn()
    quorum = procedure_rule(timezone.localdate(starts_at)).quorum
    try:
        with transaction.atomic():
            meeting, created = CommitteeMeeting.objects.get_or_create(
                starts_at=starts_at, place=place.strip(), defaults={"called_by": called_by, "quorum": quorum}
            )
    except IntegrityError:
        raise CommitteeError(_("Op dat moment is er al een vergadering.")) from None
    fill_agenda(meeting)
    if created:
        record_audit(verb="meeting.called", subject=ref(meeting), actor=called_by)
    return meeting


def fill_agenda(meeting: CommitteeMeeting) -> int:
    """Put every round that only a meeting can settle on the agenda; returns how many are new."""
    if meeting.closed_at is not None:
        return 0
    waiting = (
        DossierRound.objects.filter(
            decision=None, dossier__stage__in=IN_PROCEDURE, disagreement__way=DisagreementWay.MEETING
        )
        .exclude(agenda_items__meeting=meeting)
        .select_related("appeal")
        .order_by("submitted_at", "id")
    )
    count = 0
    for round in waiting:
        reason = AgendaReason.APPEAL if is_appeal(round) else AgendaReason.DISAGREEMENT
        _add(meeting, round, reason=reason, by=None)
        count += 1
    return count


def _add(
    meeting: CommitteeMeeting, round: DossierRound, *, reason: AgendaReason, by: User | None
) -> AgendaItem:
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item, _created = AgendaItem.objects.get_or_create(
        meeting=meeting, round=round, defaults={"position": last + 1, "reason": reason, "added_by": by}
    )
    return item


@transaction.atomic
def ask_for_meeting(*, meeting_id: int, round_id: int, member: User) -> AgendaItem:
    """A member wants the meeting to look at a dossier. Twice is once. Raises CommitteeError."""
    _require_member(member)
    wait_for_turn()
    meeting = CommitteeMeeting.objects.select_for_update().get(pk=meeting_id)
    if meeting.closed_at is not None:
        raise CommitteeError(_("Die vergadering is afgesloten. Kies een volgende."))
    round = DossierRound.objects.select_related("dossier", "appeal").get(pk=round_id)
    if is_tied(dossier=round.dossier, member_id=member.pk) or member.pk in spoke_before(round):
        raise CommitteeError(_("Dit dossier kun jij niet op de agenda zetten."))
    if round.dossier.stage not in IN_PROCEDURE or Decision.objects.filter(round=round).exists():
        raise CommitteeError(_("Over dit dossier is al beslist, of het ligt niet meer bij de commissie."))
    item = _add(meeting, round, reason=AgendaReason.ASKED, by=member)
    record_audit(verb="meeting.item_added", subject=ref(item), actor=member)
    return item


def _locked(meeting_id: int, by: User) -> CommitteeMeeting:
    _require_member(by)
    wait_for_turn()
    return CommitteeMeeting.objects.select_for_update().get(pk=meeting_id)


@transaction.atomic
def open_meeting(*, meeting_id: int, by: User) -> CommitteeMeeting:
    """Begin; who opens is in the room. Twice is once. Raises CommitteeError when it was closed."""
    meeting = _locked(meeting_id, by)
    if meeting.closed_at is not None:
        raise CommitteeError(_("Deze vergadering is afgesloten."))
    if meeting.opened_at is None:
        meeting.opened_at = timezone.now()
        meeting.save(update_fields=["opened_at"])
        fill_agenda(meeting)
        Attendee.objects.create(meeting=meeting, member=by)
        record_audit(verb="meeting.opened", subject=ref(meeting), actor=by)
    return meeting


@transaction.atomic
def set_room(*, meeting_id: int, by: User, member_ids: Iterable[int]) -> frozenset[int]:
    """Write down who is in the room now; comings and goings become rows. Returns who is there.

    Raises CommitteeError when the meeting is not going on, or somebody's mandate is not in force.
    """
    meeting = _locked(meeting_id, by)
    if not meeting.is_open:
        raise CommitteeError(_("Open eerst de vergadering."))
    wanted = set(member_ids)
    if wanted - set(committee().filter(pk__in=wanted).values_list("pk", flat=True)):
        raise CommitteeError(_("Alleen leden met een mandaat van vandaag tellen mee."))
    present = in_room(meeting)
    now = timezone.now()
    Attendee.objects.filter(meeting=meeting, left_at=None, member_id__in=present - wanted).update(left_at=now)
    Attendee.objects.bulk_create(
        [Attendee(meeting=meeting, member_id=one, arrived_at=now) for one in sorted(wanted - present)]
    )
    if wanted != present:
        record_audit(verb="meeting.room", subject=ref(meeting), actor=by, data={"present": sorted(wanted)})
    return frozenset(wanted)


def in_room(meeting: CommitteeMeeting) -> frozenset[int]:
    """Who is in the room now."""
    return frozenset(
        Attendee.objects.filter(meeting=meeting, left_at=None).values_list("member_id", flat=True)
    )


def room_for(meeting: CommitteeMeeting, rounds: list[DossierRound]) -> dict[int, tuple[list[int], list[int]]]:
    """Per round (its id): who judges and who leaves the room, of those present whose mandate is in force."""
    present = in_room(meeting)
    valid = set(committee().filter(pk__in=present).values_list("pk", flat=True))
    tied, spoken = tied_members([one.dossier for one in rounds], valid), spoke_before_many(rounds)
    found = {}
    for round in rounds:
        leaving = tied[round.dossier_id] | (spoken[round.pk] & valid)
        found[round.pk] = (sorted(valid - leaving), sorted(leaving))
    return found


@transaction.atomic
def decide_item(
    *,
    item_id: int,
    decider: User,
    outcome: str,
    reason_codes: list[str],
    text: str,
    letter_body: str = "",
    conditions: Iterable[Wanted] = (),
) -> Decision:
    """Decide an item of the agenda; the decision holds who was in the room. The same errors as `decide`.

    Raises CommitteeError without a quorum, also when it was lost during the meeting: nothing is written then.
    """
    named = AgendaItem.objects.get(pk=item_id)
    meeting = _locked(named.meeting_id, decider)
    item = AgendaItem.objects.select_for_update().get(pk=item_id)
    if not meeting.is_open:
        raise CommitteeError(_("De vergadering is niet open. Beslissen kan alleen tijdens de vergadering."))
    if item.decision_id is not None:
        raise DecisionConflictError(_("Er is al beslist over dit punt."))
    round = DossierRound.objects.select_related("dossier", "appeal").get(pk=item.round_id)
    judging, leaving = room_for(meeting, [round])[round.pk]
    if decider.pk not in judging:
        raise CommitteeError(_("Je bent niet in de zaal voor dit punt. Iemand anders schrijft het op."))
    if len(judging) < meeting.quorum:
        raise CommitteeError(
            _(
                "Er zijn nu %(there)s leden in de zaal die mogen oordelen, en er moeten er %(quorum)s zijn. "
                "Verdaag dit punt, of wacht tot er iemand terug is."
            )
            % {"there": len(judging), "quorum": meeting.quorum}
        )
    decision = decide_by_meeting(
        round_id=round.pk,
        decider=decider,
        outcome=outcome,
        reason_codes=reason_codes,
        text=text,
        letter_body=letter_body,
        conditions=conditions,
    )
    item.decision, item.in_room, item.left_room, item.adjourned_at = decision, judging, leaving, None
    item.save(update_fields=["decision", "in_room", "left_room", "adjourned_at"])
    record_audit(
        verb="meeting.decided", subject=ref(item), actor=decider, data={"in_room": judging, "left": leaving}
    )
    return decision


@transaction.atomic
def adjourn_item(*, item_id: int, by: User) -> AgendaItem:
    """Put an item off to a later meeting. Twice is once. Raises CommitteeError for a decided item."""
    named = AgendaItem.objects.get(pk=item_id)
    meeting = _locked(named.meeting_id, by)
    item = AgendaItem.objects.select_for_update().get(pk=item_id)
    if item.decision_id is not None or meeting.closed_at is not None:
        raise CommitteeError(_("Dit punt kun je niet meer verdagen."))
    if item.adjourned_at is None:
        item.adjourned_at = timezone.now()
        item.save(update_fields=["adjourned_at"])
        record_audit(verb="meeting.adjourned", subject=ref(item), actor=by)
    return item


@transaction.atomic
def close_meeting(*, meeting_id: int, by: User) -> CommitteeMeeting:
    """End the meeting and freeze its minutes; what was not decided is put off. Twice is once."""
    meeting = _locked(meeting_id, by)
    if meeting.closed_at is not None:
        return meeting
    if meeting.opened_at is None:
        raise CommitteeError(_("Deze vergadering is nog niet begonnen."))
    now = timezone.now()
    meeting.items.filter(decision=None, adjourned_at=None).update(adjourned_at=now)
    Attendee.objects.filter(meeting=meeting, left_at=None).update(left_at=now)
    meeting.minutes, meeting.closed_at, meeting.closed_by = frozen_minutes(meeting), now, by
    meeting.save(update_fields=["minutes", "closed_at", "closed_by"])
    record_audit(verb="meeting.closed", subject=ref(meeting), actor=by, data={"items": meeting.items.count()})
    return meeting


def frozen_minutes(meeting: CommitteeMeeting) -> dict[str, Any]:
    """What happened, with ids of people: names are looked up when the minutes are read."""
    items = meeting.items.select_related("round__dossier", "decision").prefetch_related(
        "decision__conditions"
    )
    return {
        "format": 1,
        "quorum": meeting.quorum,
        "present": [
            {
                "member": one.member_id,
                "from": one.arrived_at.isoformat(),
                "until": one.left_at.isoformat() if one.left_at else None,
            }
            for one in meeting.attendees.all()
        ],
        "items": [_frozen_item(item) for item in items],
    }


def _frozen_item(item: AgendaItem) -> dict[str, Any]:
    decision = item.decision
    return {
        "position": item.position,
        "round": item.round_id,
        "dossier": item.round.dossier_id,
        "applicant": item.round.dossier.person_id,
        "level": item.round.dossier.level,
        "reason": item.reason,
        "in_room": item.in_room,
        "left_room": item.left_room,
        "decision": decision
        and {
            "outcome": decision.outcome,
            "reasons": decision.reason_codes,
            "text": decision.text,
            "by": decision.decided_by_id,
            "conditions": [[one.text, one.due_on.isoformat()] for one in decision.conditions.all()],
        },
    }
