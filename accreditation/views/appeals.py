"""The professional does not agree: read until when, write why, and follow what happens."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation.domain.appeals import AppealStanding, appeal_standing, lodge_appeal
from accreditation.domain.withdrawal_appeals import appeal_withdrawal, withdrawal_standing
from accreditation.enums import LetterKind
from accreditation.exceptions import AppealError
from accreditation.forms.appeal import AppealForm
from accreditation.models import Letter
from people.api import SignedInRequest, User, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def appeal(request: SignedInRequest, letter_id: int) -> HttpResponse:
    """Appeal against the decision or the withdrawal of a letter, or see where the appeal stands."""
    letter = get_object_or_404(
        Letter.objects.select_related("decision__round__appeal", "decision__round__dossier", "recognition"),
        pk=letter_id,
        person=request.user,
    )
    standing = standing_of(letter)
    if standing is None:
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _lodge(letter, request.user, form.cleaned_data["text"])
        except AppealError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Je bezwaar is ingediend. Andere leden lezen je dossier opnieuw."))
            return redirect("accreditation:appeal", letter_id=letter.pk)
    context = {"letter": letter, "standing": standing, "form": form}
    status = 422 if form.errors else 200
    return render(request, "accreditation/recognition/appeal.html", context, status=status)


def standing_of(letter: Letter) -> AppealStanding | None:
    """Where what a letter says stands with regard to appeal; None when it is no decision and no withdrawal."""
    if letter.decision is not None:
        return appeal_standing(letter.decision)
    if letter.kind == LetterKind.WITHDRAWAL and letter.recognition is not None:
        return withdrawal_standing(letter.recognition)
    return None


def _lodge(letter: Letter, person: User, text: str) -> None:
    if letter.decision is not None:
        lodge_appeal(decision_id=letter.decision.pk, person=person, text=text)
    elif letter.recognition is not None:
        appeal_withdrawal(recognition_id=letter.recognition.pk, person=person, text=text)
