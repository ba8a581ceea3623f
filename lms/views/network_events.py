"""Days of the network: the public list, signing up, and the office's screens."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.domain.network_events import (
    cancel_event,
    change_event,
    give_seat_back,
    plan_events,
    publish_minutes,
    record_presence,
    take_seat,
)
from lms.domain.queries.network_events import event_lines, seat_lines
from lms.exceptions import NetworkEventError
from lms.forms.network_event import MinutesForm, NetworkEventForm
from lms.models import NetworkEvent, NetworkEventSeat
from people.api import Role, SignedInRequest, role_required, signed_in

staff_only = role_required(Role.NETWORK_STAFF)
FIELDS = {"period": "ends", "times": "times", "taken": "title", "empty": "minutes"}


@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """Days to come and the minutes of those that are over; for everybody."""
    coming, past = event_lines(request.user.pk if request.user.is_authenticated else None)
    return render(request, "lms/network_events/events.html", {"coming": coming, "past": past})


@require_GET
def event(request: HttpRequest, event_id: int) -> HttpResponse:
    """One day, with its minutes when they are published. The link to take part is for who signed up."""
    found = get_object_or_404(NetworkEvent.objects.select_related("zone", "region"), pk=event_id)
    mine = (
        request.user.is_authenticated
        and NetworkEventSeat.objects.filter(event=found, person=request.user, withdrawn_at=None).exists()
    )
    taken = NetworkEventSeat.objects.filter(event=found, withdrawn_at=None).count()
    context = {
        "event": found,
        "is_mine": mine,
        "is_open": not found.is_cancelled and not found.save_the_date and found.starts_at > timezone.now(),
        "is_full": found.seats is not None and taken >= found.seats,
    }
    return render(request, "lms/network_events/event.html", context)


@signed_in
@require_POST
def seat(request: SignedInRequest, event_id: int) -> HttpResponse:
    """Sign up, or off."""
    found = get_object_or_404(NetworkEvent, pk=event_id)
    try:
        if request.POST.get("plaats") == "terug":
            give_seat_back(event_id=found.pk, person=request.user)
            messages.success(request, _("Je bent uitgeschreven."))
        else:
            take_seat(event_id=found.pk, person=request.user)
            messages.success(request, _("Je bent ingeschreven. De dag staat in je agenda."))
    except NetworkEventError as error:
        messages.warning(request, error.message)
    return redirect("lms:network_event", found.pk)


@staff_only
@require_http_methods(["GET", "POST"])
def desk(request: SignedInRequest) -> HttpResponse:
    """The office: what is planned, and a form for a new day or series."""
    form = NetworkEventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = plan_events(actor=request.user, plan=form.plan())
        except NetworkEventError as error:
            form.add_error(FIELDS.get(error.code), error.message)
        else:
            said = ngettext("%(number)s dag staat erin.", "%(number)s dagen staan erin.", len(rows))
            messages.success(request, said % {"number": len(rows)})
            return redirect("lms:network_events_desk")
    coming, past = event_lines(None)
    context = {"form": form, "coming": coming, "past": past}
    return render(request, "lms/network_events/desk.html", context, status=_status(form))


@staff_only
@require_http_methods(["GET", "POST"])
def manage(request: SignedInRequest, event_id: int) -> HttpResponse:
    """One day in the office: change it, note who was there, publish minutes."""
    found = get_object_or_404(NetworkEvent, pk=event_id)
    begins, ends = timezone.localtime(found.starts_at), timezone.localtime(found.ends_at)
    initial = {"day": begins.date(), "begins": begins.time(), "ends": ends.time()}
    what = request.POST.get("wat", "")
    form = NetworkEventForm(request.POST if what == "dag" else None, instance=found, initial=initial)
    words = MinutesForm(
        request.POST if what == "verslag" else None,
        initial={"minutes": found.minutes, "presentation_url": found.presentation_url},
    )
    if request.method == "POST":
        if what not in ("dag", "verslag", "lijst"):
            raise Http404
        said = _do(request, found.pk, what, form, words)
        if said:
            messages.success(request, said)
            return redirect("lms:network_event_manage", found.pk)
        found.refresh_from_db()
    context = {
        "event": found,
        "form": form,
        "words": words,
        "seats": seat_lines(found.pk),
        "has_begun": found.starts_at <= timezone.now(),
    }
    status = 422 if form.errors or words.errors else 200
    return render(request, "lms/network_events/manage.html", context, status=status)


def _do(
    request: SignedInRequest, event_id: int, what: str, form: NetworkEventForm, words: MinutesForm
) -> str:
    """Do what was asked and say so; an empty text when a form has to be mended."""
    try:
        if what == "lijst":
            ids = frozenset(
                int(one) for one in request.POST.getlist("wie") if one.isdecimal() and len(one) < 10
            )
            there = record_presence(event_id=event_id, actor=request.user, present_ids=ids)
            return ngettext("%(number)s aanwezige genoteerd.", "%(number)s aanwezigen genoteerd.", there) % {
                "number": there
            }
        if what == "dag" and form.is_valid():
            change_event(event_id=event_id, actor=request.user, plan=form.plan())
            return _("De dag is aangepast. In agenda's staat het nu ook zo.")
        if what == "verslag" and words.is_valid():
            publish_minutes(event_id=event_id, actor=request.user, **words.cleaned_data)
            return _("Het verslag staat online.")
    except NetworkEventError as error:
        bad: BaseForm = words if what == "verslag" else form
        if what == "lijst":
            messages.warning(request, error.message)
        else:
            field = FIELDS.get(error.code)
            bad.add_error(field if field in bad.fields else None, error.message)
    return ""


@staff_only
@require_POST
def cancel(request: SignedInRequest, event_id: int) -> HttpResponse:
    """Call a day off."""
    found = get_object_or_404(NetworkEvent, pk=event_id)
    try:
        cancel_event(event_id=found.pk, actor=request.user)
    except NetworkEventError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("De dag is afgelast."))
    return redirect("lms:network_events_desk")


def _status(form: BaseForm) -> int:
    return 422 if form.is_bound and form.errors else 200
