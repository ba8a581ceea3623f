"""What if: a draft over everybody, with progress, a picture, and the list behind it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accreditation.domain.queries.what_if import changes_of, latest_run
from accreditation.domain.what_if import start_what_if, stop_what_if
from accreditation.enums import Level, WhatIfVerdict
from accreditation.exceptions import CriteriaError
from accreditation.models import CriteriaVersion, WhatIfRun
from accreditation.views.criteria import office
from people.api import SignedInRequest

#: Half the width of the picture, in its own units.
HALF = 100


@dataclass(frozen=True)
class Bar:
    """One group in the picture: who loses to the left, who gains to the right; lengths in units of the picture."""

    name: str
    people: int
    gains: int
    loses: int
    right: float
    left: float
    href: str

    @property
    def start(self) -> float:
        """Where the left bar begins."""
        return HALF - self.left


@require_GET
@office
def what_if(request: SignedInRequest, pk: int) -> HttpResponse:
    """The newest run of a draft: how far it is, or what it found."""
    version = get_object_or_404(CriteriaVersion, pk=pk)
    run = latest_run(version)
    is_done = run is not None and run.status == "done"
    context: dict[str, Any] = {
        "version": version,
        "level_name": Level(version.level).label,
        "run": run,
        "is_done": is_done,
        "is_stale": run is not None and run.revision != version.revision,
        "may_start": version.approved_at is None,
    }
    if run is not None and is_done:
        context |= _found(request, run)
    return render(request, "accreditation/criteria/what_if.html", context)


@require_POST
@office
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin, or look at the run that is busy."""
    get_object_or_404(CriteriaVersion, pk=pk)
    try:
        start_what_if(version_id=pk, actor=request.user)
    except CriteriaError as error:
        messages.warning(request, str(error))
    return redirect("accreditation:what_if", pk)


@require_POST
@office
def stop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop the run that is busy."""
    run = get_object_or_404(WhatIfRun, version_id=pk, pk=_number(request.POST.get("run", "")))
    stop_what_if(run_id=run.pk, actor=request.user)
    messages.info(request, _("De berekening is gestopt."))
    return redirect("accreditation:what_if", pk)


@require_GET
@office
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The piece of the page that htmx asks for every other second; at the end the whole page comes anew."""
    version = get_object_or_404(CriteriaVersion, pk=pk)
    run = latest_run(version)
    response = render(request, "accreditation/criteria/_progress.html", {"version": version, "run": run})
    if run is None or not run.is_busy:
        response["HX-Refresh"] = "true"
    return response


def _found(request: SignedInRequest, run: WhatIfRun) -> dict[str, Any]:
    chosen = {
        "verdict": request.GET.get("wie", ""),
        "profession_id": _number(request.GET.get("beroep", "")),
        "region_id": _number(request.GET.get("regio", "")),
    }
    found = changes_of(
        run,
        verdict=request.GET.get("wie", ""),
        profession_id=_number(request.GET.get("beroep", "")),
        region_id=_number(request.GET.get("regio", "")),
    )
    page = Paginator(found, 50).get_page(request.GET.get("bladzijde"))
    titles = {row["id"]: row["name"] for row in run.summary["criteria"]}
    return {
        "summary": run.summary,
        "professions": _bars(run.summary["professions"], "beroep"),
        "regions": _bars(run.summary["regions"], "regio"),
        "page_obj": page,
        "rows": [(row, [titles.get(one, one) for one in row.criterion_ids]) for row in page],
        "chosen": chosen,
        "verdicts": WhatIfVerdict.choices,
    }


def _bars(rows: list[dict[str, Any]], parameter: str) -> list[Bar]:
    most = max([max(row["gains"], row["loses"]) for row in rows], default=0) or 1
    return [
        Bar(
            name=row["name"] or _("Niet ingevuld"),
            people=row["people"],
            gains=row["gains"],
            loses=row["loses"],
            right=round(row["gains"] * HALF / most, 1),
            left=round(row["loses"] * HALF / most, 1),
            href=f"?{parameter}={row['id']}#wie" if row["id"] else "",
        )
        for row in rows
    ]


def _number(raw: str) -> int:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0
