"""The rotating code on the trainer's screen, and what a learner sees after scanning it."""

import hashlib
import secrets
import time
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lms.domain.attendance import check_in as record_check_in
from lms.domain.attendance import check_out as record_check_out
from lms.domain.attendance_rules import check_in_window
from lms.domain.check_in_codes import code_of, session_of_code
from lms.domain.check_in_tokens import (
    REFRESH_SECONDS,
    TICKET_SECONDS,
    ScannedToken,
    make_ticket,
    make_token,
    read_token,
    ticket_holds,
)
from lms.domain.queries.attendance import left_count, members_count, present_count
from lms.domain.queries.presence import rule_for
from lms.enums import AttendanceMethod
from lms.exceptions import AttendanceError
from lms.forms.attendance import CodeForm
from lms.models import Attendance, Enrolment, Session
from lms.views.trainer import lead_session, leads
from people.api import SignedInRequest, signed_in

SCAN_KEY = "lms_scan"
DEVICE_COOKIE = "nest_toestel"
DEVICE_SALT = "lms.device"
DEVICE_AGE = 60 * 60 * 24 * 365


@leads
@never_cache
@require_GET
def qr(request: SignedInRequest, session_id: int) -> HttpResponse:
    """The code in full screen. A small module fetches the next one; without it the page reloads itself."""
    return render(request, "lms/checkin/qr.html", _code_context(request, session_id))


@leads
@never_cache
@require_GET
def qr_code(request: SignedInRequest, session_id: int) -> HttpResponse:
    """Only the code and the count, for the module."""
    return render(request, "lms/checkin/code.html", _code_context(request, session_id))


def _code_context(request: SignedInRequest, session_id: int) -> dict[str, object]:
    session = lead_session(request, session_id)
    opens, closes = check_in_window(session.starts_at, session.ends_at, timezone.get_default_timezone())
    is_open = opens <= timezone.now() <= closes and not session.is_closed and not session.is_cancelled
    leaving = request.GET.get("weg") == "1"
    token = make_token(session.pk, leaving=leaving)
    address = f"{settings.SITE_URL}{reverse('lms:check_in', args=[token])}"
    return {
        "session": session,
        "is_open": is_open,
        "opens": opens,
        "code": _draw(address) if is_open else "",
        "address": address if is_open else "",
        "leaving": leaving,
        "digits": code_of(session.pk, leaving=leaving) if is_open else "",
        "type_at": f"{urlsplit(settings.SITE_URL).netloc}{reverse('lms:check_in_code')}",
        "present": left_count(session.pk) if leaving else present_count(session.pk),
        "members": members_count(session.cohort_id),
        "refresh_seconds": REFRESH_SECONDS,
    }


def _draw(address: str) -> SafeString:
    """The code as SVG without styles; dark on white in both themes, or phones cannot read it."""
    drawing = segno.make(address, error="m", micro=False).svg_inline(border=2, omitsize=True, dark="#14191d")
    label = _("QR-code om je aanwezig te melden")
    return mark_safe(drawing.replace("<svg", f'<svg role="img" aria-label="{label}"', 1))


@never_cache
@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest, token: str) -> HttpResponse:
    """A learner scanned the code: one button, one row.

    Who must sign in first comes back here; that they scanned in time is remembered in their session for five minutes.
    """
    scanned = read_token(token)
    if scanned is None:
        return render(request, "lms/checkin/unknown.html", status=404)
    if not request.user.is_authenticated:
        if scanned.fresh:
            request.session[SCAN_KEY] = [scanned.session_id, int(time.time())]
        return redirect(f"{reverse(settings.LOGIN_URL)}?next={request.path}")
    return _signed_in_check_in(request, token, scanned)  # type: ignore[arg-type]  # looked at just above


