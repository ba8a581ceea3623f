"""The professional's checklist, and handing in."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation.domain.checklist import Checklist, checklist_for, open_dossiers
from accreditation.domain.criteria_rules import HOLDS, CriterionResult
from accreditation.domain.dossiers import HANDED_IN, choose_route, submit_dossier, withdraw_dossier
from accreditation.domain.next_steps import handing_in, step_url
from accreditation.domain.queries.criteria import coming_change
from accreditation.enums import CriterionState, DossierRoute, DossierStage, EvidenceKind, Level
from accreditation.exceptions import DossierError
from accreditation.models import Evidence, Recognition
from accreditation.views.evidence_words import KIND_WORDS
from accreditation.views.levels import chosen_level
from people.api import SignedInRequest, signed_in


@dataclass(frozen=True)
class Row:
    """One criterion on the page."""

    result: CriterionResult
    word: str | Promise
    url: str
    evidence: tuple[tuple[str, str, str], ...]
    percent: int | None
    #: Address of the form for what was done elsewhere, where that is another way to meet the criterion.
    elsewhere: str = ""


@dataclass(frozen=True)
class Standing:
    """Where the dossier stands and who acts next: a role, never a name."""

    title: str | Promise
    actor: str | Promise
    text: str | Promise
    tone: str


STANDINGS = {
    DossierStage.SUBMITTED: Standing(
        gettext_lazy("Je dossier is ingediend"),
        gettext_lazy("de commissie"),
        gettext_lazy("De commissie zoekt twee lezers die jou niet kennen."),
        "info",
    ),
    DossierStage.READING: Standing(
        gettext_lazy("Je dossier wordt gelezen"),
        gettext_lazy("twee lezers van de commissie"),
        gettext_lazy("Twee lezers bekijken je dossier, elk apart. Daarna beslist de commissie."),
        "info",
    ),
    DossierStage.MORE_INFORMATION: Standing(
        gettext_lazy("De commissie vraagt je nog iets"),
        gettext_lazy("jij"),
        gettext_lazy("Lees de brief van de commissie, vul aan wat ontbreekt en dien opnieuw in."),
        "warning",
    ),
}
#: Steps that lead to our own courses and groups, and the form for what was done elsewhere.
ELSEWHERE = {"/cursussen/": EvidenceKind.TRAINING.value, "/mijn/intervisie/": EvidenceKind.STATEMENT.value}
OFFICE_FIRST = gettext_lazy("het bureau van het netwerk")


@require_GET
@signed_in
def checklist(request: SignedInRequest) -> HttpResponse:
    """Six criteria, each with its state, why, and one button."""
    dossiers = open_dossiers(request.user.pk)
    default = dossiers[0].level if dossiers else Level.BASIC.value
    level = chosen_level(request, default)
    today = timezone.localdate()
    found = checklist_for(request.user.pk, level, today, dossiers=dossiers)
    handed_in = found.dossier is not None and found.dossier.stage in HANDED_IN
    rows = [_row(result, found, level) for result in found.evaluation.criteria]
    following = next((r for r in rows if r.url and r.result.needed and r.result.state == "missing"), None)
    own = [r for r in Recognition.objects.running_on(today).filter(person=request.user) if r.level == level]
    context = {
        "level": level,
        "level_name": Level(level).label,
        "tabs": _tabs(level),
        "rows": rows,
        "ring": [
            {"label": r.result.title, "state": r.result.state, "href": f"#criterium-{r.result.number}"}
            for r in rows
        ],
        "evaluation": found.evaluation,
        "caption": _("%(met)s van %(all)s") % {"met": found.evaluation.met_count, "all": len(rows)},
        "left": sum(r.result.needed and r.result.state == CriterionState.MISSING for r in rows),
        "following": following,
        "dossier": found.dossier,
        "standing": _standing(found),
        "handed_in": handed_in,
        "submit_url": handing_in(level)[1],
        "portfolio": [(row, KIND_WORDS[row.kind]) for row in found.portfolio.rows],  # type: ignore[index]
        "held": [r for r in own if not r.rests_on(today)],
        "resting": [r for r in own if r.rests_on(today)],
        "renewal_from": next((r.renewal_from for r in own if r.renewal_from > today), None),
        "is_experience": found.evaluation.route == DossierRoute.EXPERIENCE,
        "coming": coming_change(found.version, today),
    }
    return render(request, "accreditation/dossier/checklist.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def submit(request: SignedInRequest, level: str) -> HttpResponse:
    """What goes along, and the button that freezes it."""
    if level not in Level.values:
        raise Http404
    back = f"{reverse('accreditation:dossier')}?niveau={level}"
    if request.method == "POST":
        try:
            submit_dossier(person=request.user, level=level)
        except DossierError as error:
            messages.warning(request, str(error))
            return redirect(back)
        messages.success(request, _("Je dossier is ingediend. Nu is de commissie aan zet."))
        return redirect(back)
    found = checklist_for(request.user.pk, level, timezone.localdate())
    if not found.evaluation.ready or (found.dossier is not None and not found.dossier.is_editable):
        return redirect(back)
    used = {use.ref for result in found.evaluation.criteria for use in result.used}
    context = {
        "level": level,
        "level_name": Level(level).label,
        "rows": [_row(result, found, level) for result in found.evaluation.criteria if result.needed],
        "files": [row for row in found.portfolio.rows if f"evidence:{row.pk}" in used and row.file_id],
        "waiting": found.waiting_count,
        "is_experience": found.evaluation.route == DossierRoute.EXPERIENCE,
        "again": found.dossier is not None and found.dossier.stage == DossierStage.MORE_INFORMATION,
    }
    return render(request, "accreditation/dossier/submit.html", context)


@require_POST
@signed_in
def withdraw(request: SignedInRequest, level: str) -> HttpResponse:
    """Take the dossier back."""
    try:
        withdraw_dossier(person=request.user, level=level)
    except DossierError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Je dossier is teruggenomen. Je bewijsstukken blijven in je map."))
    return redirect(f"{reverse('accreditation:dossier')}?niveau={chosen_level(request, level)}")


@require_http_methods(["GET", "POST"])
@signed_in
def route(request: SignedInRequest) -> HttpResponse:
    """What the experience route asks, and choosing it or going back to the degree."""
    level = chosen_level(request)
    if request.method == "POST":
        try:
            choose_route(person=request.user, level=level, route=request.POST.get("route", ""))
        except DossierError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("Je route is aangepast."))
        return redirect(f"{reverse('accreditation:dossier')}?niveau={level}")
    found = checklist_for(request.user.pk, level, timezone.localdate(), route=DossierRoute.EXPERIENCE)
    current = found.dossier.route if found.dossier else DossierRoute.DEGREE
    context = {
        "level": level,
        "level_name": Level(level).label,
        "current": current,
        "rows": [_row(result, found, level) for result in found.evaluation.criteria if result.needed],
        "may_change": found.dossier is None or found.dossier.is_editable,
    }
    return render(request, "accreditation/dossier/route.html", context)


def _row(result: CriterionResult, found: Checklist, level: str) -> Row:
    own = {f"evidence:{row.pk}": row for row in found.portfolio.rows}
    lines = [(use.title, "", _address(own.get(use.ref))) for use in result.used]
    lines += [(unused.title, unused.why, _address(own.get(unused.ref))) for unused in result.unused]
    locked = found.dossier is not None and not found.dossier.is_editable
    step = result.next_step
    offers_route = step is not None and step.url_name.endswith("dossier_route")
    shown = step is not None and not (locked and offers_route)
    measure = result.measure
    word: str | Promise = CriterionState(result.state).label
    if not result.needed and result.state in HOLDS:
        word = _("Niet nodig")
    elif not result.needed and result.state == CriterionState.MISSING:
        word = _("Of langs hier")
    return Row(
        result=result,
        word=word,
        url=step_url(step, level=level) if step is not None and shown else "",
        evidence=tuple(lines),
        percent=int(measure.have * 100 / measure.want) if measure and measure.want else None,
        elsewhere=_elsewhere(result, level),
    )


def _elsewhere(result: CriterionResult, level: str) -> str:
    kind = ELSEWHERE.get(result.next_step.url_name) if result.next_step else None
    if kind is None or not result.needed:
        return ""
    return f"{reverse('accreditation:evidence_add', args=[kind])}?niveau={level}"


def _address(row: Evidence | None) -> str:
    return reverse("accreditation:evidence", args=[row.pk]) if row else ""


def _tabs(level: str) -> list[dict[str, object]]:
    base = reverse("accreditation:dossier")
    names = {Level.BASIC: _("Basis"), Level.SPECIALISED: _("Gespecialiseerd")}
    return [
        {"label": names[each], "href": f"{base}?niveau={each.value}", "current": each.value == level}
        for each in Level
    ]


def _standing(found: Checklist) -> Standing | None:
    """The line under the title. While pieces wait for the office, the office acts first."""
    standing = STANDINGS.get(DossierStage(found.dossier.stage)) if found.dossier else None
    if standing is not None and found.dossier and found.dossier.stage in HANDED_IN and found.waiting_count:
        text = _(
            "Het bureau kijkt eerst je bewijsstukken na. Daarna lezen twee lezers van de commissie je dossier."
        )
        return Standing(standing.title, OFFICE_FIRST, text, standing.tone)
    return standing
