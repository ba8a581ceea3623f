"""`/netwerk/rapporten/`: figures as table and picture, as CSV and XLSX, and the people behind them where allowed."""

import io
from typing import Any

import xlsxwriter
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lms.domain.queries.reports import PER, REPORTS, people_behind, report_of
from lms.domain.report_rules import FEWEST, Report, shown, visible_rows
from people.api import Role, SignedInRequest, csv_lines, has_role, role_required

readers = role_required(
    Role.NETWORK_STAFF,
    Role.ADMINISTRATOR,
    Role.TRAINER,
    Role.TEAM_COORDINATOR,
    Role.AUTHOR,
    Role.COMMITTEE_MEMBER,
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PEOPLE_PER_PAGE = 50
BAR_WIDTH = 200


def may_see_people(request: SignedInRequest) -> bool:
    """Who sees names anyway, sees them here."""
    return has_role(request.user, Role.NETWORK_STAFF, Role.ADMINISTRATOR)


@readers
@require_GET
def reports(request: SignedInRequest) -> HttpResponse:
    """What there is."""
    described = {
        "trechter": (_("Van inschrijven tot afronden"), _("Waar mensen afhaken, per cursus.")),
        "bereik": (_("Bereik"), _("Per beroep, team en regio: wie rondde een cursus af.")),
        "wachtlijsten": (_("Wachtlijsten"), _("Waar vraag is naar meer plaatsen.")),
        "trainers": (_("Werk van trainers"), _("Hoeveel elke trainer geeft.")),
        "afwezig": (_("Ingeschreven, niet gekomen"), _("Waar plaatsen leeg bleven.")),
        "intervisie": (_("Intervisie"), _("Gehouden en gemist, per regio.")),
    }
    if not may_see_people(request):
        del described["trainers"]
    cards = [(slug, *described[slug]) for slug in REPORTS if slug in described]
    return render(request, "lms/reports/reports.html", {"cards": cards})


@readers
@require_GET
def report(request: SignedInRequest, slug: str) -> HttpResponse:
    """One report; `?formaat=csv` and `?formaat=xlsx` give the same figures as a file."""
    names = may_see_people(request)
    found = report_of(slug, request.GET.get("per", ""))
    if found is None or (slug == "trainers" and not names):
        raise Http404
    kind = request.GET.get("formaat", "")
    lines = [
        (row, shown(row, may_see_people=names)) for row in visible_rows(found.rows, may_see_people=names)
    ]
    if kind == "csv":
        return _csv(found, lines)
    if kind == "xlsx":
        return _xlsx(found, lines)
    context = {
        "report": found,
        "lines": _drawn(found, lines, names),
        "legend": [found.columns[number] for number in found.bars],
        "fewest": FEWEST,
        "hides": any(value is None for _row, values in lines for value in values),
        "names": names,
        "per": request.GET.get("per") if request.GET.get("per") in PER else PER[0],
        "choices": [("beroep", _("Beroep")), ("regio", _("Regio")), ("team", _("Team"))]
        if slug == "bereik"
        else [],
    }
    return render(request, "lms/reports/report.html", context)


@readers
@require_GET
def people(request: SignedInRequest, slug: str, key: str, column: int) -> HttpResponse:
    """The people behind one figure, for who may see them."""
    found = report_of(slug, request.GET.get("per", "")) if may_see_people(request) else None
    row = next((row for row in found.rows if row.key == key), None) if found else None
    if (
        found is None
        or row is None
        or not 0 <= column < len(row.cells)
        or not row.cells[column].counts_people
    ):
        raise Http404
    listed = people_behind(row.cells[column].people)
    page = Paginator(listed, PEOPLE_PER_PAGE).get_page(request.GET.get("bladzijde"))
    context = {
        "report": found,
        "row": row,
        "column": found.columns[column],
        "page_obj": page,
        "number": len(listed),
    }
    return render(request, "lms/reports/people.html", context)


def _drawn(found: Report, lines: list[Any], names: bool) -> list[dict[str, Any]]:
    """Lines with their cells, and bars in one scale."""
    most = max((values[n] or 0 for _row, values in lines for n in found.bars), default=0) or 1
    drawn = []
    for row, values in lines:
        cells = [
            {
                "number": value,
                "label": found.columns[place],
                "column": place,
                "link": names and cell.counts_people and bool(cell.people),
            }
            for place, (cell, value) in enumerate(zip(row.cells, values, strict=True))
        ]
        bars = [
            {"place": place, "y": place * 9, "width": round((values[n] or 0) * BAR_WIDTH / most, 1)}
            for place, n in enumerate(found.bars)
        ]
        drawn.append({"row": row, "cells": cells, "bars": bars, "height": len(bars) * 9})
    return drawn


def _table(found: Report, lines: list[Any]) -> tuple[list[str], list[list[object]]]:
    less = _("minder dan %(number)s") % {"number": FEWEST}
    heads = [found.head, *found.columns]
    return heads, [
        [row.label, *(less if value is None else value for value in values)] for row, values in lines
    ]


def _csv(found: Report, lines: list[Any]) -> HttpResponse:
    heads, rows = _table(found, lines)
    response = HttpResponse("".join(csv_lines(heads, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.csv"'
    return response


def _xlsx(found: Report, lines: list[Any]) -> HttpResponse:
    """Cells are text or numbers: nothing that was typed becomes a formula."""
    heads, rows = _table(found, lines)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(found.title[:31])
        sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if isinstance(value, int | float):
                    sheet.write_number(number, place, value)
                else:
                    sheet.write_string(number, place, str(value))
        sheet.autofit()
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.xlsx"'
    return response
