"""The meetings that teams owe: choosing a day with an expert, giving it back, and teams that go up in one another."""

from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.planning.problem import add_months
from lms.domain.pool_rules import is_free
from lms.domain.queries.duty import duty_rule_on
from lms.domain.queries.pool import expert_pool
from lms.domain.team_groups import team_group
from lms.enums import MeetingForm, MeetingKind
from lms.exceptions import DutyError
from lms.models import DateProposal, ExpertBooking, Meeting, TeamObligation
from people.api import DigestLine, PeopleError, Team, User, add_lines_to_digest, merge_teams, team_members

#: When a team's meeting begins in each half of a day.
BEGINS = {0: time(9, 30), 1: time(13, 30)}


@transaction.atomic
def choose_proposal(*, proposal_id: int, actor: User) -> Meeting:
    """Fix the meeting on a proposed half day; members and expert hear it. The same choice twice is once.

    Raises DutyError: gone (no such proposal any more), past, chosen (another day), expert_taken.
    """
    proposal = (
        DateProposal.objects.select_related("obligation__team__organisation").filter(pk=proposal_id).first()
    )
    if proposal is None:
        raise DutyError("gone", _("Dit voorstel is er niet meer. Kies een van de andere dagen."))
    if proposal.is_past(timezone.localdate()):
        raise DutyError("past", _("Deze dag is te dichtbij of voorbij. Kies een latere dag."))
    return fix_meeting(
        obligation_id=proposal.obligation_id,
        day=proposal.day,
        half=proposal.half,
        expert_id=proposal.expert_id,
        actor=actor,
    )


@transaction.atomic
def fix_meeting(
    *, obligation_id: int, day: date, half: int, expert_id: int, actor: User | None, checked: bool = False
) -> Meeting:
    """Plan the meeting of an obligation and book the expert for the half day. The same again is once.

    `checked`: the caller knows that the expert can (the programme planner); a booking that stands is refused anyhow, by
    a constraint. Raises DutyError: ended, chosen (another day stands), expert_taken.
    """
    row = (
        TeamObligation.objects.select_for_update(of=("self",))
        .select_related("team__organisation")
        .get(pk=obligation_id)
    )
    if row.ended_on is not None:
        raise DutyError("ended", _("Dit team ging op in een ander team. Kijk bij dat team."))
    standing = (
        Meeting.objects.filter(pk=row.meeting_id, cancelled_at=None).first() if row.meeting_id else None
    )
    if standing is not None:
        booking = ExpertBooking.objects.filter(meeting=standing, cancelled_at=None).first()
        if booking is not None and (booking.day, booking.half, booking.expert_id) == (day, half, expert_id):
            return standing
        raise DutyError("chosen", _("Er staat al een dag vast. Geef die eerst terug als ze niet lukt."))
    # The row of the expert is locked, so that two teams cannot both see the half day free.
    User.objects.select_for_update(of=("self",)).get(pk=expert_id)
    region_id = row.team.organisation.region_id
    if not checked and not any(
        is_free(expert, day, half, region_id)
        for expert in expert_pool(since=timezone.localdate(), person_ids=[expert_id])
    ):
        raise _taken()
    rule = duty_rule_on(day)
    group = team_group(row.team)
    starts_at = timezone.make_aware(datetime.combine(day, BEGINS[half]))
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(
                group=group,
                kind=MeetingKind.INTERVISION,
                held_on=day,
                starts_at=starts_at,
                minutes=rule.meeting_minutes,
                form=MeetingForm.IN_PERSON,
                led_by_id=expert_id,
                entered_by=actor,
            )
            ExpertBooking.objects.create(expert_id=expert_id, day=day, half=half, meeting=meeting)
    except IntegrityError as error:
        raise _taken() from error
    row.meeting = meeting
    row.save(update_fields=["meeting"])
    record_audit(
        verb="duty.fixed", subject=ref(row), actor=actor, data={"day": day.isoformat(), "expert": expert_id}
    )
    _tell(row, meeting, half, expert_id)
    return meeting


