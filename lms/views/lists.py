"""The attendance list away from its screen: on paper, typed in afterwards, on a phone without a connection, and by the
minute."""

import json
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from lms.domain.attendance import record_by_list
from lms.domain.bulk_attendance import ListLine, record_lines
from lms.domain.paper import print_template
from lms.domain.queries.attendance import RosterLine, roster
from lms.enums import AttendanceMethod, AttendanceState
from lms.exceptions import AttendanceError, PaperError
from lms.forms.attendance import MomentsForm, PaperForm
from lms.models import Session
from lms.views.trainer import lead_session, leads
from people.api import SignedInRequest

WORKER = "lms/js/offline_worker.js"
#: Ticks in one message of a phone; more come in the next.
MOST_TICKS = 500
EMPTY_LINES = 4


@leads
@require_GET
def paper_pdf(request: SignedInRequest, session_id: int) -> HttpResponse:
    """The list to print: names, and room for a signature on coming and on leaving. No photo, no number."""
    session = lead_session(request, session_id)
    context = {"session": session, "lines": roster(session).lines, "empty": range(EMPTY_LINES)}
    try:
        content = print_template("lms/paper/attendance_list.html", context, engine="xhtml2pdf")
    except PaperError as error:
        messages.error(request, error.message)
        return redirect("lms:session", session.pk)
    response = HttpResponse(content, content_type="application/pdf")
    day = f"{localtime(session.starts_at):%Y-%m-%d}"
    response["Content-Disposition"] = f'attachment; filename="aanwezigheidslijst-{day}-{session.pk}.pdf"'
    return response


@leads
@require_http_methods(["GET", "POST"])
def paper(request: SignedInRequest, session_id: int) -> HttpResponse:
    """Type in what stands on the paper list; nothing that was typed is lost when a line is wrong."""
    session = lead_session(request, session_id)
    lines = [line for line in roster(session).lines if line.person_id != request.user.pk]
    form = PaperForm(request.POST or None, session=session, lines=lines)
    refused: list[str] = []
    if request.method == "POST" and form.is_valid():
        names = {line.person_id: line.name for line in lines}
        try:
            results = record_lines(
                session_id=session.pk,
                lines=form.listed(),
                trainer=request.user,
                method=AttendanceMethod.PAPER,
            )
        except AttendanceError as error:
            form.add_error(None, error.message)
        else:
            refused = [
                f"{names[one.person_id]}: {one.message}" for one in results if one.outcome == "refused"
            ]
            if not refused:
                written = sum(one.outcome == "written" for one in results)
                said = ngettext("%(count)s regel is bewaard.", "%(count)s regels zijn bewaard.", written)
                messages.success(request, said % {"count": written})
                return redirect("lms:session", session.pk)
            for text in refused:
                form.add_error(None, text)
    context = {"session": session, "form": form, "rows": list(form.rows())}
    return render(request, "lms/trainer/paper.html", context, status=422 if form.errors else 200)


@leads
@require_http_methods(["GET", "POST"])
def moments(request: SignedInRequest, session_id: int, person_id: int) -> HttpResponse:
    """Note that somebody came late or left early."""
    session = lead_session(request, session_id)
    line = _line(session, person_id)
    initial = {
        "came": localtime(line.arrived_at).strftime("%H:%M") if line.arrived_at else None,
        "went": localtime(line.left_at).strftime("%H:%M") if line.left_at else None,
    }
    form = MomentsForm(request.POST or None, session=session, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            record_by_list(
                session_id=session.pk,
                person_id=person_id,
                state=AttendanceState.PRESENT,
                trainer=request.user,
                arrived_at=form.cleaned_data["came_at"],
                left_at=form.cleaned_data["went_at"],
            )
        except AttendanceError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("De uren zijn bewaard. De vroegere regel blijft staan."))
            return redirect(f"{reverse('lms:session', args=[session.pk])}#persoon-{person_id}")
    context = {"session": session, "line": line, "form": form}
    return render(request, "lms/trainer/moments.html", context, status=422 if form.errors else 200)


def _line(session: Session, person_id: int) -> RosterLine:
    line = next((line for line in roster(session).lines if line.person_id == person_id), None)
    if line is None:
        raise Http404
    return line


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The same small worker as for lessons, for the addresses of trainers; it holds nothing personal."""
    path = finders.find(WORKER)
    if not isinstance(path, str):
        raise Http404
    text = Path(path).read_text(encoding="utf-8")
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@leads
@never_cache
@require_POST
def sync(request: SignedInRequest, session_id: int) -> JsonResponse:
    """Ticks that a phone kept while it had no connection. Sending them twice writes them once."""
    session = lead_session(request, session_id)
    try:
        ticks = [_tick(one) for one in json.loads(request.body)["ticks"][:MOST_TICKS]]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return JsonResponse(
            {"code": "unreadable", "message": _("Dit toestel stuurde iets dat we niet kunnen lezen.")},
            status=400,
        )
    try:
        results = record_lines(
            session_id=session.pk, lines=ticks, trainer=request.user, method=AttendanceMethod.OFFLINE
        )
    except AttendanceError as error:
        return JsonResponse({"code": error.code, "message": error.message}, status=409)
    answers = [
        {"key": str(one.key), "outcome": one.outcome, "message": one.message} for one in results if one.key
    ]
    return JsonResponse({"results": answers})


def _tick(one: dict[str, object]) -> ListLine:
    """One tick of a phone. Raises ValueError, KeyError or TypeError for what no phone of ours sends."""
    noted_at = parse_datetime(str(one["at"]))
    if noted_at is None or not is_aware(noted_at):
        raise ValueError("a tick has a moment with its zone")
    person = one["person"]
    if not isinstance(person, int):
        raise TypeError("a person is a number")
    return ListLine(
        person_id=person,
        state=AttendanceState(str(one["state"])),
        key=UUID(str(one["key"])),
        noted_at=noted_at,
    )