def _signed_in_check_in(request: SignedInRequest, token: str, scanned: ScannedToken) -> HttpResponse:
    session = Session.objects.select_related("cohort__course").filter(pk=scanned.session_id).first()
    if session is None:
        return render(request, "lms/checkin/unknown.html", status=404)
    in_time = (
        scanned.fresh
        or _scanned_before_sign_in(request, session.pk)
        or ticket_holds(request.POST.get("ticket", ""), session_id=session.pk, person_id=request.user.pk)
    )
    row = _own_row(session, request.user.pk)
    if row is not None and (not scanned.leaving or row.left_at is not None):
        return redirect("lms:checked_in", session.pk)
    if not in_time:
        return render(request, "lms/checkin/expired.html", {"session": session})
    if request.method == "POST":
        return _record(request, session, leaving=scanned.leaving)
    if not Enrolment.objects.current().filter(cohort=session.cohort_id, person=request.user).exists():
        return render(request, "lms/checkin/refused.html", {"session": session, "code": "not_enrolled"})
    context = {
        "session": session,
        "ticket": make_ticket(session_id=session.pk, person_id=request.user.pk),
        "token": token,
        "leaving": scanned.leaving,
    }
    return render(request, "lms/checkin/confirm.html", context)


def _record(
    request: SignedInRequest,
    session: Session,
    *,
    leaving: bool,
    method: AttendanceMethod = AttendanceMethod.QR,
) -> HttpResponse:
    device, is_new = _device(request)
    verb = record_check_out if leaving else record_check_in
    try:
        verb(
            session_id=session.pk,
            person=request.user,
            device=hashlib.sha256(device.encode()).hexdigest()[:32],
            method=method,
        )
    except AttendanceError as error:
        context = {"session": session, "code": error.code, "message": error.message}
        return render(request, "lms/checkin/refused.html", context)
    response = redirect("lms:checked_in", session.pk)
    if is_new:
        response.set_cookie(
            DEVICE_COOKIE,
            signing.Signer(salt=DEVICE_SALT, sep="~").sign(device),
            max_age=DEVICE_AGE,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def by_code(request: SignedInRequest) -> HttpResponse:
    """Type the six digits of the screen: for who has no camera, or no luck with it."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = session_of_code(form.cleaned_data["code"], person_id=request.user.pk)
        except AttendanceError as error:
            form.add_error("code", error.message)
        else:
            if found is not None:
                session_id, leaving = found
                session = Session.objects.select_related("cohort__course").get(pk=session_id)
                return _record(request, session, leaving=leaving, method=AttendanceMethod.CODE)
            form.add_error(
                "code",
                _(
                    "Die code staat nu niet op het scherm van een groep waarin je zit. Typ de cijfers die er nu staan."
                ),
            )
    status = 422 if form.errors else 200
    return render(request, "lms/checkin/by_code.html", {"form": form}, status=status)


@signed_in
@never_cache
@require_GET
def checked_in(request: SignedInRequest, session_id: int) -> HttpResponse:
    """You are on the list. 404 for who is not."""
    session = get_object_or_404(Session.objects.select_related("cohort__course"), pk=session_id)
    row = Attendance.objects.present().filter(session=session, person=request.user).first()
    if row is None:
        raise Http404
    context = {"session": session, "row": row, "asks_check_out": rule_for(session).asks_check_out}
    return render(request, "lms/checkin/done.html", context)


def _own_row(session: Session, person_id: int) -> Attendance | None:
    return Attendance.objects.present().filter(session=session, person_id=person_id).first()


def _scanned_before_sign_in(request: HttpRequest, session_id: int) -> bool:
    scan = request.session.get(SCAN_KEY)
    return bool(scan and scan[0] == session_id and 0 <= time.time() - scan[1] <= TICKET_SECONDS)


def _device(request: HttpRequest) -> tuple[str, bool]:
    """A random name of this browser, signed by us, so that two people on one phone stand out on the list."""
    try:
        signed = request.COOKIES.get(DEVICE_COOKIE, "")
        return signing.Signer(salt=DEVICE_SALT, sep="~").unsign(signed), False
    except signing.BadSignature:
        return secrets.token_urlsafe(18), True
