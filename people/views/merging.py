"""The office puts two accounts of one person together, after a look at what that means, and can take them apart."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people.domain.merging import (
    MergeLine,
    merge_accounts,
    possible_duplicates,
    preview_merge,
    unmerge_accounts,
)
from people.enums import Role
from people.exceptions import MergeError
from people.forms.merge import DuplicateForm
from people.models import AccountMerge, User
from people.views.access import SignedInRequest, role_required

PAGE_SIZE = 25


@require_http_methods(["GET", "POST"])
@role_required(Role.NETWORK_STAFF)
def merge(request: SignedInRequest, user_id: int) -> HttpResponse:
    """Choose the duplicate, see what would happen, and do it."""
    kept = get_object_or_404(User, pk=user_id)
    number = request.POST.get("met") or request.GET.get("met") or ""
    form = DuplicateForm(request.GET if "email" in request.GET else None)
    other = User.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if form.is_bound and form.is_valid():
        other = User.objects.filter(email__iexact=form.cleaned_data["email"]).first()
        if other is None:
            form.add_error("email", _("Er is geen account met dit adres."))
    lines: tuple[MergeLine, ...] = ()
    problem = ""
    if other is not None:
        try:
            if request.method == "POST":
                merge_accounts(kept_id=kept.pk, merged_id=other.pk, by=request.user)
                messages.success(request, _("Samengevoegd. De dubbele account is gesloten."))
                return redirect("people:person", user_id=kept.pk)
            lines = preview_merge(kept_id=kept.pk, merged_id=other.pk)
        except MergeError as error:
            problem = str(error)
    context = {
        "person": kept,
        "other": other,
        "form": form,
        "lines": lines,
        "problem": problem,
        "suggestions": possible_duplicates(kept),
    }
    status = 422 if problem or form.errors else 200
    return render(request, "people/merge.html", context, status=status)


@require_GET
@role_required(Role.NETWORK_STAFF)
def merges(request: SignedInRequest) -> HttpResponse:
    """What was put together, and what was taken apart again."""
    rows = AccountMerge.objects.select_related("kept", "merged", "by", "undone_by")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("bladzijde"))
    return render(request, "people/merges.html", {"page_obj": page})


@require_POST
@role_required(Role.NETWORK_STAFF)
def unmerge(request: SignedInRequest, merge_id: int) -> HttpResponse:
    """Take two accounts apart again."""
    row = get_object_or_404(AccountMerge, pk=merge_id)
    try:
        lines = unmerge_accounts(merge_id=row.pk, by=request.user)
    except MergeError as error:
        messages.warning(request, str(error))
    else:
        back = sum(line.moving for line in lines)
        messages.success(request, _("Uit elkaar gehaald. %(count)s regels gingen terug.") % {"count": back})
        if lost := sum(line.staying for line in lines):
            messages.warning(
                request,
                _("%(count)s regels bleven waar ze waren, omdat ze intussen veranderden.") % {"count": lost},
            )
    return redirect("people:merges")
