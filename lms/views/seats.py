"""My groups: choosing, waiting, swapping, leaving; the link of an offered seat; and the desk's side of it."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.domain import seats
from lms.domain.evaluations import open_for
from lms.domain.messages import facts_of, fill
from lms.domain.queries.seats import choices_for, last_day_to_leave
from lms.domain.waiting import entry_of_token
from lms.enums import WaitingState
from lms.exceptions import LmsError
from lms.forms.seats import MemberForm
from lms.models import Cohort, Enrolment, SeatRequest, Session, WaitingEntry
from lms.views.trainer import leads, led_cohort
from people.api import SignedInRequest, User, signed_in

SAID = {
    "enrolled": gettext_lazy("Je hebt een plaats. De bijeenkomsten staan in je agenda."),
    "asked": gettext_lazy("Je vraag is verstuurd. Je krijgt een mail zodra er een antwoord is."),
    "waiting": gettext_lazy("Je staat op de wachtlijst. Komt er een plaats vrij, dan krijg je een mail."),
}


@signed_in
@require_safe
def groups(request: SignedInRequest) -> HttpResponse:
    """Every group I am in, wait for or asked for."""
    enrolments = (
        Enrolment.objects.current()
        .filter(person=request.user, cohort__isnull=False, cohort__ends_on__gte=timezone.localdate())
        .select_related("cohort__course", "cohort__region")
        .order_by("cohort__starts_on")
    )
    waits = WaitingEntry.objects.filter(
        person=request.user, state__in=(WaitingState.WAITING, WaitingState.OFFERED)
    ).select_related("cohort__course")
    asked = SeatRequest.objects.filter(person=request.user).select_related("cohort__course").order_by("-pk")
    context = {
        "enrolments": list(enrolments),
        "waits": list(waits),
        "asked": [row for row in asked[:20] if row.state == "waiting"],
        "opinions": open_for(request.user.pk),
        "now": timezone.now(),
    }
    return render(request, "lms/seats/groups.html", context)


@signed_in
@require_safe
def group(request: SignedInRequest, cohort_id: int) -> HttpResponse:
    """A group of mine: when, where, what to prepare, and the other editions to swap with."""
    found = get_object_or_404(Cohort.objects.select_related("course", "region"), pk=cohort_id)
    choices = choices_for(request.user, [found.course_id])
    mine = next((one for one in choices if one.cohort_id == found.pk and one.standing == "mine"), None)
    if mine is None:
        raise Http404
    sessions = (
        Session.objects.filter(cohort=found)
        .select_related("location")
        .prefetch_related("trainers", "materials")
        .order_by("starts_at")
    )
    last = last_day_to_leave(found)
    facts = facts_of(found, request.user)
    context = {
        "cohort": found,
        "sessions": list(sessions),
        "materials": list(found.materials.filter(session=None, for_trainers=False)),
        "others": [one for one in choices if one.cohort_id != found.pk],
        "last_day": last,
        "letters": [
            (one, fill(one.subject, facts), fill(one.body, facts))
            for one in found.messages.select_related("author")[:10]
        ],
        "may_leave": last >= timezone.localdate(),
    }
    return render(request, "lms/seats/group.html", context)


@signed_in
@require_POST
def act(request: SignedInRequest, cohort_id: int) -> HttpResponse:
    """One button of my groups: take, swap, leave, stop waiting, take a request back."""
    get_object_or_404(Cohort, pk=cohort_id)
    code = request.POST.get("code", "")[:40]
    what = request.POST.get("wat", "")
    try:
        if what == "neem":
            said = str(SAID[seats.take_seat(person=request.user, cohort_id=cohort_id, code=code)])
        elif what == "ruil":
            seats.swap_cohort(person=request.user, cohort_id=cohort_id, code=code)
            said = _("Je zit nu in de andere groep. Je vorige plaats is vrij.")
        elif what == "verlaat":
            seats.leave_cohort(person=request.user, cohort_id=cohort_id)
            said = _("Je plaats is vrij. Je blijft ingeschreven in de cursus.")
        elif what == "stop":
            seats.leave_waiting_list(person=request.user, cohort_id=cohort_id)
            said = _("Je staat niet meer op de wachtlijst.")
        elif what == "terug":
            for row in SeatRequest.objects.filter(cohort_id=cohort_id, person=request.user, state="waiting"):
                seats.take_back_request(request_id=row.pk, person=request.user)
            said = _("Je vraag is teruggenomen.")
        else:
            raise Http404
    except LmsError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, said)
    return redirect("lms:my_groups")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """An offered seat, by the link of the mail: looking changes nothing, a button does. No sign-in is asked."""
    entry = entry_of_token(token)
    if entry is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        answer = request.POST.get("antwoord", "")
        if answer not in ("ja", "nee"):
            raise Http404
        try:
            entry = seats.answer_offer(entry_id=entry.pk, accept=answer == "ja")
        except LmsError as error:
            problem = error.message
        entry.refresh_from_db()
    is_open = (
        entry.state == WaitingState.OFFERED
        and entry.offer_until is not None
        and entry.offer_until > timezone.now()
    )
    context = {
        "entry": entry,
        "cohort": entry.cohort,
        "sessions": list(entry.cohort.sessions.held().order_by("starts_at")),
        "is_open": is_open,
        "problem": problem,
    }
    response = render(request, "lms/seats/offer.html", context, status=409 if problem else 200)
    response["Referrer-Policy"] = "no-referrer"
    return response


@leads
@require_POST
def decide(request: SignedInRequest, request_id: int) -> HttpResponse:
    """Staff and trainers answer a request for a seat."""
    found = get_object_or_404(SeatRequest.objects.select_related("cohort"), pk=request_id)
    led_cohort(request, found.cohort_id)
    answer = request.POST.get("antwoord", "")
    if answer not in ("ja", "nee"):
        raise Http404
    return _do(
        request,
        found.cohort_id,
        _("Je antwoord is verstuurd."),
        partial(seats.decide_seat, request_id=found.pk, actor=request.user, approve=answer == "ja"),
    )


@leads
@require_http_methods(["POST"])
def member_add(request: SignedInRequest, cohort_id: int) -> HttpResponse:
    """Give somebody a seat, by address, or a newcomer of the team by number."""
    found = led_cohort(request, cohort_id)
    person = None
    number = request.POST.get("persoon", "")
    if number.isascii() and number.isdigit() and len(number) < 18:
        person = User.objects.filter(pk=int(number), is_active=True).first()
    else:
        form = MemberForm(request.POST)
        if form.is_valid():
            person = User.objects.filter(email__iexact=form.cleaned_data["email"], is_active=True).first()
    if person is None:
        messages.error(
            request, _("Er is geen account met dit adres. Kijk het na, of lees eerst een lijst in.")
        )
        return redirect("lms:cohort", found.pk)
    return _do(
        request,
        found.pk,
        _("Toegevoegd. Was de groep volzet, dan staat de persoon op de wachtlijst."),
        partial(seats.add_member, cohort_id=found.pk, person=person, actor=request.user),
    )


@leads
@require_POST
def member_remove(request: SignedInRequest, cohort_id: int, person_id: int) -> HttpResponse:
    """Free somebody's seat."""
    found = led_cohort(request, cohort_id)
    return _do(
        request,
        found.pk,
        _("De plaats is vrij. De persoon krijgt een mail."),
        partial(seats.remove_member, cohort_id=found.pk, person_id=person_id, actor=request.user),
    )


def _do(request: SignedInRequest, cohort_id: int, said: str, verb: Callable[[], object]) -> HttpResponse:
    try:
        verb()
    except LmsError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, said)
    return redirect("lms:cohort", cohort_id)
