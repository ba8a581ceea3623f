"""Meetings of the committee: call, agenda, room, decisions, minutes. A tied member sees only that an item is closed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation.domain.batch import clear_cases, decide_batch
from accreditation.domain.conditions import from_json
from accreditation.domain.decisions import draft_letter
from accreditation.domain.meetings import (
    adjourn_item,
    ask_for_meeting,
    call_meeting,
    close_meeting,
    decide_item,
    open_meeting,
    set_room,
)
from accreditation.domain.minutes import minutes_for, minutes_pdf
from accreditation.domain.opinions import opinions_for
from accreditation.domain.panel import possible_outcomes
from accreditation.domain.queries.agenda import meeting_view, meetings, next_meeting
from accreditation.domain.queries.reading import reading_dossier
from accreditation.domain.tie_questions import open_questions
from accreditation.exceptions import CommitteeError, DecisionConflictError, RenderError
from accreditation.forms.committee import DecisionForm, DeclareConflictForm, JudgementForm
from accreditation.forms.meeting import MeetingForm
from accreditation.models import AgendaItem, CommitteeMeeting, DossierRound
from accreditation.views.committee import all_opinions, conflict_page, render_letter, round_or_404
from accreditation.views.committee_desk import member_only
from people.api import SignedInRequest, freshly_signed_in


@member_only
@require_http_methods(["GET", "POST"])
def meeting_list(request: SignedInRequest) -> HttpResponse:
    """All meetings, and a form to call one."""
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        starts_at = timezone.make_aware(datetime.combine(data["day"], data["time"]))
        try:
            meeting = call_meeting(called_by=request.user, starts_at=starts_at, place=data["place"])
        except CommitteeError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De vergadering is gepland."))
            return redirect("accreditation:meeting", meeting_id=meeting.pk)
    context = {"meetings": meetings(), "form": form}
    status = 422 if form.errors else 200
    return render(request, "accreditation/committee/meetings.html", context, status=status)


@member_only
@require_GET
def meeting(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Agenda and room."""
    found = get_object_or_404(CommitteeMeeting, pk=meeting_id)
    context = {"view": meeting_view(found, viewer=request.user), "meeting": found}
    return render(request, "accreditation/committee/meeting.html", context)


def _run(request: SignedInRequest, meeting_id: int, verb: Callable[[], object], done: str) -> HttpResponse:
    """Run a verb of the meeting and go back to its page; a refusal becomes a message."""
    get_object_or_404(CommitteeMeeting, pk=meeting_id)
    try:
        verb()
    except CommitteeError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("accreditation:meeting", meeting_id=meeting_id)


