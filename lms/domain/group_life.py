"""The life of a group of peers: how it meets, who moderates, who leaves."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.queries.meetings import rule_on
from lms.exceptions import IntervisionError
from lms.models import GroupMember, IntervisionGroup
from people.api import User, add_to_digest


@dataclass(frozen=True, kw_only=True)
class GroupHabits:
    """How a group meets: words of `GroupMode`, `Frequency` and `GroupLanguage`."""

    form: str
    frequency: str
    language: str


@transaction.atomic
def change_habits(*, group_id: int, actor: User, habits: GroupHabits) -> IntervisionGroup:
    """Say how the group meets, for who looks for one. Raises IntervisionError (not_moderator)."""
    group = _locked(group_id)
    if not _member(group, actor.pk).is_moderator:
        raise IntervisionError("not_moderator", _("De moderator van de groep kan dit aanpassen."))
    group.form, group.frequency, group.language = habits.form, habits.frequency, habits.language
    group.save(update_fields=["form", "frequency", "language"])
    record_audit(verb="group.changed", subject=ref(group), actor=actor)
    return group


@transaction.atomic
def take_moderation(*, group_id: int, actor: User, successor_id: int) -> GroupMember:
    """Make a member the moderator: by the moderator, or by any member while the group has none. Twice is once.

    Raises IntervisionError: not_moderator, not_member (either of the two).
    """
    group = _locked(group_id)
    mine, theirs = _member(group, actor.pk), _member(group, successor_id)
    if theirs.is_moderator:
        return theirs
    now = GroupMember.objects.on(timezone.localdate()).filter(group=group, is_moderator=True)
    if not mine.is_moderator and now.filter(person__is_active=True).exists():
        raise IntervisionError("not_moderator", _("De moderator van de groep geeft het door."))
    now.update(is_moderator=False)
    theirs.is_moderator = True
    theirs.save(update_fields=["is_moderator"])
    record_audit(verb="group.moderator", subject=ref(group), actor=actor, data={"person": successor_id})
    return theirs


@transaction.atomic
def leave_group(*, group_id: int, person: User, successor_id: int | None = None) -> GroupMember:
    """Leave as of today; what was confirmed stays. A moderator names who goes on, unless nobody is left.

    The others hear it when their group becomes smaller than the rule asks. Raises IntervisionError: not_member, team
    (the group follows the team), successor.
    """
    group = _locked(group_id)
    if group.team_id is not None:
        raise IntervisionError("team", _("Deze groep volgt je team. Je coördinator past het team aan."))
    mine = _member(group, person.pk)
    today = timezone.localdate()
    others = GroupMember.objects.on(today).filter(group=group).exclude(pk=mine.pk)
    if mine.is_moderator and others.exists():
        if successor_id is None or not others.filter(person_id=successor_id).exists():
            raise IntervisionError("successor", _("Kies eerst wie na jou moderator wordt."))
        take_moderation(group_id=group.pk, actor=person, successor_id=successor_id)
    # Who leaves on the day of joining was a member that day; the constraint asks no more.
    mine.left_on, mine.is_moderator = today, False
    mine.save(update_fields=["left_on", "is_moderator"])
    record_audit(verb="group.left", subject=ref(group), actor=person)
    left = list(others.values_list("person_id", flat=True))
    least = rule_on(today).min_members
    if 0 < len(left) < least:
        for person_id in left:
            add_to_digest(
                to_user_id=person_id,
                text=_("%(group)s telt nog %(size)s leden. Vanaf %(least)s kunnen jullie weer samenkomen.")
                % {"group": group.name, "size": len(left), "least": least},
                path="/mijn/intervisie/",
                key=f"group-small:{group.pk}:{len(left)}:{today}:{person_id}",
            )
    return mine


def _locked(group_id: int) -> IntervisionGroup:
    return IntervisionGroup.objects.select_for_update(of=("self",)).get(pk=group_id)


def _member(group: IntervisionGroup, person_id: int) -> GroupMember:
    members = GroupMember.objects.on(timezone.localdate()).filter(group=group, person_id=person_id)
    found = members.filter(left_on=None).first()
    if found is None:
        raise IntervisionError("not_member", _("Deze persoon is geen lid van de groep."))
    return found
