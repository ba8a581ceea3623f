"""Series, copies and templates: more than one session or edition in one go."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lms.domain.editions import (
    change_series,
    cohort_from_template,
    copy_cohort,
    plan_series,
    save_as_template,
)
from lms.exceptions import CohortError
from lms.forms.edition import CopyForm, FromTemplateForm, SeriesChangeForm, SeriesForm, TemplateForm
from lms.models import CohortTemplate
from lms.views.trainer import lead_session, leads, led_cohort
from people.api import SignedInRequest


@leads
@require_http_methods(["GET", "HEAD", "POST"])
def series_create(request: SignedInRequest, cohort_id: int) -> HttpResponse:
    """Add sessions that come back."""
    found = led_cohort(request, cohort_id)
    initial = {"day": found.starts_on, "trainers": [request.user.pk]}
    form = SeriesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            plan_series(
                cohort_id=found.pk,
                actor=request.user,
                plan=form.plan(),
                every_weeks=data["every_weeks"],
                times=data["times"],
                skipped=data["skipped"],
            )
        except CohortError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("De reeks staat klaar. Elke dag kun je nog apart wijzigen."))
            return redirect("lms:cohort", found.pk)
    context = {
        "form": form,
        "cohort": found,
        "title": _("Voeg een reeks toe"),
        "save": _("Voeg de reeks toe"),
    }
    return _page(request, "lms/trainer/edition_form.html", context, form)


@leads
@require_http_methods(["GET", "HEAD", "POST"])
def series_change(request: SignedInRequest, session_id: int) -> HttpResponse:
    """Move this session and the later ones of its series."""
    session = lead_session(request, session_id)
    if session.series_id is None:
        raise Http404
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    initial = {
        "begins": start.time(),
        "ends": end.time(),
        "place": session.place,
        "location": session.location_id,
    }
    form = SeriesChangeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        location = data["location"]
        try:
            number = change_series(
                session_id=session.pk,
                actor=request.user,
                begins=data["begins"],
                ends=data["ends"],
                place=data["place"] or (f"{location.name}, {location.municipality}" if location else ""),
                location_id=location.pk if location else None,
            )
        except CohortError as error:
            form.add_error(None, error.message)
        else:
            said = ngettext(
                "%(count)s bijeenkomst is aangepast.", "%(count)s bijeenkomsten zijn aangepast.", number
            )
            messages.success(request, said % {"count": number})
            return redirect("lms:cohort", session.cohort_id)
    context = {
        "form": form,
        "cohort": session.cohort,
        "title": _("Wijzig deze en de volgende"),
        "save": _("Wijzig ze allemaal"),
        "note": _("Wat je apart wijzigde, afgelastte of waar iemand genoteerd is, blijft zoals het is."),
    }
    return _page(request, "lms/trainer/edition_form.html", context, form)


@leads
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: SignedInRequest, cohort_id: int) -> HttpResponse:
    """A new edition like this one, or a template of it."""
    found = led_cohort(request, cohort_id)
    keeps = "keep_as" in request.POST
    form = CopyForm(request.POST if request.method == "POST" and not keeps else None)
    template = TemplateForm(request.POST if keeps else None, initial={"keep_as": found.name})
    used: BaseForm = template if keeps else form
    if used.is_bound and used.is_valid():
        data = used.cleaned_data
        try:
            if keeps:
                save_as_template(cohort_id=found.pk, actor=request.user, name=data["keep_as"])
                messages.success(request, _("Het sjabloon is bewaard bij deze cursus."))
                return redirect("lms:cohort", found.pk)
            made = copy_cohort(
                cohort_id=found.pk, actor=request.user, name=data["name"], starts_on=data["starts_on"]
            )
        except CohortError as error:
            used.add_error(None, error.message)
        else:
            messages.success(request, _("De nieuwe groep staat klaar, met dezelfde bijeenkomsten."))
            return redirect("lms:cohort", made.pk)
    context = {
        "form": form,
        "template_form": template,
        "cohort": found,
        "templates": list(CohortTemplate.objects.filter(course=found.course_id)),
    }
    return _page(request, "lms/trainer/copy.html", context, used)


@leads
@require_http_methods(["GET", "HEAD", "POST"])
def from_template(request: SignedInRequest, template_id: int) -> HttpResponse:
    """A cohort from a template."""
    found = get_object_or_404(CohortTemplate.objects.select_related("course"), pk=template_id)
    form = FromTemplateForm(
        request.POST if request.method == "POST" else None, initial={"trainers": [request.user.pk]}
    )
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = cohort_from_template(
                template_id=found.pk,
                actor=request.user,
                name=data["name"],
                starts_on=data["starts_on"],
                place=data["place"],
                trainer_ids=tuple(trainer.pk for trainer in data["trainers"]),
            )
        except CohortError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("De groep staat klaar."))
            return redirect("lms:cohort", made.pk)
    context = {"form": form, "title": found.name, "lead": found.course.title, "save": _("Maak de groep")}
    return _page(request, "lms/trainer/edition_form.html", context, form)


def _page(request: SignedInRequest, name: str, context: dict[str, object], form: BaseForm) -> HttpResponse:
    return render(request, name, context, status=422 if form.is_bound and form.errors else 200)