@member_only
@require_POST
def meeting_open(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Begin."""
    return _run(
        request,
        meeting_id,
        lambda: open_meeting(meeting_id=meeting_id, by=request.user),
        _("De vergadering is open. Duid aan wie er is."),
    )


@member_only
@require_POST
def meeting_room(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Who is in the room now."""
    ids = [int(one) for one in request.POST.getlist("member") if one.isdecimal() and len(one) < 18]
    return _run(
        request,
        meeting_id,
        lambda: set_room(meeting_id=meeting_id, by=request.user, member_ids=ids),
        _("De aanwezigen zijn bijgewerkt."),
    )


@member_only
@require_POST
def meeting_close(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """End, and freeze the minutes."""
    return _run(
        request,
        meeting_id,
        lambda: close_meeting(meeting_id=meeting_id, by=request.user),
        _("De vergadering is afgesloten. Het verslag staat klaar."),
    )


@member_only
@require_POST
def agenda_add(request: SignedInRequest, round_id: int) -> HttpResponse:
    """Put a dossier on the agenda of the next meeting."""
    round_or_404(request, round_id)
    coming = next_meeting()
    if coming is None:
        messages.error(request, _("Er is nog geen vergadering gepland. Plan er eerst een."))
        return redirect("accreditation:meetings")
    return _run(
        request,
        coming.pk,
        lambda: ask_for_meeting(meeting_id=coming.pk, round_id=round_id, member=request.user),
        _("Het dossier staat op de agenda."),
    )


def _item_or_404(request: SignedInRequest, meeting_id: int, item_id: int) -> tuple[AgendaItem, DossierRound]:
    item = get_object_or_404(AgendaItem.objects.select_related("meeting"), pk=item_id, meeting_id=meeting_id)
    return item, round_or_404(request, item.round_id)


@member_only
@freshly_signed_in()
@require_http_methods(["GET", "POST"])
def agenda_item(request: SignedInRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """One item: dossier, opinions, and the decision of the meeting with its letter."""
    item, round = _item_or_404(request, meeting_id, item_id)
    if item.decision_id is not None and request.method == "GET":
        return redirect("accreditation:deciding", round_id=round.pk)
    if open_questions(dossier=round.dossier, member_id=request.user.pk):
        return redirect("accreditation:deciding", round_id=round.pk)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    step = request.POST.get("step", "")
    if request.method == "POST" and form.is_valid():
        answer = _take_item(request, item, round, form, step)
        if answer is not None:
            return answer
    elif step == "send" and set(form.errors) == {"letter_body"}:
        return render_letter(request, round, form, form.cleaned_data)
    return _item_page(request, item, round, form)


def _take_item(
    request: SignedInRequest, item: AgendaItem, round: DossierRound, form: DecisionForm, step: str
) -> HttpResponse | None:
    """The letter, or the decision; None when the form must be shown again."""
    data = form.cleaned_data
    try:
        if step == "send":
            decide_item(item_id=item.pk, decider=request.user, **form.decision())
        elif step == "letter":
            draft = draft_letter(round=round, **form.judgement())
            initial = {
                **{key: data[key] for key in ("outcome", "reason_codes", "text")},
                **JudgementForm.condition_initial(data["conditions"]),
                "letter_body": draft.body,
            }
            return render_letter(request, round, DecisionForm(initial=initial), data)
        else:
            return _item_page(request, item, round, DecisionForm(initial={**data, "letter_body": ""}))
    except DecisionConflictError as error:
        return conflict_page(request, round, error)
    except CommitteeError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("Beslist. De brief is verstuurd."))
    return redirect("accreditation:meeting", meeting_id=item.meeting_id)


def _item_page(
    request: SignedInRequest, item: AgendaItem, round: DossierRound, form: DecisionForm
) -> HttpResponse:
    opinions = opinions_for(round=round, viewer=request.user)
    dossier = reading_dossier(round)
    view = meeting_view(item.meeting, viewer=request.user)
    given = all_opinions(opinions)
    details = [one.detail for one in given if hasattr(one, "detail") and one.detail.conditions]
    if not form.is_bound and not form.initial and details:
        form = DecisionForm(initial=JudgementForm.condition_initial(from_json(details[0].conditions)))
    form.offer(possible_outcomes(round))
    context: dict[str, Any] = {
        "item": item,
        "meeting": item.meeting,
        "line": next(line for line in view.lines if line.item.pk == item.pk),
        "round": round,
        "applicant": round.dossier.person,
        "dossier": dossier,
        "rows": [{"criterion": one} for one in dossier.criteria],
        "opinions": opinions,
        "all_opinions": given,
        "form": form,
        "conflict_form": DeclareConflictForm(),
    }
    status = 422 if form.errors else 200
    return render(request, "accreditation/committee/agenda_item.html", context, status=status)


@member_only
@require_POST
def item_adjourn(request: SignedInRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Put an item off."""
    item, _round = _item_or_404(request, meeting_id, item_id)
    return _run(
        request,
        meeting_id,
        lambda: adjourn_item(item_id=item.pk, by=request.user),
        _("Het punt is verdaagd. Het komt op de volgende agenda."),
    )


@member_only
@freshly_signed_in()
@require_GET
def minutes(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """The minutes as PDF, without the items for which the reader left the room."""
    found = get_object_or_404(CommitteeMeeting, pk=meeting_id)
    try:
        content = minutes_pdf(minutes_for(found, viewer=request.user))
    except CommitteeError as error:
        messages.info(request, str(error))
        return redirect("accreditation:meeting", meeting_id=meeting_id)
    except RenderError:
        messages.error(request, _("Het verslag kon nu niet gemaakt worden. Probeer het zo dadelijk opnieuw."))
        return redirect("accreditation:meeting", meeting_id=meeting_id)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"verslag-{timezone.localdate(found.starts_at).isoformat()}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@member_only
@freshly_signed_in()
@require_http_methods(["GET", "POST"])
def batch(request: SignedInRequest) -> HttpResponse:
    """Clear cases: choose, and decide them together."""
    result = None
    if request.method == "POST":
        ids = [int(one) for one in request.POST.getlist("round") if one.isdecimal() and len(one) < 18][:100]
        if not ids:
            messages.error(request, _("Vink eerst aan over welke dossiers je beslist."))
            return redirect("accreditation:batch")
        result = decide_batch(round_ids=ids, decider=request.user)
        if not result.refused and not result.gone:
            messages.success(
                request,
                _("Beslist over %(count)s dossiers. De brieven zijn verstuurd.") % {"count": result.decided},
            )
            return redirect("accreditation:committee")
    context = {"cases": clear_cases(member_id=request.user.pk), "result": result}
    if request.method == "POST" and result is None:
        raise Http404
    status = 409 if result is not None else 200
    return render(request, "accreditation/committee/batch.html", context, status=status)
