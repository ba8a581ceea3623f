"""The office's page of one recognition: status, history, and the steps that fit today. And the holder's answer."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation.domain.hearings import announce_withdrawal, answer_hearing, keep_recognition
from accreditation.domain.queries.recognition_file import recognition_file
from accreditation.domain.recognition_life import (
    defer_renewal,
    lift_suspension,
    meet_condition,
    suspend_recognition,
)
from accreditation.exceptions import RecognitionError
from accreditation.forms.recognition import (
    DeferralForm,
    HearingAnswerForm,
    HearingForm,
    KeepForm,
    LiftForm,
    SuspensionForm,
)
from accreditation.models import Condition, Hearing, Recognition
from people.api import Role, SignedInRequest, View, freshly_signed_in, role_required, signed_in


def staff_only(view: View) -> View:
    """The office, and only when it showed lately who it is."""
    return role_required(Role.NETWORK_STAFF)(freshly_signed_in()(view))


FORMS: dict[str, type[forms.Form]] = {
    "deferral": DeferralForm,
    "suspension": SuspensionForm,
    "lifting": LiftForm,
    "hearing": HearingForm,
    "keeping": KeepForm,
}


def _recognition(recognition_id: int) -> Recognition:
    return get_object_or_404(
        Recognition.objects.select_related("person__profile__profession", "decision__round"),
        pk=recognition_id,
    )


@staff_only
@require_GET
def detail(request: SignedInRequest, recognition_id: int) -> HttpResponse:
    """What it is worth today, why, what happened before, and what the office can do."""
    return _page(request, _recognition(recognition_id), {})


def _page(request: SignedInRequest, recognition: Recognition, bound: dict[str, forms.Form]) -> HttpResponse:
    today = timezone.localdate()
    found = recognition_file(recognition, today, with_text=True)
    fresh = {name: form(prefix=name) for name, form in FORMS.items()}
    fresh["deferral"] = DeferralForm(prefix="deferral", initial={"seen_version": recognition.version})
    context = {
        "file": found,
        "row": found.row,
        "forms": {**fresh, **bound},
        "is_own": recognition.person_id == request.user.pk,
    }
    status = 422 if bound else 200
    return render(request, "accreditation/recognition/detail.html", context, status=status)


def _take(
    request: SignedInRequest,
    recognition_id: int,
    name: str,
    verb: Callable[[dict[str, Any]], object],
    done: str,
) -> HttpResponse:
    """Run one step of the office; a refusal stands in the form, with what was typed."""
    recognition = _recognition(recognition_id)
    if recognition.person_id == request.user.pk:
        raise Http404
    form = FORMS[name](request.POST, prefix=name)
    if form.is_valid():
        try:
            verb(form.cleaned_data)
        except RecognitionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("accreditation:recognition", recognition_id=recognition_id)
    return _page(request, recognition, {name: form})


@staff_only
@require_POST
def defer(request: SignedInRequest, recognition_id: int) -> HttpResponse:
    """Give more time to renew."""
    return _take(
        request,
        recognition_id,
        "deferral",
        lambda data: defer_renewal(recognition_id=recognition_id, by=request.user, **data),
        _("Het uitstel is gegeven. De brief is verstuurd."),
    )


@staff_only
@require_POST
def suspend(request: SignedInRequest, recognition_id: int) -> HttpResponse:
    """Let a recognition rest."""
    return _take(
        request,
        recognition_id,
        "suspension",
        lambda data: suspend_recognition(recognition_id=recognition_id, by=request.user, **data),
        _("De erkenning is geschorst. De brief is verstuurd."),
    )


@staff_only
@require_POST
def lift(request: SignedInRequest, recognition_id: int) -> HttpResponse:
    """End a suspension."""
    return _take(
        request,
        recognition_id,
        "lifting",
        lambda data: lift_suspension(recognition_id=recognition_id, by=request.user, **data),
        _("De schorsing is opgeheven. De brief is verstuurd."),
    )


@staff_only
@require_POST
def hear(request: SignedInRequest, recognition_id: int) -> HttpResponse:
    """Announce a withdrawal and ask for the person's story."""
    return _take(
        request,
        recognition_id,
        "hearing",
        lambda data: announce_withdrawal(recognition_id=recognition_id, by=request.user, **data),
        _("De persoon krijgt een brief en kan antwoorden."),
    )


@staff_only
@require_POST
def keep(request: SignedInRequest, recognition_id: int) -> HttpResponse:
    """The recognition stays."""
    hearing = Hearing.objects.filter(recognition_id=recognition_id).first()
    if hearing is None:
        raise Http404
    return _take(
        request,
        recognition_id,
        "keeping",
        lambda data: keep_recognition(hearing_id=hearing.pk, by=request.user, **data),
        _("De erkenning blijft. De brief is verstuurd."),
    )


@staff_only
@require_POST
def condition_met(request: SignedInRequest, recognition_id: int, condition_id: int) -> HttpResponse:
    """A condition is in order."""
    get_object_or_404(Condition, pk=condition_id, decision__recognition__pk=recognition_id)
    try:
        meet_condition(condition_id=condition_id, by=request.user)
    except RecognitionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("De voorwaarde is in orde. De brief is verstuurd."))
    return redirect("accreditation:recognition", recognition_id=recognition_id)


@signed_in
@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, hearing_id: int) -> HttpResponse:
    """The holder reads what is intended and answers."""
    hearing = get_object_or_404(
        Hearing.objects.select_related("recognition"), pk=hearing_id, recognition__person=request.user
    )
    form = HearingAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_hearing(hearing_id=hearing.pk, person=request.user, response=form.cleaned_data["response"])
        except RecognitionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Je antwoord is verstuurd. We lezen het voor we iets beslissen."))
            return redirect("accreditation:hearing_answer", hearing_id=hearing.pk)
    context = {"hearing": hearing, "form": form, "late": timezone.localdate() > hearing.respond_by}
    status = 422 if form.errors else 200
    return render(request, "accreditation/recognition/answer.html", context, status=status)