@transaction.atomic
def release_meeting(*, obligation_id: int, actor: User) -> None:
    """Give a planned day back: the expert is free again and new days are proposed. Twice is once.

    Raises DutyError (has_presence): somebody already said they were there.
    """
    row = TeamObligation.objects.select_for_update(of=("self",)).get(pk=obligation_id)
    if row.meeting_id is None:
        return
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=row.meeting_id)
    if meeting.presences.exists():
        raise DutyError("has_presence", _("Iemand bevestigde al aanwezigheid. Deze dag blijft staan."))
    _cancel(meeting)
    row.meeting = None
    row.save(update_fields=["meeting"])
    DateProposal.objects.filter(obligation=row).delete()
    record_audit(verb="duty.released", subject=ref(row), actor=actor, data={"meeting": meeting.pk})


@transaction.atomic
def owe(*, team_id: int, months: int, anchor: date) -> TeamObligation:
    """The open obligation of a team for a number of months after its last training day. Twice is once."""
    row, _created = TeamObligation.objects.get_or_create(
        team_id=team_id,
        months=months,
        ended_on=None,
        defaults={"anchor_on": anchor, "due_on": add_months(anchor, months)},
    )
    return row


@transaction.atomic
def merge_duty(*, kept_id: int, merged_id: int, actor: User, on: date | None = None) -> tuple[int, ...]:
    """Let a team go up in another one. Its open meetings to come are called off; what it met stays, and counts for
    the people who come over. A team without obligations takes on those of the merged one. Twice is once.

    Returns the ids of those who came over. Raises DutyError (merge) with the reason in words.
    """
    today = on or timezone.localdate()
    try:
        came = merge_teams(kept_id=kept_id, merged_id=merged_id, by=actor, on=today)
    except PeopleError as error:
        raise DutyError("merge", str(error)) from error
    known = set(TeamObligation.objects.open().filter(team_id=kept_id).values_list("months", flat=True))
    rows = TeamObligation.objects.open().select_for_update(of=("self",)).filter(team_id=merged_id)
    for row in rows.select_related("meeting"):
        meeting = row.meeting
        if meeting is not None and meeting.starts_at > timezone.now() and not meeting.is_cancelled:
            _cancel(meeting)
            row.meeting = None
        row.ended_on = today
        row.save(update_fields=["meeting", "ended_on"])
        if row.months not in known:
            owe(team_id=kept_id, months=row.months, anchor=row.anchor_on)
    team_group(Team.objects.get(pk=kept_id))
    return came


def _cancel(meeting: Meeting) -> None:
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk, cancelled_at=None).update(
        cancelled_at=now, updated_at=now, sequence=F("sequence") + 1
    )
    ExpertBooking.objects.filter(meeting=meeting, cancelled_at=None).update(cancelled_at=now)


def _taken() -> DutyError:
    return DutyError("expert_taken", _("Deze expert kan dan niet meer. Kies een andere dag."))


def _tell(row: TeamObligation, meeting: Meeting, half: int, expert_id: int) -> None:
    """Save the date, in the digest of everybody in the team and of the expert."""
    day = meeting.held_on
    text = _("Hou %(day)s vrij: intervisie met %(team)s.") % {
        "day": f"{day:%d/%m/%Y} ({_('namiddag') if half else _('voormiddag')})",
        "team": row.team.name,
    }
    people = {*team_members([row.team_id], on=timezone.localdate()).get(row.team_id, ()), expert_id}
    add_lines_to_digest(
        DigestLine(
            to_user_id=person_id,
            text=text,
            path="/mijn/agenda/",
            key=f"duty:{row.pk}:meeting:{meeting.pk}:{person_id}",
            until=day,
        )
        for person_id in sorted(people)
    )
