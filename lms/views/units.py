"""The lesson page's side of a cmi5 package: open a unit, and see how far each one is."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.domain.activities import read_launch
from lms.domain.queries.units import lesson_of, unit_lines
from lms.domain.units.launching import start_unit
from lms.views.access import signed_in_or_401
from lms.views.records import answer, json_body, text_of
from media.api import StatementError
from people.api import SignedInRequest

MOST = 16 * 1024


@signed_in_or_401
@require_POST
def start(request: SignedInRequest) -> HttpResponse:
    """Open one unit: `{"token": ..., "unit": 0}` answers with the address to go to."""

    def work() -> dict[str, Any]:
        body = json_body(request, MOST)
        launched = read_launch(token=text_of(body, "token"), person_id=request.user.pk)
        number = body.get("unit")
        if not isinstance(number, int) or isinstance(number, bool):
            raise StatementError("not_object", _("Er ontbreekt iets in dit bericht (%s).") % "unit")
        slug = lesson_of(launched.enrolment_id, request.user.pk)
        back = request.build_absolute_uri(reverse("lms:lesson", args=[slug, launched.lesson])) if slug else ""
        started = start_unit(launched=launched, number=number, return_url=back)
        return {"url": started.url, "own_window": started.own_window, "title": started.title}

    return answer(work)


@signed_in_or_401
@require_POST
def states(request: SignedInRequest) -> HttpResponse:
    """How far each unit is: `{"token": ...}`."""

    def work() -> dict[str, Any]:
        launched = read_launch(token=text_of(json_body(request, MOST), "token"), person_id=request.user.pk)
        lines = unit_lines(launched)
        return {"units": [{"state": line.state, "label": str(line.label)} for line in lines]}

    return answer(work)
