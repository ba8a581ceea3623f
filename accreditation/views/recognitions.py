"""Recognitions: the office's list and withdrawal, dossiers that wait for readers, and the professional's own page."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation.domain.assignment import assign_readers, rounds_without_readers
from accreditation.domain.hearings import heard_hearing
from accreditation.domain.queries.recognitions import FILTERS, recognition_list, rows_of
from accreditation.domain.recognitions import withdraw_recognition
from accreditation.enums import Level
from accreditation.enums_committee import WithdrawalGround
from accreditation.exceptions import RecognitionError
from accreditation.forms.committee import WithdrawalForm
from accreditation.models import Letter, Recognition
from accreditation.rules import can_withdraw_recognition
from accreditation.views.appeals import standing_of
from people.api import Role, SignedInRequest, freshly_signed_in, role_required, signed_in

staff_only = role_required(Role.NETWORK_STAFF)


@staff_only
@require_GET
def recognitions(request: SignedInRequest) -> HttpResponse:
    """All recognitions: search and filter."""
    found = recognition_list(
        on=timezone.localdate(),
        words=request.GET.get("zoek", "")[:100],
        level=request.GET.get("niveau", ""),
        status=request.GET.get("status", ""),
        page_number=request.GET.get("bladzijde", 1),
    )
    context = {"found": found, "page_obj": found.page, "levels": Level, "filters": FILTERS}
    return render(request, "accreditation/recognition/list.html", context)


@staff_only
@freshly_signed_in()
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, recognition_id: int) -> HttpResponse:
    """Withdraw in two steps: this page says what follows, its form does it."""
    recognition = get_object_or_404(Recognition.objects.select_related("person"), pk=recognition_id)
    if not can_withdraw_recognition(request.user, recognition):
        raise Http404
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    hearing = heard_hearing(recognition)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_recognition(
                recognition_id=recognition.pk,
                withdrawn_by=request.user,
                reason=form.cleaned_data["reason"],
                ground=hearing.ground if hearing else WithdrawalGround.OWN_REQUEST,
            )
        except RecognitionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De erkenning is ingetrokken. De brief is verstuurd."))
            return redirect("accreditation:recognitions")
    (row,) = rows_of([recognition], timezone.localdate())
    status = 422 if form.errors else 200
    context = {"row": row, "form": form, "hearing": hearing}
    return render(request, "accreditation/recognition/withdraw.html", context, status=status)


@staff_only
@require_GET
def waiting(request: SignedInRequest) -> HttpResponse:
    """Dossiers that wait because nobody without conflict is left to read them."""
    context = {"rounds": rounds_without_readers()}
    return render(request, "accreditation/recognition/waiting.html", context)


@staff_only
@require_POST
def seek_readers(request: SignedInRequest) -> HttpResponse:
    """Look again for readers for everything that waits, for instance after a new mandate."""
    waiting_rounds = rounds_without_readers()
    for one in waiting_rounds:
        assign_readers(round=one, actor=request.user)
    if not rounds_without_readers():
        messages.success(request, _("Elk dossier heeft nu twee lezers."))
    else:
        messages.warning(
            request,
            _("Nog niet elk dossier heeft twee lezers. Vraag er een commissielid bij en zoek dan opnieuw."),
        )
    return redirect("accreditation:waiting")


@signed_in
@require_GET
def my_recognition(request: SignedInRequest) -> HttpResponse:
    """Where the professional's recognitions stand, and the letters."""
    own = list(
        Recognition.objects.filter(person=request.user)
        .select_related("person", "decision")
        .prefetch_related("hearings", "transitions", "decision__conditions")
        .order_by("-valid_from", "-id")
    )
    profile = getattr(request.user, "profile", None)
    context = {
        "rows": rows_of(own, timezone.localdate()),
        "letters": Letter.objects.filter(person=request.user),
        "has_specialised": any(one.level == Level.SPECIALISED for one in own),
        "is_listed": bool(profile and profile.public_listing),
    }
    return render(request, "accreditation/recognition/mine.html", context)


@signed_in
@require_GET
def letter(request: SignedInRequest, letter_id: int) -> HttpResponse:
    """One letter, for the person to whom it was written."""
    found = get_object_or_404(
        Letter.objects.select_related("decision__round__appeal", "recognition"),
        pk=letter_id,
        person=request.user,
    )
    context = {"letter": found, "appeal": standing_of(found)}
    return render(request, "accreditation/recognition/letter.html", context)
