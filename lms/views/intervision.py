"""Intervision for members: groups, meetings, and one button for each step."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.domain.intervision import (
    cancel_meeting,
    claim_presence,
    confirm_presence,
    form_group,
    plan_meeting,
)
from lms.domain.learning_points import own_learning_point, save_learning_point
from lms.domain.private_texts import SavedText
from lms.domain.queries.education import education_levels, hours_this_year
from lms.domain.queries.joining import requests_of, requests_to_decide
from lms.domain.queries.meetings import groups_of, has_signed, is_moderator, member_lines, rule_on
from lms.exceptions import IntervisionError, ReflectionError
from lms.forms.intervision import GroupForm, MeetingEntryForm
from lms.models import GroupMember, IntervisionGroup, Meeting
from lms.rules import is_group_member
from lms.views.trainer import leads
from people.api import SignedInRequest, signed_in

FIELD_OF_ERROR = {
    "minutes": "minutes",
    "too_old": "day",
    "reason_missing": "late_reason",
    "group_size": "emails",
    "moderator_missing": "emails",
    "name_taken": "name",
    "supervisor": "led_by",
}


@signed_in
@require_GET
def groups(request: SignedInRequest) -> HttpResponse:
    """My groups with their meetings."""
    asked = requests_to_decide(request.user.pk)
    rows = [(group, asked.get(group.group_id, ())) for group in groups_of(request.user.pk)]
    context = {
        "groups": rows,
        "asked": requests_of(request.user.pk),
        "hours": hours_this_year(request.user.pk),
        "levels": education_levels(request.user.pk),
    }
    return render(request, "lms/intervision/groups.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def meeting_create(request: SignedInRequest, group_id: int) -> HttpResponse:
    """The moderator enters a meeting."""
    group = get_object_or_404(IntervisionGroup, pk=group_id)
    if not is_moderator(group_id=group.pk, person_id=request.user.pk):
        raise Http404
    form = MeetingEntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = plan_meeting(group_id=group.pk, actor=request.user, plan=form.plan())
        except IntervisionError as error:
            _add_error(form, error)
        else:
            messages.success(request, _("Het overleg staat erin. Elk lid bevestigt nadien zelf wie er was."))
            return redirect("lms:meeting", meeting.pk)
    context = {"form": form, "group": group, "rule": rule_on(timezone.localdate())}
    return render(request, "lms/intervision/meeting_form.html", context, status=_status(form))


@signed_in
@require_GET
def meeting(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """One meeting: my own presence first, then that of the others."""
    found = _meeting(request, meeting_id)
    return _meeting_page(request, found, own_learning_point(meeting_id=found.pk, person_id=request.user.pk))


def _meeting_page(
    request: SignedInRequest, found: Meeting, point: SavedText, *, error: str = "", other: str = ""
) -> HttpResponse:
    lines = member_lines(meeting=found, viewer_id=request.user.pk)
    rule = rule_on(found.held_on)
    context = {
        "meeting": found,
        "rule": rule,
        "must_sign": rule.agreement_required
        and not has_signed(group_id=found.group_id, person_id=request.user.pk),
        "point": {"text": point.text, "revision": point.revision, "error": error, "other": other},
        "lines": lines,
        "me": next((line for line in lines if line.is_viewer), None),
        "leads": found.led_by_id == request.user.pk,
        "has_begun": timezone.now() >= found.starts_at,
        "may_cancel": not any(line.claimed for line in lines)
        and not found.is_cancelled
        and is_moderator(group_id=found.group_id, person_id=request.user.pk),
    }
    status = 422 if error else 409 if other else 200
    return render(request, "lms/intervision/meeting.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def learning_point(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Keep one's own words about a meeting. A GET comes from a sign-in detour and leads back."""
    found = _meeting(request, meeting_id)
    if request.method != "POST":
        return redirect("lms:meeting", found.pk)
    text, raw = request.POST.get("tekst", ""), request.POST.get("versie", "")
    revision = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else 0
    try:
        saved = save_learning_point(
            meeting_id=found.pk, person_id=request.user.pk, text=text, revision=revision
        )
    except IntervisionError as error:
        messages.error(request, error.message)
        return redirect("lms:meeting", found.pk)
    except ReflectionError as error:
        return _meeting_page(request, found, SavedText(text, revision), error=error.message)
    if saved.conflict:
        return _meeting_page(request, found, SavedText(text, saved.revision), other=saved.text)
    messages.success(request, _("Bewaard. Alleen jij leest dit."))
    return redirect("lms:meeting", found.pk)


