"""My agenda, and the calendar feeds."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.domain.calendar import calendar_token, person_of_token, render_calendar, renew_calendar_token
from lms.domain.queries.agenda import PAST_IN_FEED, agenda_of, public_agenda
from people.api import SignedInRequest, signed_in

CALENDAR_TYPE = "text/calendar; charset=utf-8"


@signed_in
@require_safe
def agenda(request: SignedInRequest) -> HttpResponse:
    """What is on for me, and the link for my own calendar."""
    token = calendar_token(request.user)
    address = f"{settings.SITE_URL}{reverse('lms:agenda_feed')}?token={token}"
    context = {
        "items": agenda_of(request.user.pk),
        "address": address,
        "webcal": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        "soon": timezone.now() + timedelta(days=7),
    }
    return render(request, "lms/agenda/agenda.html", context)


@signed_in
@require_POST
def agenda_renew(request: SignedInRequest) -> HttpResponse:
    """A new link; every earlier one stops."""
    renew_calendar_token(request.user)
    messages.success(
        request, _("Je hebt een nieuwe link. De vorige werkt niet meer; zet de nieuwe in je kalender.")
    )
    return redirect("lms:agenda")


@never_cache
@require_safe
def agenda_feed(request: HttpRequest) -> HttpResponse:
    """The feed of the person whose token this is; 404 for a token that is not in force."""
    person_id = person_of_token(request.GET.get("token", ""))
    if person_id is None:
        raise Http404
    items = agenda_of(person_id, since=timezone.now() - PAST_IN_FEED, cancelled=True)
    response = HttpResponse(render_calendar(items, name=_("Mijn nest")), content_type=CALENDAR_TYPE)
    response["Content-Disposition"] = 'inline; filename="mijn-nest.ics"'
    response["Referrer-Policy"] = "no-referrer"
    return response


@cache_control(public=True, max_age=300)
@require_safe
def public_feed(request: HttpRequest) -> HttpResponse:
    """Sessions of public cohorts, called-off ones too, so that calendars strike them."""
    response = HttpResponse(
        render_calendar(public_agenda(), name=_("Agenda van Nestwerk")), content_type=CALENDAR_TYPE
    )
    response["Content-Disposition"] = 'inline; filename="nestwerk.ics"'
    return response
