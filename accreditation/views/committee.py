"""The committee's screens: queue and decision. Every view starts with the mandate, then the dossier."""

import zlib
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation.domain.assignment import IN_PROCEDURE, assign_readers, step_aside
from accreditation.domain.conditions import from_json
from accreditation.domain.conflicts import is_tied
from accreditation.domain.decisions import appeal_words, decide, draft_letter
from accreditation.domain.opinions import OpinionsView, opinions_for
from accreditation.domain.panel import disagreement_of, possible_outcomes, spoke_before
from accreditation.domain.queries.committee import committee_desk
from accreditation.domain.queries.reading import reading_dossier
from accreditation.domain.tie_questions import answer_no_tie, open_questions
from accreditation.enums import Outcome, ReasonCode
from accreditation.enums_committee import DisagreementWay
from accreditation.exceptions import CommitteeError, ConflictOfInterestError, DecisionConflictError
from accreditation.forms.committee import DecisionForm, DeclareConflictForm, JudgementForm
from accreditation.models import Decision, DossierRound
from accreditation.views.committee_desk import member_only, stepped_aside
from people.api import SignedInRequest, freshly_signed_in


@member_only
@require_GET
def queue(request: SignedInRequest) -> HttpResponse:
    """What the member reads, what can be decided, and everything else that is open."""
    desk = committee_desk(member_id=request.user.pk, page_number=request.GET.get("bladzijde", 1))
    return render(request, "accreditation/committee/queue.html", {"desk": desk, "page_obj": desk.page})


def round_or_404(request: SignedInRequest, round_id: int) -> DossierRound:
    """A round that the member may know of. One's own, a friend's and none at all look the same."""
    round = get_object_or_404(
        DossierRound.objects.select_related(
            "dossier__person", "criteria_version", "appeal__decision", "disagreement"
        ),
        pk=round_id,
    )
    if is_tied(dossier=round.dossier, member_id=request.user.pk):
        raise Http404
    if request.user.pk in spoke_before(round):
        raise Http404
    return round


@member_only
@freshly_signed_in()
@require_http_methods(["GET", "POST"])
def deciding(request: SignedInRequest, round_id: int) -> HttpResponse:
    """Both opinions, the decision, and in a second step the letter. Once decided: what was decided, to read again."""
    round = round_or_404(request, round_id)
    decided = Decision.objects.filter(round=round).exists()
    hints = () if decided else open_questions(dossier=round.dossier, member_id=request.user.pk)
    if hints:
        return _question_page(request, round, DeclareConflictForm())
    form = DecisionForm(request.POST if request.method == "POST" else None)
    step = request.POST.get("step", "")
    if request.method == "POST" and form.is_valid():
        if step == "send":
            answer = _receive_decision(request, round, form)
            if answer is not None:
                return answer
        elif step == "letter" and not decided:
            answer = _letter_page(request, round, form)
            if answer is not None:
                return answer
    elif step == "send" and set(form.errors) == {"letter_body"}:
        # A letter that is too long: stay with the letter, keep what was typed.
        return render_letter(request, round, form, form.cleaned_data)
    return _deciding_page(request, round, form, edit=step == "edit")


def _question_page(
    request: SignedInRequest, round: DossierRound, conflict_form: DeclareConflictForm
) -> HttpResponse:
    context = {
        "applicant": round.dossier.person,
        "hints": open_questions(dossier=round.dossier, member_id=request.user.pk),
        "answer_name": "accreditation:deciding_no_tie",
        "aside_name": "accreditation:deciding_step_aside",
        "pk": round.pk,
        "conflict_form": conflict_form,
    }
    return render(request, "accreditation/committee/question.html", context)


@member_only
@require_POST
def deciding_no_tie(request: SignedInRequest, round_id: int) -> HttpResponse:
    """The member does not know the applicant: the dossier opens."""
    round = round_or_404(request, round_id)
    answer_no_tie(dossier=round.dossier, member=request.user)
    return redirect("accreditation:deciding", round_id=round.pk)


def _receive_decision(
    request: SignedInRequest, round: DossierRound, form: DecisionForm
) -> HttpResponse | None:
    """Decide; None when the form must be shown again."""
    try:
        decide(round_id=round.pk, decider=request.user, **form.decision())
    except DecisionConflictError as error:
        return conflict_page(request, round, error)
    except ConflictOfInterestError:
        assign_readers(round=round, actor=request.user)
        raise Http404 from None
    except CommitteeError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("Beslist. De brief is verstuurd."))
    return redirect("accreditation:deciding", round_id=round.pk)


def conflict_page(request: SignedInRequest, round: DossierRound, error: Exception) -> HttpResponse:
    """Somebody decided first, or the dossier is gone: what counts, and what was not sent."""
    decision = Decision.objects.select_related("decided_by").filter(round=round).first()
    context = {"round": round, "decision": decision, "error": str(error)}
    return render(request, "accreditation/committee/decision_conflict.html", context, status=409)


