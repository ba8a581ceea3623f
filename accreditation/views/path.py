"""The nearest way forward: a plan by soonest, nearest or cheapest, where one tap takes a step."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accreditation.domain.checklist import open_dossiers
from accreditation.domain.next_steps import handing_in, step_url
from accreditation.domain.path import path_for
from accreditation.domain.path_facts import Step
from accreditation.domain.path_wishes import wish_for
from accreditation.domain.queries.path import open_wishes
from accreditation.enums import Level, PathPreference
from accreditation.exceptions import AccreditationError
from accreditation.views.levels import chosen_level
from lms.api import LmsError, ask_to_join, enrol
from people.api import SignedInRequest, signed_in

ICONS = {
    "course": "laptop",
    "cohort": "calendar-days",
    "group": "users-round",
    "carry_on": "play",
    "upload": "file-up",
    "mend": "pencil",
}


@dataclass(frozen=True)
class Line:
    """A step on the page, with the criterion that it serves."""

    step: Step
    criterion: str
    icon: str
    url: str
    label: str | Promise


@require_GET
@signed_in
def path(request: SignedInRequest) -> HttpResponse:
    """The plan for a level, and beside it every way to each missing criterion."""
    dossiers = open_dossiers(request.user.pk)
    level = chosen_level(request, dossiers[0].level if dossiers else Level.BASIC.value)
    preference = _preference(request.GET.get("voorkeur", ""))
    today = timezone.localdate()
    checklist, found = path_for(request.user.pk, level, today, preference=preference, dossiers=dossiers)
    titles = {result.id: result.title for result in checklist.evaluation.criteria}
    base = reverse("accreditation:path")
    context = {
        "level": level,
        "level_name": Level(level).label,
        "level_tabs": [
            {
                "label": name,
                "href": f"{base}?niveau={each.value}&voorkeur={preference}",
                "current": each.value == level,
            }
            for each, name in ((Level.BASIC, _("Basis")), (Level.SPECIALISED, _("Gespecialiseerd")))
        ],
        "tabs": [
            {
                "label": each.label,
                "href": f"{base}?niveau={level}&voorkeur={each.value}",
                "current": each == preference,
            }
            for each in PathPreference
        ],
        "preference": preference,
        "found": found,
        "today": today,
        "lines": [_line(step, titles, level) for step in found.steps],
        "gaps": found.gaps,
        "wishes": open_wishes(request.user.pk, level) if found.gaps else frozenset(),
        "ways": [
            (titles[key], [_line(step, titles, level) for step in steps]) for key, steps in found.ways.items()
        ],
        "is_ready": checklist.evaluation.ready,
        "may_hand_in": checklist.dossier is None or checklist.dossier.is_editable,
        "submit_url": handing_in(level)[1],
    }
    return render(request, "accreditation/dossier/path.html", context)


@require_POST
@signed_in
def take(request: SignedInRequest) -> HttpResponse:
    """Take one step of the plan: enrol, or ask a group for a place. Twice is once."""
    kind, _colon, rest = request.POST.get("ref", "").partition(":")
    number, _colon, slug = rest.partition(":")
    try:
        if kind == "course" and rest:
            enrol(person=request.user, course_slug=rest)
            messages.success(request, _("Je bent ingeschreven. Je kunt meteen beginnen."))
        elif kind == "cohort" and slug and _is_number(number):
            enrol(person=request.user, course_slug=slug, cohort_id=int(number))
            messages.success(request, _("Je bent ingeschreven. De dagen staan in je agenda."))
        elif kind == "group" and _is_number(rest):
            ask_to_join(group_id=int(rest), person=request.user)
            messages.success(request, _("We gaven je vraag door. De groep beslist, en je krijgt een mail."))
        else:
            messages.warning(request, _("Deze stap kennen we niet. Kies er een uit je plan."))
    except LmsError as error:
        messages.warning(request, error.message)
    return redirect(_back(request))


@require_POST
@signed_in
def wish(request: SignedInRequest) -> HttpResponse:
    """Tell me as soon as there is a way."""
    try:
        wish_for(
            person=request.user,
            level=chosen_level(request),
            criterion_id=request.POST.get("criterion", "")[:50],
            on=timezone.localdate(),
        )
    except AccreditationError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Genoteerd. Zodra er een weg is, krijg je een mail."))
    return redirect(_back(request))


def _line(step: Step, titles: dict[str, str], level: str) -> Line:
    url, label = step.url, _("Ga verder")
    if step.action is not None:
        url, label = step_url(step.action, level=level), step.action.label
    elif step.kind in ("course", "cohort"):
        label = _("Schrijf me in")
    elif step.kind == "group":
        label = _("Vraag een plaats")
    return Line(step, titles.get(step.criterion_id, ""), ICONS[step.kind], url, label)


def _preference(raw: str) -> str:
    return raw if raw in PathPreference.values else PathPreference.SOONEST.value


def _back(request: SignedInRequest) -> str:
    preference = _preference(request.GET.get("voorkeur", ""))
    return f"{reverse('accreditation:path')}?niveau={chosen_level(request)}&voorkeur={preference}"


def _is_number(raw: str) -> bool:
    return raw.isascii() and raw.isdigit() and len(raw) < 18