@signed_in
@require_POST
def presence_claim(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """I was there."""
    found = _meeting(request, meeting_id)
    try:
        presence = claim_presence(meeting_id=found.pk, person=request.user)
    except IntervisionError as error:
        messages.error(request, error.message)
        if error.code == "agreement":
            return redirect("lms:agreement", found.group_id)
    else:
        said = (
            _("Je aanwezigheid telt mee.")
            if presence.confirmed_at
            else _("Genoteerd. Zodra anderen dit bevestigen, telt het mee.")
        )
        messages.success(request, said)
    return redirect("lms:meeting", found.pk)


@signed_in
@require_POST
def presence_confirm(request: SignedInRequest, meeting_id: int, person_id: int) -> HttpResponse:
    """Somebody else was there."""
    found = _meeting(request, meeting_id)
    try:
        confirm_presence(meeting_id=found.pk, person_id=person_id, confirmed_by=request.user)
    except IntervisionError as error:
        if error.code == "not_member":
            raise Http404 from error
        messages.error(request, error.message)
    return redirect("lms:meeting", found.pk)


@signed_in
@require_POST
def meeting_cancel(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """The moderator calls a meeting off."""
    found = _meeting(request, meeting_id)
    if not is_moderator(group_id=found.group_id, person_id=request.user.pk):
        raise Http404
    try:
        cancel_meeting(meeting_id=found.pk, actor=request.user)
    except IntervisionError as error:
        messages.error(request, error.message)
        return redirect("lms:meeting", found.pk)
    messages.success(request, _("Het overleg is afgelast. In de agenda's staat het nu als afgelast."))
    return redirect("lms:intervision")


@leads
@require_http_methods(["GET", "POST"])
def group_create(request: SignedInRequest) -> HttpResponse:
    """A trainer or staff member forms a group."""
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people = form.cleaned_data["emails"]
        region = form.cleaned_data["region"]
        try:
            group = form_group(
                name=form.cleaned_data["name"],
                member_ids=people,
                moderator_id=people[0],
                actor=request.user,
                region_id=region.pk if region else None,
            )
        except IntervisionError as error:
            _add_error(form, error)
        else:
            said = _("De groep %(name)s is gevormd. De moderator kan nu een overleg ingeven.")
            messages.success(request, said % {"name": group.name})
            return redirect("lms:trainer_desk")
    context = {"form": form, "rule": rule_on(timezone.localdate())}
    return render(request, "lms/intervision/group_form.html", context, status=_status(form))


def _meeting(request: SignedInRequest, meeting_id: int) -> Meeting:
    """The meeting if the person leads it, was a member then, or is one now; 404 for others."""
    found = get_object_or_404(Meeting.objects.select_related("group", "led_by"), pk=meeting_id)
    now_member = GroupMember.objects.on(timezone.localdate()).filter(
        group_id=found.group_id, person=request.user
    )
    leads = found.led_by_id == request.user.pk
    if not leads and not is_group_member(request.user, found) and not now_member.exists():
        raise Http404
    return found


def _add_error(form: BaseForm, error: IntervisionError) -> None:
    field = FIELD_OF_ERROR.get(error.code)
    form.add_error(field if field in form.fields else None, error.message)


def _status(form: BaseForm) -> int:
    return 422 if form.is_bound and form.errors else 200
