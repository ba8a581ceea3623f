"""Reads of intervision and supervision."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from lms.domain.intervision_rules import hours_of
from lms.models import (
    AgreementSignature,
    Attendance,
    GroupMember,
    IntervisionRule,
    Meeting,
    MeetingPresence,
    PresenceConfirmation,
)

#: Rises when the words of the agreement on confidentiality change; members then sign anew.
AGREEMENT = 1

#: In force before the first rule in the database begins; the figures of the network's proposal.
FIRST_RULE = IntervisionRule(
    valid_from=date(1900, 1, 1),
    min_members=4,
    max_members=8,
    co_signers=2,
    entry_days=30,
    last_entry_days=365,
)


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """A person's presence at a meeting; `confirmed` when enough other members said so. Hours have two decimals.

    `late` and `overlaps` are marks for who judges: entered long after the date, or at the same time as
    something else of this person.
    """

    presence_id: int
    kind: str
    held_on: date
    hours: Decimal
    group_name: str
    confirmed: bool
    late: bool = False
    overlaps: bool = False


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member at one meeting, as the viewer sees it."""

    person_id: int
    name: str
    is_viewer: bool
    is_moderator: bool
    claimed: bool
    confirmed: bool
    signed_by_viewer: bool
    signatures: int


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of a person with its meetings, newest first."""

    group_id: int
    name: str
    is_moderator: bool
    members: tuple[str, ...]
    hours_this_year: Decimal
    coming: tuple["MeetingLine", ...]
    held: tuple["MeetingLine", ...]
    #: Whether the group welcomes newcomers.
    is_open: bool = False
    is_team: bool = False
    has_signed: bool = False
    unsigned: tuple[str, ...] = ()
    #: What the rule asks, when the group has become smaller than that; else 0.
    too_small: int = 0
    has_moderator: bool = True
    frequency: str = ""
    form: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in the overview; `state` of the viewer: coming, open, claimed or confirmed."""

    meeting: Meeting
    state: str
    to_sign: int


def rule_on(day: date) -> IntervisionRule:
    """The rule in force on a day. One query."""
    return IntervisionRule.objects.filter(valid_from__lte=day).order_by("-valid_from").first() or FIRST_RULE


def meeting_facts(person_ids: Iterable[int]) -> dict[int, tuple[MeetingFact, ...]]:
    """Presence by person at meetings that count, oldest first; everybody asked for has an entry. One query."""
    asked = tuple(person_ids)
    found: dict[int, list[MeetingFact]] = defaultdict(list)
    presences = MeetingPresence.objects.filter(
        person_id__in=asked, meeting__cancelled_at=None, meeting__counts=True
    )
    # Plain values: this is asked for everybody at once too.
    rows = presences.order_by("meeting__starts_at", "pk").values_list(
        "pk",
        "person_id",
        "meeting__kind",
        "meeting__held_on",
        "meeting__minutes",
        "meeting__group__name",
        "confirmed_at",
        "meeting__is_late_entry",
        "is_late",
        "overlaps",
    )
    for pk, person_id, kind, held_on, minutes, group_name, confirmed_at, late_entry, late, overlaps in rows:
        found[person_id].append(
            MeetingFact(
                presence_id=pk,
                kind=kind,
                held_on=held_on,
                hours=hours_of(minutes),
                group_name=group_name,
                confirmed=confirmed_at is not None,
                late=late_entry or late,
                overlaps=overlaps,
            )
        )
    return {person_id: tuple(found[person_id]) for person_id in asked}


