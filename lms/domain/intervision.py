"""Groups of peers: forming them, entering a meeting, and confirming who was there."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.intervision_rules import entry_is_late, is_signed_off
from lms.domain.queries.meetings import has_signed, overlaps_something, rule_on
from lms.enums import LicenceKind, MeetingForm, MeetingKind
from lms.exceptions import IntervisionError
from lms.models import (
    GroupMember,
    IntervisionGroup,
    IntervisionRule,
    Licence,
    Meeting,
    MeetingPresence,
    PresenceConfirmation,
)
from lms.signals import meeting_confirmed
from people.api import User


@dataclass(frozen=True, kw_only=True)
class MeetingPlan:
    """What a moderator fills in; `minutes` from 15 to 480."""

    starts_at: datetime
    minutes: int
    kind: str = MeetingKind.INTERVISION
    form: str = MeetingForm.IN_PERSON
    method: str = ""
    led_by_id: int | None = None
    late_reason: str = ""


@transaction.atomic
def form_group(
    *,
    name: str,
    member_ids: tuple[int, ...],
    moderator_id: int,
    actor: User | None,
    region_id: int | None = None,
    joined_on: date | None = None,
) -> IntervisionGroup:
    """Make a group with its members and moderator.

    Raises IntervisionError: group_size (by the rule in force on `joined_on`), moderator_missing, name_taken.
    """
    day = joined_on or timezone.localdate()
    members = tuple(dict.fromkeys(member_ids))
    if moderator_id not in members:
        raise IntervisionError("moderator_missing", _("De moderator is zelf lid van de groep. Voeg die toe."))
    _check_size(len(members), day)
    try:
        with transaction.atomic():
            group = IntervisionGroup.objects.create(name=name, region_id=region_id)
    except IntegrityError as error:
        raise IntervisionError(
            "name_taken", _("Er is al een groep met die naam. Kies een andere naam.")
        ) from error
    GroupMember.objects.bulk_create(
        GroupMember(group=group, person_id=person_id, is_moderator=person_id == moderator_id, joined_on=day)
        for person_id in members
    )
    record_audit(verb="group.formed", subject=ref(group), actor=actor, data={"members": len(members)})
    return group


@transaction.atomic
def plan_meeting(*, group_id: int, actor: User, plan: MeetingPlan) -> Meeting:
    """Enter a meeting, to come or held. The same moment twice is once.

    Raises IntervisionError: not_moderator, group_size, minutes, too_old, reason_missing (an entry long after the date
    asks why; it stays marked as late), supervisor (supervision without one whose licence holds that day).
    """
    group = IntervisionGroup.objects.select_for_update(of=("self",)).get(pk=group_id)
    today, held_on = timezone.localdate(), timezone.localdate(plan.starts_at)
    if not GroupMember.objects.on(today).filter(group=group, person=actor, is_moderator=True).exists():
        raise IntervisionError("not_moderator", _("De moderator van de groep geeft een overleg in."))
    existing = Meeting.objects.filter(group=group, starts_at=plan.starts_at, cancelled_at=None).first()
    if existing is not None:
        return existing
    if not 15 <= plan.minutes <= 480:
        raise IntervisionError("minutes", _("Een overleg duurt tussen 15 minuten en 8 uur."))
    _check_size(GroupMember.objects.on(held_on).filter(group=group).count(), held_on)
    rule = rule_on(held_on)
    if (today - held_on).days > rule.last_entry_days:
        raise IntervisionError(
            "too_old",
            _("Dit overleg is meer dan %(days)s dagen geleden en kan hier niet meer worden ingegeven.")
            % {"days": rule.last_entry_days},
        )
    late = entry_is_late(held_on=held_on, today=today, entry_days=rule.entry_days)
    if late and not plan.late_reason:
        raise IntervisionError(
            "reason_missing",
            _("Dit overleg is meer dan %(days)s dagen geleden. Kies waarom je het nu pas ingeeft.")
            % {"days": rule.entry_days},
        )
    _check_supervisor(plan, held_on, rule)
    meeting = Meeting.objects.create(
        group=group,
        kind=plan.kind,
        counts=plan.kind in rule.counted_kinds,
        method=plan.method,
        led_by_id=plan.led_by_id if plan.kind == MeetingKind.SUPERVISION else None,
        held_on=held_on,
        starts_at=plan.starts_at,
        minutes=plan.minutes,
        form=plan.form,
        entered_by=actor,
        is_late_entry=late,
        late_reason=plan.late_reason if late else "",
    )
    record_audit(
        verb="meeting.entered",
        subject=ref(meeting),
        actor=actor,
        data={"held_on": held_on.isoformat(), "minutes": plan.minutes, "late": late},
    )
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting_id: int, actor: User) -> None:
    """Call a meeting off; calendars hear of it. Twice is once.

    Raises IntervisionError: not_moderator, has_presence (somebody already said they were there).
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    members = GroupMember.objects.on(timezone.localdate()).filter(group_id=meeting.group_id, person=actor)
    if not members.filter(is_moderator=True).exists():
        raise IntervisionError("not_moderator", _("De moderator van de groep kan een overleg afgelasten."))
    if meeting.presences.exists():
        raise IntervisionError(
            "has_presence", _("Iemand bevestigde al aanwezigheid. Dit overleg kan niet meer worden afgelast.")
        )
    if meeting.is_cancelled:
        return
    now = timezone.now()
    Meeting.objects.filter(pk=meeting_id).update(cancelled_at=now, updated_at=now, sequence=F("sequence") + 1)
    record_audit(verb="meeting.cancelled", subject=ref(meeting), actor=actor)


