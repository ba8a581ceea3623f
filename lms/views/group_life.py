"""Groups of peers: choosing a form, finding a group, signing, moderating, leaving."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.domain.agreement import sign_agreement
from lms.domain.group_life import GroupHabits, change_habits, leave_group, take_moderation
from lms.domain.joining import ask_to_join
from lms.domain.kind_choice import fitting_kind
from lms.domain.queries.finder import find_groups
from lms.domain.queries.meetings import has_signed, rule_on
from lms.exceptions import IntervisionError
from lms.forms.intervision import FinderForm, HabitsForm, KindTestForm
from lms.models import GroupMember, IntervisionGroup
from people.api import SignedInRequest, signed_in


@signed_in
@require_GET
def kind_test(request: SignedInRequest) -> HttpResponse:
    """A short test: which form of exchange fits."""
    form = KindTestForm(request.GET or None)
    kind = None
    if form.is_valid():
        asked = form.cleaned_data
        kind = fitting_kind(about=asked["over"], supervisor=asked["wie"] == "supervisor")
    counted = rule_on(timezone.localdate()).counted_kinds
    context = {"form": form, "kind": kind, "counts": kind in counted if kind else None}
    return render(request, "lms/intervision/kind_test.html", context)


@signed_in
@require_GET
def finder(request: SignedInRequest) -> HttpResponse:
    """Groups with places that fit."""
    form = FinderForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    groups = find_groups(
        request.user.pk,
        region_id=asked.get("regio"),
        profession_id=asked.get("beroep"),
        language=asked.get("taal", ""),
        form=asked.get("vorm", ""),
    )
    return render(request, "lms/intervision/finder.html", {"form": form, "groups": groups})


@signed_in
@require_POST
def group_ask(request: SignedInRequest, group_id: int) -> HttpResponse:
    """Ask for a place."""
    try:
        ask_to_join(group_id=group_id, person=request.user)
    except IntervisionError as error:
        if error.code == "group_missing":
            raise Http404 from error
        messages.warning(request, error.message)
    else:
        messages.success(request, _("Gevraagd. De groep beslist samen; je krijgt een mail met het antwoord."))
    return redirect("lms:group_finder")


@signed_in
@require_http_methods(["GET", "POST"])
def agreement(request: SignedInRequest, group_id: int) -> HttpResponse:
    """Read and sign the agreement on confidentiality."""
    group = _own_group(request, group_id)
    if request.method == "POST":
        sign_agreement(group_id=group.pk, person=request.user)
        messages.success(request, _("Getekend. Dank je: zo blijft het veilig voor iedereen."))
        return redirect("lms:intervision")
    context = {"group": group, "signed": has_signed(group_id=group.pk, person_id=request.user.pk)}
    return render(request, "lms/intervision/agreement.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def group_life(request: SignedInRequest, group_id: int) -> HttpResponse:
    """How the group meets, who moderates, and the way out."""
    group = _own_group(request, group_id)
    today = timezone.localdate()
    members = list(GroupMember.objects.on(today).filter(group=group).select_related("person"))
    me = next(member for member in members if member.person_id == request.user.pk)
    form = HabitsForm(request.POST or None, instance=group)
    if request.method == "POST" and me.is_moderator and form.is_valid():
        habits = GroupHabits(
            form=form.cleaned_data["form"],
            frequency=form.cleaned_data["frequency"],
            language=form.cleaned_data["language"],
        )
        change_habits(group_id=group.pk, actor=request.user, habits=habits)
        messages.success(request, _("Bewaard. Wie een groep zoekt, ziet dit."))
        return redirect("lms:group_life", group.pk)
    others = [member for member in members if member.person_id != request.user.pk]
    context = {
        "group": group,
        "form": form,
        "me": me,
        "others": sorted(others, key=lambda member: member.person.get_full_name()),
        "has_moderator": any(member.is_moderator and member.person.is_active for member in members),
        "rule": rule_on(today),
        "size": len(members),
    }
    return render(request, "lms/intervision/group_life.html", context)


@signed_in
@require_POST
def group_moderator(request: SignedInRequest, group_id: int) -> HttpResponse:
    """Hand the moderation on, or take it up."""
    group = _own_group(request, group_id)
    try:
        take_moderation(group_id=group.pk, actor=request.user, successor_id=_number(request, "wie"))
    except IntervisionError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("De groep heeft een nieuwe moderator."))
    return redirect("lms:group_life", group.pk)


@signed_in
@require_POST
def group_leave(request: SignedInRequest, group_id: int) -> HttpResponse:
    """Leave the group."""
    group = _own_group(request, group_id)
    try:
        leave_group(group_id=group.pk, person=request.user, successor_id=_number(request, "wie") or None)
    except IntervisionError as error:
        messages.warning(request, error.message)
        return redirect("lms:group_life", group.pk)
    messages.success(request, _("Je verliet de groep. Je bevestigde uren blijven meetellen."))
    return redirect("lms:intervision")


def _own_group(request: SignedInRequest, group_id: int) -> IntervisionGroup:
    """A group the person is in today; 404 for others."""
    group = get_object_or_404(IntervisionGroup, pk=group_id)
    members = GroupMember.objects.on(timezone.localdate()).filter(group=group, person=request.user)
    if not members.filter(left_on=None).exists():
        raise Http404
    return group


def _number(request: SignedInRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
