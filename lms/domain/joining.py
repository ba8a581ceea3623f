"""Joining a group of peers that has places left: the moderator opens it, somebody asks, every member has a voice."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.intervision_rules import group_answer
from lms.domain.queries.meetings import rule_on
from lms.exceptions import IntervisionError
from lms.models import GroupJoinRequest, GroupJoinVoice, GroupMember, IntervisionGroup
from people.api import User, queue_mail

#: Days after which the voices given so far decide.
PATIENCE_DAYS = 7


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
    """Ask a group for a place; its members get a mail. Twice is once.

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
        for member in members:
            queue_mail(
                to_user_id=member.person_id,
                template="lms/email/join_asked",
                context={"group": group.name, "name": person.get_full_name()},
                key=f"join-asked:{request.pk}:{member.person_id}",
            )
        record_audit(verb="group.join_asked", subject=ref(group), actor=person)
    return request


@transaction.atomic
def give_voice(*, request_id: int, actor: User, welcome: bool) -> GroupJoinRequest:
    """Say welcome, or not now; who asked gets a mail when that settles it. A voice may change until then.

    Raises IntervisionError: request_missing, not_member, already_decided (the other way), group_full.
    """
    # The group first: asking, answering and leaving take their locks in one order.
    group_id = GroupJoinRequest.objects.filter(pk=request_id).values_list("group_id", flat=True).first()
    if group_id is None:
        raise IntervisionError("request_missing", _("Deze vraag is er niet (meer)."))
    group = IntervisionGroup.objects.select_for_update(of=("self",)).get(pk=group_id)
    request = GroupJoinRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    members = GroupMember.objects.on(timezone.localdate()).filter(group=group)
    if not members.filter(person=actor).exists():
        raise IntervisionError("not_member", _("De leden van de groep beslissen hierover."))
    if request.decided_at is not None:
        if request.accepted == welcome:
            return request
        raise IntervisionError("already_decided", _("Jullie groep antwoordde al op deze vraag."))
    if welcome:
        _check_room(members.count())
    GroupJoinVoice.objects.update_or_create(
        request=request, person=actor, defaults={"welcome": welcome, "given_at": timezone.now()}
    )
    return _settle(request, group)


def settle_silent_requests() -> int:
    """Questions that waited long enough are answered by the voices given so far. Returns how many; repeat freely."""
    before = timezone.now() - timedelta(days=PATIENCE_DAYS)
    waiting = GroupJoinRequest.objects.filter(
        decided_at=None, asked_at__lte=before, voices__isnull=False
    ).distinct()
    settled = 0
    for request_id, group_id in waiting.values_list("pk", "group_id"):
        with transaction.atomic():
            group = IntervisionGroup.objects.select_for_update(of=("self",)).get(pk=group_id)
            request = GroupJoinRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
            if request.decided_at is None:
                settled += _settle(request, group).decided_at is not None
    return settled


def _settle(request: GroupJoinRequest, group: IntervisionGroup) -> GroupJoinRequest:
    """Answer who asked, once the voices of today's members decide. The caller holds the group."""
    now, today = timezone.now(), timezone.localdate()
    members = GroupMember.objects.on(today).filter(group=group)
    people = set(members.values_list("person_id", flat=True))
    voices = [voice for voice in request.voices.all() if voice.person_id in people]
    answer = group_answer(
        members=len(people),
        welcome=sum(voice.welcome for voice in voices),
        not_now=sum(not voice.welcome for voice in voices),
        days=(now - request.asked_at).days,
        patience=PATIENCE_DAYS,
    )
    if answer is None:
        return request
    if answer and request.person_id not in people:
        if len(people) >= rule_on(today).max_members:
            # Somebody else took the place meanwhile: the question waits for room.
            return request
        GroupMember.objects.create(group=group, person_id=request.person_id, joined_on=today)
    last = max(voices, key=lambda voice: voice.given_at)
    request.decided_at, request.decided_by_id, request.accepted = now, last.person_id, answer
    request.save(update_fields=["decided_at", "decided_by", "accepted"])
    queue_mail(
        to_user_id=request.person_id,
        template="lms/email/join_accepted" if answer else "lms/email/join_declined",
        context={"group": group.name},
        key=f"join-decided:{request.pk}",
    )
    record_audit(
        verb="group.joined" if answer else "group.join_declined",
        subject=ref(group),
        actor=last.person,
        data={"person": request.person_id},
    )
    return request


def _check_room(size: int) -> None:
    if size >= rule_on(timezone.localdate()).max_members:
        raise IntervisionError("group_full", _("De groep is volzet. Er is geen plaats meer vrij."))


def _moderated(group_id: int, actor: User) -> IntervisionGroup:
    group = IntervisionGroup.objects.select_for_update(of=("self",)).get(pk=group_id)
    members = GroupMember.objects.on(timezone.localdate()).filter(group=group, person=actor)
    if not members.filter(is_moderator=True).exists():
        raise IntervisionError("not_moderator", _("De moderator van de groep beslist hierover."))
    return group
