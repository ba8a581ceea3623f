"""Joining a group of peers: the moderator opens it, and every member has a voice."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.domain.joining import give_voice, set_open
from lms.domain.queries.meetings import is_member, is_moderator
from lms.exceptions import IntervisionError
from lms.models import GroupJoinRequest, IntervisionGroup
from people.api import SignedInRequest, signed_in


@signed_in
@require_POST
def group_open(request: SignedInRequest, group_id: int) -> HttpResponse:
    """Welcome newcomers, or not any more."""
    group = get_object_or_404(IntervisionGroup, pk=group_id)
    if not is_moderator(group_id=group.pk, person_id=request.user.pk):
        raise Http404
    is_open = request.POST.get("open") == "ja"
    set_open(group_id=group.pk, actor=request.user, is_open=is_open)
    said = (
        _("Collega's kunnen nu een plaats vragen in jullie groep.")
        if is_open
        else _("Jullie groep zoekt geen nieuwe leden meer.")
    )
    messages.success(request, said)
    return redirect("lms:intervision")


@signed_in
@require_POST
def join_voice(request: SignedInRequest, request_id: int) -> HttpResponse:
    """A member's voice about somebody who asked for a place."""
    asked = get_object_or_404(GroupJoinRequest, pk=request_id)
    if not is_member(group_id=asked.group_id, person_id=request.user.pk):
        raise Http404
    welcome = request.POST.get("antwoord") == "welkom"
    try:
        settled = give_voice(request_id=asked.pk, actor=request.user, welcome=welcome)
    except IntervisionError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _said(settled))
    return redirect("lms:intervision")


def _said(settled: GroupJoinRequest) -> str:
    if settled.decided_at is None:
        return _("Genoteerd. Zodra meer dan de helft van jullie welkom zegt, komt je nieuwe collega erbij.")
    if settled.accepted:
        return _("Jullie zeggen samen welkom. Je nieuwe collega krijgt een mail.")
    return _("Jullie zeggen samen: nu niet. We laten het vriendelijk weten.")