def groups_of(person_id: int) -> tuple[GroupLine, ...]:
    """The groups of a member today, with meetings and what is left to do. Seven queries, whatever their number."""
    today, now = timezone.localdate(), timezone.now()
    mine = list(
        GroupMember.objects.on(today)
        .filter(person_id=person_id)
        .select_related("group")
        .order_by("group__name")
    )
    group_ids = [member.group_id for member in mine]
    others: dict[int, list[GroupMember]] = defaultdict(list)
    for member in GroupMember.objects.filter(group_id__in=group_ids).select_related("person"):
        others[member.group_id].append(member)
    meetings: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in Meeting.objects.filter(group_id__in=group_ids, cancelled_at=None).order_by("-starts_at"):
        meetings[meeting.group_id].append(meeting)
    meeting_ids = [meeting.pk for found in meetings.values() for meeting in found]
    presences: dict[int, dict[int, bool]] = defaultdict(dict)
    for presence in MeetingPresence.objects.filter(meeting_id__in=meeting_ids):
        presences[presence.meeting_id][presence.person_id] = presence.confirmed_at is not None
    signed = set(
        PresenceConfirmation.objects.filter(
            meeting_id__in=meeting_ids, confirmed_by_id=person_id
        ).values_list("meeting_id", "person_id")
    )
    agreed = set(
        AgreementSignature.objects.filter(group_id__in=group_ids, version=AGREEMENT).values_list(
            "group_id", "person_id"
        )
    )
    least = rule_on(today).min_members
    lines = []
    for member in mine:
        coming, held, minutes = [], [], 0
        for meeting in meetings[member.group_id]:
            there = presences[meeting.pk]
            unsigned = [
                person
                for person, confirmed in there.items()
                if person != person_id and not confirmed and (meeting.pk, person) not in signed
            ]
            if meeting.starts_at > now:
                coming.append(MeetingLine(meeting, "coming", 0))
                continue
            state = {None: "open", False: "claimed", True: "confirmed"}[there.get(person_id)]
            held.append(MeetingLine(meeting, state, len(unsigned)))
            if state == "confirmed" and meeting.counts and meeting.held_on.year == today.year:
                minutes += meeting.minutes
        present = [
            other
            for other in others[member.group_id]
            if other.joined_on <= today and (other.left_on is None or other.left_on >= today)
        ]
        group = member.group
        lines.append(
            GroupLine(
                group_id=member.group_id,
                name=group.name,
                is_moderator=member.is_moderator,
                members=_names(present),
                hours_this_year=hours_of(minutes),
                coming=tuple(reversed(coming)),
                held=tuple(held),
                is_open=group.open_since is not None,
                is_team=group.team_id is not None,
                has_signed=(group.pk, person_id) in agreed,
                unsigned=_names(other for other in present if (group.pk, other.person_id) not in agreed),
                too_small=least if group.team_id is None and len(present) < least else 0,
                has_moderator=any(other.is_moderator for other in present),
                frequency=str(group.get_frequency_display()),
                form=str(group.get_form_display()),
                language=str(group.get_language_display()),
            )
        )
    return tuple(lines)


def _names(members: Iterable[GroupMember]) -> tuple[str, ...]:
    return tuple(sorted(member.person.get_full_name() for member in members))


def member_lines(*, meeting: Meeting, viewer_id: int) -> tuple[MemberLine, ...]:
    """Who was a member on the day of a meeting, and who confirmed whom. Three queries."""
    members = (
        GroupMember.objects.on(meeting.held_on).filter(group_id=meeting.group_id).select_related("person")
    )
    claims = dict(meeting.presences.values_list("person_id", "confirmed_at"))
    signatures: dict[int, set[int]] = defaultdict(set)
    for person_id, confirmed_by_id in meeting.confirmations.values_list("person_id", "confirmed_by_id"):
        signatures[person_id].add(confirmed_by_id)
    return tuple(
        MemberLine(
            person_id=member.person_id,
            name=member.person.get_full_name(),
            is_viewer=member.person_id == viewer_id,
            is_moderator=member.is_moderator,
            claimed=member.person_id in claims,
            confirmed=claims.get(member.person_id) is not None,
            signed_by_viewer=viewer_id in signatures[member.person_id],
            signatures=len(signatures[member.person_id]),
        )
        for member in sorted(
            members, key=lambda found: (found.person_id != viewer_id, found.person.get_full_name())
        )
    )


def overlaps_something(*, meeting: Meeting, person_id: int) -> bool:
    """Whether the person was, or says to have been, somewhere else at the time of the meeting."""
    sessions = Attendance.objects.present().filter(
        person_id=person_id, session__starts_at__lt=meeting.ends_at, session__ends_at__gt=meeting.starts_at
    )
    if sessions.exists():
        return True
    near = MeetingPresence.objects.filter(person_id=person_id, meeting__held_on=meeting.held_on)
    others = near.exclude(meeting=meeting).select_related("meeting")
    return any(
        other.meeting.starts_at < meeting.ends_at and other.meeting.ends_at > meeting.starts_at
        for other in others
    )


def has_signed(*, group_id: int, person_id: int) -> bool:
    """Whether the person signed the group's agreement on confidentiality as it reads now."""
    return AgreementSignature.objects.filter(
        group_id=group_id, person_id=person_id, version=AGREEMENT
    ).exists()


def is_member(*, group_id: int, person_id: int) -> bool:
    """Whether the person is in the group today."""
    return (
        GroupMember.objects.on(timezone.localdate()).filter(group_id=group_id, person_id=person_id).exists()
    )


def is_moderator(*, group_id: int, person_id: int) -> bool:
    """Whether the person moderates the group today."""
    members = GroupMember.objects.on(timezone.localdate()).filter(group_id=group_id, person_id=person_id)
    return members.filter(is_moderator=True).exists()
