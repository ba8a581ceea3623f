"""The network's office: teams and their duty, the sample of meetings, licences and the pool, dated rules."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.domain.duty import merge_duty
from lms.domain.duty_settings import keep_rule
from lms.domain.in_house import co_taught
from lms.domain.licences import (
    add_absence,
    end_licence,
    grant_licence,
    remove_absence,
    set_availability,
)
from lms.domain.queries.duty import duty_rule_on
from lms.domain.queries.meetings import rule_on
from lms.domain.queries.office import licence_lines, sample_lines, signals
from lms.domain.queries.team_desk import team_standings
from lms.domain.samples import draw_sample, record_outcome
from lms.enums import CheckOutcome, LicenceKind
from lms.exceptions import DutyError, IntervisionError
from lms.forms.team import AvailabilityForm, DutyRuleForm, IntervisionRuleForm, LicenceForm
from lms.models import ExpertProfile, IntervisionRule, Licence, MeetingCheck, TeamDutyRule
from people.api import Role, SignedInRequest, Team, User, role_required, signed_in, teams_of_kinds

staff_only = role_required(Role.NETWORK_STAFF)
PER_PAGE = 30
MONTHS_OF_SAMPLE = 92


@staff_only
@require_GET
def teams(request: SignedInRequest) -> HttpResponse:
    """All teams with a duty, those that are late first."""
    found = teams_of_kinds(duty_rule_on(timezone.localdate()).team_kinds)
    standings = team_standings(found)
    page = Paginator(standings, PER_PAGE).get_page(request.GET.get("bladzijde"))
    return render(request, "lms/network/teams.html", {"page_obj": page, "teams": found})


@staff_only
@require_POST
def teams_merge(request: SignedInRequest) -> HttpResponse:
    """Let one team go up in another."""
    merged, kept = (_number(request, name) for name in ("van", "naar"))
    if Team.objects.filter(pk__in={merged, kept}).count() != len({merged, kept}):
        messages.warning(request, _("Kies twee teams."))
        return redirect("lms:network_teams")
    try:
        came = merge_duty(kept_id=kept, merged_id=merged, actor=request.user)
    except DutyError as error:
        messages.warning(request, error.message)
    else:
        said = ngettext(
            "Samengevoegd: %(number)s collega kwam over.",
            "Samengevoegd: %(number)s collega's kwamen over.",
            len(came),
        )
        messages.success(request, said % {"number": len(came)})
    return redirect("lms:network_teams")


@staff_only
@require_GET
def intervision(request: SignedInRequest) -> HttpResponse:
    """The sample with its outcomes, and what stands out. Hours and names, never words."""
    today = timezone.localdate()
    context = {
        "lines": sample_lines(),
        "signals": signals(rule_on(today)),
        "outcomes": CheckOutcome.choices,
        "rule": rule_on(today),
    }
    return render(request, "lms/network/intervision.html", context)


@staff_only
@require_POST
def sample_draw(request: SignedInRequest) -> HttpResponse:
    """Draw from the last three months."""
    today = timezone.localdate()
    try:
        rows = draw_sample(actor=request.user, since=today - timedelta(days=MONTHS_OF_SAMPLE), until=today)
    except IntervisionError as error:
        messages.info(request, error.message)
    else:
        said = ngettext("%(number)s overleg getrokken.", "%(number)s overleggen getrokken.", len(rows))
        messages.success(request, said % {"number": len(rows)})
    return redirect("lms:network_intervision")


@staff_only
@require_POST
def sample_outcome(request: SignedInRequest, check_id: int) -> HttpResponse:
    """Note what was found."""
    check = get_object_or_404(MeetingCheck, pk=check_id)
    try:
        record_outcome(check_id=check.pk, actor=request.user, outcome=request.POST.get("outcome", ""))
    except IntervisionError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("De uitkomst is bewaard."))
    return redirect("lms:network_intervision")


@staff_only
@require_http_methods(["GET", "POST"])
def pool(request: SignedInRequest) -> HttpResponse:
    """Supervisors, experts and in-house trainers with their validity and load; a form for a new licence."""
    rule = duty_rule_on(timezone.localdate())
    form = LicenceForm(request.POST or None, years=rule.licence_years)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            grant_licence(
                kind=data["kind"],
                person=data["email"],
                valid_from=data["valid_from"],
                valid_until=data["valid_until"],
                actor=request.user,
            )
        except DutyError as error:
            form.add_error({"period": "valid_until", "oneself": "email"}.get(error.code), error.message)
        else:
            messages.success(request, _("De licentie staat erin."))
            return redirect("lms:pool")
    lines = licence_lines()
    taught = co_taught(tuple(line.person_id for line in lines if line.kind == LicenceKind.IN_HOUSE))
    context = {"form": form, "lines": [(line, taught.get(line.person_id)) for line in lines]}
    return render(request, "lms/network/pool.html", context, status=_status(form))


@staff_only
@require_POST
def licence_end(request: SignedInRequest, licence_id: int) -> HttpResponse:
    """End a licence as of today."""
    licence = get_object_or_404(Licence, pk=licence_id)
    end_licence(licence_id=licence.pk, actor=request.user)
    messages.success(request, _("De licentie is gestopt. Wat ermee gebeurde, blijft tellen."))
    return redirect("lms:pool")


@staff_only
@require_http_methods(["GET", "POST"])
def expert(request: SignedInRequest, person_id: int) -> HttpResponse:
    """When and where an expert can."""
    person = get_object_or_404(User, pk=person_id)
    return _availability(request, person, "lms:pool")


@signed_in
@require_http_methods(["GET", "POST"])
def my_availability(request: SignedInRequest) -> HttpResponse:
    """The same for an expert of the pool; 404 for others."""
    return _availability(request, request.user, "lms:my_availability")


def _availability(request: SignedInRequest, person: User, back: str) -> HttpResponse:
    profile = ExpertProfile.objects.filter(person=person).prefetch_related("regions").first()
    if profile is None:
        raise Http404
    if request.method == "POST" and "weg" in request.POST:
        number = request.POST["weg"]
        if number.isdecimal() and len(number) < 10:
            remove_absence(person=person, absence_id=int(number))
            messages.success(request, _("Die dagen staan er niet meer. Teams kunnen je weer vragen."))
        return redirect(request.path)
    form = AvailabilityForm(request.POST or None, profile=profile)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if data["first_day"]:
                add_absence(person=person, first_day=data["first_day"], last_day=data["last_day"])
            set_availability(person=person, availability=form.availability(), actor=request.user)
        except DutyError as error:
            form.add_error({"period": "last_day", "most": "most_per_month"}.get(error.code), error.message)
        else:
            messages.success(request, _("Bewaard."))
            return redirect(back)
    absences = person.expert_absences.filter(last_day__gte=timezone.localdate())
    context = {"form": form, "person": person, "absences": absences, "back": back}
    return render(request, "lms/network/expert.html", context, status=_status(form))


@staff_only
@require_http_methods(["GET", "POST"])
def rules(request: SignedInRequest) -> HttpResponse:
    """Dated rules: what holds, and a form for what will hold."""
    today = timezone.localdate()
    which = request.POST.get("regel", "")
    groups, duty = rule_on(today), duty_rule_on(today)
    forms: dict[str, tuple[Callable[..., BaseForm], Any]] = {
        "groepen": (IntervisionRuleForm, groups),
        "teams": (DutyRuleForm, duty),
    }
    shown: dict[str, Any] = {}
    for name, (make, current) in forms.items():
        initial = model_to_dict(current) | {"valid_from": today + timedelta(days=1)}
        if name == "teams" and current.pk:
            initial["courses"] = list(current.courses.values_list("pk", flat=True))
        posted = request.POST if request.method == "POST" and which == name else None
        shown[name] = make(posted, initial=initial)
    form = shown.get(which)
    if request.method == "POST" and form is None:
        raise Http404
    if form is not None and form.is_valid():
        try:
            keep_rule(form=which, values=form.cleaned_data, actor=request.user)
        except DutyError as error:
            form.add_error("valid_from", error.message)
        else:
            messages.success(request, _("De regel staat erin en geldt vanaf de gekozen dag."))
            return redirect("lms:exchange_rules")
    context = {
        "forms": shown,
        "groups": IntervisionRule.objects.all()[:5],
        "duties": TeamDutyRule.objects.all()[:5],
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "lms/network/rules.html", context, status=status)


def _number(request: SignedInRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _status(form: BaseForm) -> int:
    return 422 if form.is_bound and form.errors else 200
