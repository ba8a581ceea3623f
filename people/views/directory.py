"""Network staff look people up; administrators give and end roles."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.domain.roles import end_role, grant_role
from people.enums import Role
from people.forms.roles import GrantRoleForm
from people.models import RoleGrant, User
from people.rules import is_administrator, is_network_staff
from people.views.access import SignedInRequest, role_required

PAGE_SIZE = 25


@role_required(Role.NETWORK_STAFF, Role.ADMINISTRATOR)
def people_list(request: SignedInRequest) -> HttpResponse:
    """Everybody with an account, searched by name or address."""
    query = request.GET.get("q", "").strip()[:80]
    found = User.objects.filter(is_active=True).order_by("last_name", "first_name", "id")
    for word in query.split()[:4]:
        found = found.filter(
            Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
        )
    in_force = Prefetch("role_grants", RoleGrant.objects.in_force(), to_attr="grants_today")
    page = Paginator(
        found.select_related("profile__profession").prefetch_related(in_force), PAGE_SIZE
    ).get_page(request.GET.get("page"))
    return render(request, "people/people_list.html", {"page": page, "query": query})


@role_required(Role.NETWORK_STAFF, Role.ADMINISTRATOR)
def person(request: SignedInRequest, user_id: int) -> HttpResponse:
    """One person's roles; giving one is for administrators."""
    somebody = get_object_or_404(User, pk=user_id)
    may_grant = is_administrator(request.user)
    form = GrantRoleForm(request.POST if may_grant and request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        grant_role(
            user=somebody,
            role=Role(data["role"]),
            granted_by=request.user,
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
        )
        messages.success(request, _("De rol is gegeven."))
        return HttpResponseRedirect(reverse("people:person", args=[somebody.pk]))
    grants = somebody.role_grants.select_related("granted_by").order_by("-valid_from", "-id")
    context = {
        "person": somebody,
        "grants": grants,
        "form": form if may_grant else None,
        "may_merge": is_network_staff(request.user),
    }
    return render(request, "people/person.html", context, status=422 if form.is_bound else 200)


@require_POST
@role_required(Role.ADMINISTRATOR)
def end(request: SignedInRequest, user_id: int, role: str) -> HttpResponse:
    """End a role; the person is signed out everywhere."""
    somebody = get_object_or_404(User, pk=user_id)
    if role not in Role.values:
        return HttpResponseRedirect(reverse("people:person", args=[somebody.pk]))
    if somebody == request.user and role == Role.ADMINISTRATOR:
        messages.error(
            request, _("Je eigen beheerdersrol kun je niet stopzetten. Vraag het aan een andere beheerder.")
        )
    elif end_role(user=somebody, role=Role(role), ended_by=request.user):
        messages.success(request, _("De rol is gestopt. De persoon moet opnieuw aanmelden."))
    return HttpResponseRedirect(reverse("people:person", args=[somebody.pk]))
