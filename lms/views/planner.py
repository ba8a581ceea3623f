"""The programme planner of the network's office: make a question, follow the search, move groups, compare, publish."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.domain.plan_export import plan_calendar, plan_workbook
from lms.domain.plan_publishing import publish_plan
from lms.domain.plan_question import add_absences, create_plan, gone_since
from lms.domain.plan_runs import OPEN, SILENT, close_silent_runs, request_run, stop_run
from lms.domain.planning.plan import PlannedGroup, plan_from_json
from lms.domain.planning.problem import Problem
from lms.domain.planning.reading import read_problem
from lms.domain.plans import go_back, loaded, move_group, moved
from lms.domain.queries.plans import PlanView, differences, view_plan
from lms.exceptions import PlanError
from lms.forms.planning import MoveForm, PlanForm, ReplanForm
from lms.models import PlanRun, PlanVersion, ProgrammePlan
from people.api import Role, SignedInRequest, role_required

PLANS_PER_PAGE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
plans_only = role_required(Role.NETWORK_STAFF, Role.ADMINISTRATOR)


@require_GET
@plans_only
def plans(request: SignedInRequest) -> HttpResponse:
    """All plans, newest first."""
    found = ProgrammePlan.objects.annotate(newest=Max("versions__number")).order_by("-created_at", "-pk")
    page = Paginator(found, PLANS_PER_PAGE).get_page(request.GET.get("bladzijde"))
    return render(request, "lms/planner/plans.html", {"page_obj": page})


@require_http_methods(["GET", "POST"])
@plans_only
def create(request: SignedInRequest) -> HttpResponse:
    """Make a question and start the first search."""
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan = create_plan(actor=request.user, choices=form.choices())
        except PlanError as error:
            form.add_error("teams" if error.code == "nobody" else None, error.message)
        else:
            request_run(plan_id=plan.pk, actor=request.user)
            return redirect("lms:plan", plan.pk)
    return render(request, "lms/planner/plan_form.html", {"form": form}, status=_status(form))


@require_GET
@plans_only
def plan(request: SignedInRequest, plan_id: int) -> HttpResponse:
    """The newest version, or the one asked for; a search that runs shows how far it is."""
    found = get_object_or_404(ProgrammePlan, pk=plan_id)
    versions = list(found.versions.select_related("created_by"))
    version = _version(versions, request.GET.get("versie"))
    context: dict[str, Any] = {
        "plan": found,
        "versions": versions,
        "version": version,
        "is_newest": bool(versions) and version == versions[0],
        "run": _run(found),
        "replan": ReplanForm(),
    }
    context["can_replan"] = found.published_at is None and (
        context["run"] is None or context["run"]["is_over"]
    )
    if version is not None:
        context["view"] = view_plan(*loaded(version))
    context["draft"] = _draft(found, context["run"])
    return render(request, "lms/planner/plan.html", context)


@require_GET
@plans_only
def progress(request: SignedInRequest, plan_id: int) -> HttpResponse:
    """How far the search is, for the page that waits; with the calendar when there is a better plan than it drew.

    Tells the page to load again once there is an end.
    """
    found = get_object_or_404(ProgrammePlan, pk=plan_id)
    run = _run(found)
    context: dict[str, Any] = {"plan": found, "run": run}
    if run is not None and request.GET.get("getekend") != str(run["row"].better):
        context |= {"draft": _draft(found, run), "swapped": True}
    response = render(request, "lms/planner/progress.html", context)
    if run is None or run["is_over"]:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@plans_only
def replan(request: SignedInRequest, plan_id: int) -> HttpResponse:
    """Search again: with the fewest changes, or from nothing."""
    found = get_object_or_404(ProgrammePlan, pk=plan_id)
    form = ReplanForm(request.POST)
    close_silent_runs(found.pk)
    versions = list(found.versions.select_related("created_by"))
    if form.is_valid():
        base = None if form.cleaned_data["fresh"] or not versions else versions[0]
        try:
            add_absences(plan_id=found.pk, actor=request.user, absences=form.cleaned_data["absences"])
            request_run(plan_id=found.pk, actor=request.user, seconds=form.cleaned_data["seconds"], base=base)
        except PlanError as error:
            messages.error(request, error.message)
        return redirect("lms:plan", found.pk)
    version = versions[0] if versions else None
    context = {
        "plan": found,
        "versions": versions,
        "version": version,
        "is_newest": True,
        "run": _run(found),
        "replan": form,
        "can_replan": True,
        "view": view_plan(*loaded(version)) if version else None,
    }
    return render(request, "lms/planner/plan.html", context, status=422)


@require_POST
@plans_only
def stop(request: SignedInRequest, plan_id: int) -> HttpResponse:
    """End the search with the best plan so far."""
    get_object_or_404(ProgrammePlan, pk=plan_id)
    stop_run(plan_id=plan_id, actor=request.user)
    return redirect("lms:plan", plan_id)


@require_http_methods(["GET", "POST"])
@plans_only
def group(request: SignedInRequest, plan_id: int, key: str) -> HttpResponse:
    """Move one group of the newest version by hand."""
    version, problem, found = _group(plan_id, key)
    form = MoveForm(request.POST or None, problem=problem, group=found)
    if request.method == "POST" and form.is_valid():
        try:
            move_group(version_id=version.pk, actor=request.user, move=form.move())
        except PlanError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("De groep is verplaatst. Dat is een nieuwe versie van het plan."))
            return redirect("lms:plan", plan_id)
    context = {"plan": version.plan, "group": found, "form": form, "part": problem.part[found.part]}
    return render(request, "lms/planner/group.html", context, status=_status(form))


@require_POST
@plans_only
def group_check(request: SignedInRequest, plan_id: int, key: str) -> HttpResponse:
    """What a choice in the form would break, while somebody chooses."""
    version, problem, found = _group(plan_id, key)
    form = MoveForm(request.POST, problem=problem, group=found)
    context: dict[str, Any] = {"ready": form.is_valid()}
    if context["ready"]:
        _problem, before = loaded(version)
        after, rules = moved(problem, before, form.move())
        context |= {"rules": rules, "steps": after.cost - before.cost}
    return render(request, "lms/planner/group_check.html", context)


@require_GET
@plans_only
def compare(request: SignedInRequest, plan_id: int) -> HttpResponse:
    """Two versions side by side: what differs, and what each costs."""
    found = get_object_or_404(ProgrammePlan, pk=plan_id)
    versions = list(found.versions.select_related("created_by"))
    one, other = (_version(versions, request.GET.get(name)) for name in ("van", "met"))
    if one is None or other is None:
        raise Http404
    before, after = loaded(one), loaded(other)
    context = {
        "plan": found,
        "versions": versions,
        "one": one,
        "other": other,
        "before": before[1],
        "after": after[1],
        "changes": differences(before, after),
    }
    return render(request, "lms/planner/compare.html", context)


@require_POST
@plans_only
def back(request: SignedInRequest, plan_id: int, number: int) -> HttpResponse:
    """Make an earlier version the newest again."""
    version = get_object_or_404(PlanVersion, plan_id=plan_id, number=number)
    try:
        made = go_back(version_id=version.pk, actor=request.user)
    except PlanError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Versie %(number)s is nu de nieuwste.") % {"number": made.number})
    return redirect("lms:plan", plan_id)


@require_http_methods(["GET", "POST"])
@plans_only
def publish(request: SignedInRequest, plan_id: int) -> HttpResponse:
    """See what publishing does, then do it."""
    found = get_object_or_404(ProgrammePlan, pk=plan_id)
    version = found.versions.first()
    if version is None:
        raise Http404
    if request.method == "POST":
        try:
            done = publish_plan(version_id=version.pk, actor=request.user)
        except PlanError as error:
            messages.error(request, error.message)
            return redirect("lms:plan", plan_id)
        text = ngettext("%(count)s groep staat klaar.", "%(count)s groepen staan klaar.", done.cohorts)
        messages.success(request, text % {"count": done.cohorts})
        for line in done.problems[:20]:
            messages.warning(request, line)
        return redirect("lms:plan", plan_id)
    context = {
        "plan": found,
        "version": version,
        "view": view_plan(*loaded(version)),
        "gone": len(gone_since(found)),
    }
    return render(request, "lms/planner/publish.html", context)


@require_GET
@plans_only
def export(request: HttpRequest, plan_id: int, number: int, form: str) -> HttpResponse:
    """A version as a workbook or a calendar."""
    version = get_object_or_404(PlanVersion, plan_id=plan_id, number=number)
    problem, found = loaded(version)
    if form == "xlsx":
        response = HttpResponse(plan_workbook(problem, found), content_type=XLSX)
    elif form == "ics":
        content = plan_calendar(problem, found, plan_id=plan_id, number=number)
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="plan-{plan_id}-{number}.{form}"'
    return response


def _group(plan_id: int, key: str) -> tuple[PlanVersion, Problem, PlannedGroup]:
    version = PlanVersion.objects.filter(plan_id=plan_id).select_related("plan").first()
    if version is None:
        raise Http404
    problem, found = loaded(version)
    try:
        return version, problem, found.group(key)
    except KeyError as error:
        raise Http404 from error


def _version(versions: list[PlanVersion], asked: str | None) -> PlanVersion | None:
    """The version asked for by number, else the newest; 404 for one that is not there."""
    if not asked:
        return versions[0] if versions else None
    for version in versions:
        if asked == str(version.number):
            return version
    raise Http404


def _run(found: ProgrammePlan) -> dict[str, Any] | None:
    """The last search in words: how far, how good, and whether it was lost."""
    run = PlanRun.objects.filter(plan=found).first()
    if run is None:
        return None
    lost = run.state in OPEN and timezone.now() - run.seen_at > SILENT
    running = run.state in OPEN and not lost
    passed = (timezone.now() - run.created_at).total_seconds()
    steps = {
        "compose": _("We verdelen de mensen over groepen en regio's."),
        "times": _("We zoeken dagen, zalen en trainers."),
        "meetings": _("We plannen de intervisie van elk team."),
        "explain": _("We vonden geen plan, en zoeken welke regel in de weg staat."),
    }
    return {
        "row": run,
        "is_over": not running,
        "is_lost": lost or run.state == "failed",
        "is_stopped": run.state == "stopped",
        "percent": min(99, int(100 * passed / (run.seconds + 15))),
        "words": steps.get(run.step, _("We beginnen eraan.")),
        "obstacles": run.obstacles,
    }


def _draft(found: ProgrammePlan, run: dict[str, Any] | None) -> PlanView | None:
    """The best plan that a search found so far, while it is not yet a version."""
    if run is None or run["row"].best is None:
        return None
    return view_plan(read_problem(found.question), plan_from_json(run["row"].best))


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200