def _letter_page(request: SignedInRequest, round: DossierRound, form: DecisionForm) -> HttpResponse | None:
    """Second step: the letter drafted from the reasons; None when a condition does not fit this recognition."""
    data = form.cleaned_data
    try:
        draft = draft_letter(round=round, **form.judgement())
    except CommitteeError as error:
        form.add_error(None, str(error))
        return None
    again = DecisionForm(
        initial={
            **{key: data[key] for key in ("outcome", "reason_codes", "text")},
            **JudgementForm.condition_initial(data["conditions"]),
            "letter_body": draft.body,
        }
    )
    return render_letter(request, round, again, data)


def render_letter(
    request: SignedInRequest, round: DossierRound, form: DecisionForm, data: dict[str, Any]
) -> HttpResponse:
    """The letter, to edit before it is sent."""
    context = {
        "round": round,
        "applicant": round.dossier.person,
        "form": form,
        "outcome": Outcome(data["outcome"]),
        "reasons": [ReasonCode(code) for code in data["reason_codes"]],
        "data": data,
        "conditions": [
            {"place": place, "text": text, "due": due}
            for place, (text, due) in enumerate(data.get("conditions", []), start=1)
        ],
        "appeal": appeal_words(round),
        # A letter that was typed for another decision must not come back as a draft of this one.
        "form_key": _letter_key(round, data),
    }
    status = 422 if form.errors else 200
    return render(request, "accreditation/committee/letter.html", context, status=status)


def _letter_key(round: DossierRound, data: dict[str, Any]) -> str:
    """Names the browser's draft of the letter by the decision that it goes with."""
    decision = repr([data["outcome"], data["reason_codes"], data["text"], data.get("conditions")])
    return f"brief-{round.pk}-{zlib.crc32(decision.encode())}"


def _deciding_page(
    request: SignedInRequest, round: DossierRound, form: DecisionForm, *, edit: bool
) -> HttpResponse:
    opinions = opinions_for(round=round, viewer=request.user)
    decision = Decision.objects.select_related("decided_by", "letter").filter(round=round).first()
    if edit:
        form = _edited_again(request)
    elif not form.is_bound and opinions.complete:
        form = DecisionForm(initial=_proposed(opinions))
    form.offer(possible_outcomes(round))
    shown = opinions.complete or decision is not None
    dossier = reading_dossier(round) if shown else None
    noted = disagreement_of(round)
    context: dict[str, Any] = {
        "round": round,
        "applicant": round.dossier.person,
        "dossier": dossier,
        "rows": [{"criterion": one} for one in dossier.criteria] if dossier else [],
        "opinions": opinions,
        "all_opinions": all_opinions(opinions),
        "decision": decision,
        "conditions": list(decision.conditions.all()) if decision else [],
        "open": decision is None and round.dossier.stage in IN_PROCEDURE,
        "for_meeting": noted is not None and noted.way == DisagreementWay.MEETING,
        "may_settle": opinions.majority is not None,
        "majority": Outcome(opinions.majority) if opinions.majority else None,
        "days": max(0, (timezone.localdate() - timezone.localdate(round.submitted_at)).days),
        "form": form,
        "conflict_form": DeclareConflictForm(),
    }
    status = 422 if form.errors else 200
    return render(request, "accreditation/committee/deciding.html", context, status=status)


def _edited_again(request: SignedInRequest) -> DecisionForm:
    """Back from the letter: what was typed, as if it stood there for the first time."""
    typed = request.POST
    places = {name: typed[name] for name in typed if name.startswith(("condition_", "due_"))}
    return DecisionForm(
        initial={
            "outcome": typed.get("outcome", ""),
            "reason_codes": typed.getlist("reason_codes"),
            "text": typed.get("text", ""),
            **places,
        }
    )


def _proposed(opinions: OpinionsView) -> dict[str, Any]:
    """What the majority proposes, as the beginning of the decision: reasons and conditions, never the words."""
    found = [one for one in all_opinions(opinions) if one.outcome == opinions.majority]
    if not found:
        return {}
    codes = [code for code in ReasonCode if any(code in one.reason_codes for one in found)]
    details = [one.detail for one in found if hasattr(one, "detail")]
    conditions = from_json(details[0].conditions) if details else []
    return {
        "outcome": opinions.majority,
        "reason_codes": [code.value for code in codes],
        **JudgementForm.condition_initial(conditions),
    }


def all_opinions(opinions: OpinionsView) -> list[Any]:
    """All opinions in the order in which they were given, once they may be seen."""
    if not opinions.complete:
        return []
    found = [*opinions.others, *([opinions.own] if opinions.own else [])]
    return sorted(found, key=lambda one: one.pk)


@member_only
@require_POST
def deciding_step_aside(request: SignedInRequest, round_id: int) -> HttpResponse:
    """A member who would decide knows the applicant."""
    round = round_or_404(request, round_id)
    form = DeclareConflictForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Schrijf in één zin hoe je deze persoon kent."))
        return redirect("accreditation:deciding", round_id=round.pk)
    step_aside(round=round, member=request.user, reason=form.cleaned_data["reason"])
    return stepped_aside(request)
