"""Joining a group of peers that has places left: the moderator opens it, somebody asks, the group decides."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.queries.meetings import rule_on
from lms.exceptions import IntervisionError
from lms.models import GroupJoinRequest, GroupMember, IntervisionGroup
from people.api import User, queue_mail


@transaction.atomic
def set_open(*, group_id: int, actor: User, is_open: bool) -> IntervisionGroup:
    """Say whether the group welcomes newcomers. Twice is once. Raises IntervisionError (not_moderator)."""
    group = _moderated(group_id, actor)
    today = timezone.localdate()
    if (group.open_since is not None) == is_open:
        return group
    group.open_since = today if is_open else None
    group.save(update_fields=["open_since"])
    record_audit(verb="group.opened" if is_open else "group.shut", subject=ref(group), actor=actor)
    return group


@transaction.atomic
def ask_to_join(*, group_id: int, person: User) -> GroupJoinRequest:
    """Ask a group for a place; its moderators get a mail. Twice is once.

    Raises IntervisionError: group_missing, group_shut (no newcomers, or closed), group_full, already_member.
    """
    group = IntervisionGroup.objects.select_for_update(of=("self",)).filter(pk=group_id).first()
    if group is None:
        raise IntervisionError("group_missing", _("Deze groep bestaat niet (meer)."))
    today = timezone.localdate()
    members = GroupMember.objects.on(today).filter(group=group)
    if members.filter(person=person).exists():
        raise IntervisionError("already_member", _("Je bent al lid van deze groep."))
    if group.open_since is None or group.closed_on is not None:
        raise IntervisionError(
            "group_shut", _("Deze groep zoekt nu geen nieuwe leden. Kies een andere groep.")
        )
    if members.count() >= rule_on(today).max_members:
        raise IntervisionError("group_full", _("Deze groep is net volzet. Kies een andere groep."))
    try:
        with transaction.atomic():
            request, created = GroupJoinRequest.objects.get_or_create(
                group=group, person=person, decided_at=None
            )
    except IntegrityError:
        return GroupJoinRequest.objects.get(group=group, person=person, decided_at=None)
    if created:
        for member in members.filter(is_moderator=True):
            queue_mail(
                to_user_id=member.person_id,
                template="lms/email/join_asked",
                context={"group": group.name, "name": person.get_full_name()},
                key=f"join-asked:{request.pk}:{member.person_id}",
            )
        record_audit(verb="group.join_asked", subject=ref(group), actor=person)
    return request


@transaction.atomic
def decide_join(*, request_id: int, actor: User, accept: bool) -> GroupJoinRequest:
    """Welcome somebody, or not; they get a mail either way. Deciding the same twice is once.

    Raises IntervisionError: request_missing, not_moderator, already_decided (the other way), group_full.
    """
    request = GroupJoinRequest.objects.select_for_update(of=("self",)).filter(pk=request_id).first()
    if request is None:
        raise IntervisionError("request_missing", _("Deze vraag is er niet (meer)."))
    group = _moderated(request.group_id, actor)
    if request.decided_at is not None:
        if request.accepted == accept:
            return request
        raise IntervisionError("already_decided", _("Een andere moderator antwoordde al op deze vraag."))
    today = timezone.localdate()
    members = GroupMember.objects.on(today).filter(group=group)
    is_member = members.filter(person=request.person_id).exists()
    if accept and not is_member:
        if members.count() >= rule_on(today).max_members:
            raise IntervisionError("group_full", _("De groep is volzet. Er is geen plaats meer vrij."))
        GroupMember.objects.create(group=group, person_id=request.person_id, joined_on=today)
    request.decided_at, request.decided_by, request.accepted = timezone.now(), actor, accept
    request.save(update_fields=["decided_at", "decided_by", "accepted"])
    queue_mail(
        to_user_id=request.person_id,
        template="lms/email/join_accepted" if accept else "lms/email/join_declined",
        context={"group": group.name},
        key=f"join-decided:{request.pk}",
    )
    record_audit(
        verb="group.joined" if accept else "group.join_declined",
        subject=ref(group),
        actor=actor,
        data={"person": request.person_id},
    )
    return request


def _moderated(group_id: int, actor: User) -> IntervisionGroup:
    group = IntervisionGroup.objects.select_for_update(of=("self",)).get(pk=group_id)
    members = GroupMember.objects.on(timezone.localdate()).filter(group=group, person=actor)
    if not members.filter(is_moderator=True).exists():
        raise IntervisionError("not_moderator", _("De moderator van de groep beslist hierover."))
    return group