def claim_presence(*, meeting_id: int, person: User) -> MeetingPresence:
    """A member says: I was there. Twice is once. It counts when enough others say so too.

    Raises IntervisionError: not_member, not_yet (before the meeting began), cancelled, too_old, agreement (not
    signed yet).
    """
    with transaction.atomic():
        meeting = _lock_meeting(meeting_id, person)
        today = timezone.localdate()
        rule = rule_on(meeting.held_on)
        if (today - meeting.held_on).days > rule.last_entry_days:
            raise IntervisionError("too_old", _("Dit overleg is te lang geleden om nu nog te bevestigen."))
        if rule.agreement_required and not has_signed(group_id=meeting.group_id, person_id=person.pk):
            raise IntervisionError(
                "agreement", _("Teken eerst de afspraken over vertrouwelijkheid van je groep. Kom dan terug.")
            )
        presence, created = MeetingPresence.objects.get_or_create(
            meeting=meeting,
            person=person,
            defaults={
                "is_late": entry_is_late(held_on=meeting.held_on, today=today, entry_days=rule.entry_days),
                "overlaps": overlaps_something(meeting=meeting, person_id=person.pk),
            },
        )
        confirmed = _confirm_if_signed(meeting, person.pk)
        if created or confirmed:
            record_audit(
                verb="presence.claimed",
                subject=ref(presence),
                actor=person,
                data={"meeting": meeting.pk, "late": presence.is_late, "confirmed": confirmed},
            )
        presence.refresh_from_db(fields=["confirmed_at"])
    return presence


def confirm_presence(*, meeting_id: int, person_id: int, confirmed_by: User) -> bool:
    """Another member, or who leads the meeting, says: this person was there. Twice is once; True when it was new.

    Raises IntervisionError: not_member (either of the two), oneself, not_yet, cancelled, own_first (who confirms was
    there too, and says so first).
    """
    if person_id == confirmed_by.pk:
        raise IntervisionError("oneself", _("Je eigen aanwezigheid bevestigt een ander groepslid."))
    with transaction.atomic():
        meeting = _lock_meeting(meeting_id, confirmed_by, may_lead=True)
        if (
            not GroupMember.objects.on(meeting.held_on)
            .filter(group_id=meeting.group_id, person=person_id)
            .exists()
        ):
            raise IntervisionError("not_member", _("Deze persoon was toen geen lid van de groep."))
        leads = meeting.led_by_id == confirmed_by.pk
        if not leads and not MeetingPresence.objects.filter(meeting=meeting, person=confirmed_by).exists():
            raise IntervisionError("own_first", _("Bevestig eerst dat jij er zelf was."))
        __, created = PresenceConfirmation.objects.get_or_create(
            meeting=meeting, person_id=person_id, confirmed_by=confirmed_by
        )
        confirmed = _confirm_if_signed(meeting, person_id)
        if created:
            record_audit(
                verb="presence.confirmed",
                subject=ref(meeting),
                actor=confirmed_by,
                data={"person": person_id, "confirmed": confirmed},
            )
    return created


def _lock_meeting(meeting_id: int, member: User, *, may_lead: bool = False) -> Meeting:
    """The meeting, locked so that confirmations come one by one. `may_lead`: who leads it is as good as a member."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    members = GroupMember.objects.on(meeting.held_on).filter(group_id=meeting.group_id, person=member)
    if not (may_lead and meeting.led_by_id == member.pk) and not members.exists():
        raise IntervisionError("not_member", _("Je was op die dag geen lid van deze groep."))
    if meeting.is_cancelled:
        raise IntervisionError("cancelled", _("Dit overleg is afgelast."))
    if timezone.now() < meeting.starts_at:
        raise IntervisionError(
            "not_yet", _("Dit overleg moet nog beginnen. Kom daarna terug om te bevestigen.")
        )
    return meeting


def _confirm_if_signed(meeting: Meeting, person_id: int) -> bool:
    """Set the moment from which the presence counts, once, and announce it in this transaction."""
    presence = MeetingPresence.objects.filter(meeting=meeting, person_id=person_id, confirmed_at=None).first()
    if presence is None:
        return False
    rule = rule_on(meeting.held_on)
    members = GroupMember.objects.on(meeting.held_on).filter(group_id=meeting.group_id)
    roles = dict(members.values_list("person_id", "is_moderator"))
    signers = PresenceConfirmation.objects.filter(meeting=meeting, person_id=person_id)
    if not is_signed_off(
        set(signers.values_list("confirmed_by_id", flat=True)),
        moderators={one for one, moderates in roles.items() if moderates} | {meeting.led_by_id or 0},
        moderator_suffices=rule.moderator_suffices,
        co_signers=rule.co_signers,
        members=len(roles),
    ):
        return False
    if not MeetingPresence.objects.filter(pk=presence.pk, confirmed_at=None).update(
        confirmed_at=timezone.now()
    ):
        return False
    meeting_confirmed.send(sender=MeetingPresence, presence_id=presence.pk, person_id=person_id)
    return True


def _check_supervisor(plan: MeetingPlan, day: date, rule: IntervisionRule) -> None:
    if plan.kind != MeetingKind.SUPERVISION or not rule.supervisor_required:
        return
    held = Licence.objects.on(day).filter(kind=LicenceKind.SUPERVISOR, person_id=plan.led_by_id)
    if plan.led_by_id is None or not held.exists():
        raise IntervisionError(
            "supervisor", _("Supervisie leidt een erkende supervisor. Kies wie het overleg begeleidt.")
        )


def _check_size(size: int, day: date) -> None:
    rule = rule_on(day)
    if not rule.min_members <= size <= rule.max_members:
        raise IntervisionError(
            "group_size",
            _("Een intervisiegroep telt %(least)s tot %(most)s leden. Deze groep telt er %(size)s.")
            % {"least": rule.min_members, "most": rule.max_members, "size": size},
        )
