"""The reading desk: a question about a tie first, then documents, own notes, scores and the opinion."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accreditation.domain.assignment import IN_PROCEDURE, assign_readers, step_aside
from accreditation.domain.conflicts import is_tied
from accreditation.domain.drafts import draft_of, save_draft
from accreditation.domain.opinions import give_opinion, opinions_for
from accreditation.domain.panel import possible_outcomes
from accreditation.domain.queries.reading import reading_dossier
from accreditation.domain.rubrics import RubricOfDay, rubric_for
from accreditation.domain.tie_questions import answer_no_tie, open_questions
from accreditation.exceptions import CommitteeError, ConflictOfInterestError
from accreditation.forms.committee import DESK_FORM, DeclareConflictForm, ReadingForm
from accreditation.models import Decision, DossierRound, ReaderAssignment
from accreditation.rules import can_read_round
from people.api import Role, SignedInRequest, freshly_signed_in, role_required

member_only = role_required(Role.COMMITTEE_MEMBER)


def assignment_or_404(request: SignedInRequest, assignment_id: int) -> ReaderAssignment:
    """The reader's own task. Another member's, a released one and none at all look the same."""
    assignment = (
        ReaderAssignment.objects.select_related(
            "round__dossier__person", "round__criteria_version", "round__appeal", "round__disagreement"
        )
        .filter(pk=assignment_id)
        .first()
    )
    if assignment is None or not can_read_round(request.user, assignment):
        raise Http404
    return assignment


def _keep_draft(request: SignedInRequest, assignment_id: int) -> None:
    """The session grew old while somebody was typing: keep the notes before they show who they are."""
    assignment = assignment_or_404(request, assignment_id)
    if is_tied(dossier=assignment.round.dossier, member_id=request.user.pk):
        return
    round = assignment.round
    form = ReadingForm(
        request.POST,
        criteria=reading_dossier(round).criteria,
        lines=rubric_for(round.snapshot, timezone.localdate()).lines,
    )
    save_draft(assignment_id=assignment.pk, reader=request.user, **form.draft())


@member_only
@freshly_signed_in(keep=_keep_draft)
@require_http_methods(["GET", "POST"])
def reading(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """Documents on one side, criteria with notes and scores on the other, the opinion at the bottom."""
    assignment = assignment_or_404(request, assignment_id)
    round = assignment.round
    if is_tied(dossier=round.dossier, member_id=request.user.pk):
        return _tied_by_now(request, round)
    hints = open_questions(dossier=round.dossier, member_id=request.user.pk)
    if hints:
        return _question_page(request, assignment, DeclareConflictForm())
    dossier, rubric = reading_dossier(round), rubric_for(round.snapshot, timezone.localdate())
    draft = draft_of(assignment.pk)
    form = ReadingForm(
        request.POST if request.method == "POST" else None,
        initial=ReadingForm.initial_from(draft),
        criteria=dossier.criteria,
        lines=rubric.lines,
    )
    if request.method == "POST":
        answer = _receive(request, assignment, form)
        if answer is not None:
            return answer
    return _reading_page(request, assignment, form, DeclareConflictForm(), rubric)


def _receive(
    request: SignedInRequest, assignment: ReaderAssignment, form: ReadingForm
) -> HttpResponse | None:
    """Keep the notes, and give the opinion when that is asked; None when the form must be shown again."""
    try:
        save_draft(assignment_id=assignment.pk, reader=request.user, **form.draft())
        if request.POST.get("step") == "save":
            messages.success(request, _("Je notities zijn bewaard. Alleen jij ziet ze."))
            return redirect("accreditation:reading", assignment_id=assignment.pk)
        if not form.is_valid():
            return None
        give_opinion(assignment_id=assignment.pk, reader=request.user, **form.judgement())
    except ConflictOfInterestError:
        return _tied_by_now(request, assignment.round)
    except CommitteeError as error:
        form.is_valid()
        form.add_error(None, str(error))
        return None
    messages.success(
        request,
        _("Je advies is gegeven. Zodra ook de andere lezer klaar is, kunnen jullie elkaars advies lezen."),
    )
    return redirect("accreditation:reading", assignment_id=assignment.pk)


def _reading_page(
    request: SignedInRequest,
    assignment: ReaderAssignment,
    form: ReadingForm,
    conflict_form: DeclareConflictForm,
    rubric: RubricOfDay,
) -> HttpResponse:
    round = assignment.round
    opinions = opinions_for(round=round, viewer=request.user)
    decision = Decision.objects.filter(round=round).first()
    # A round that was decided stays closed, also while others read an appeal: its files are theirs.
    is_open = decision is None and round.dossier.stage in IN_PROCEDURE
    form.offer(possible_outcomes(round))
    rows: list[dict[str, Any]] = form.desk_rows()
    if opinions.own or not is_open:
        rows = [{"criterion": row["criterion"], "kept": row["note"].value()} for row in rows]
    context = {
        "assignment": assignment,
        "round": round,
        "applicant": round.dossier.person,
        "dossier": reading_dossier(round),
        "rows": rows,
        "rubric": rubric,
        "desk_form": DESK_FORM,
        "opinions": opinions,
        "decision": decision,
        "open": is_open,
        "form": form,
        "conflict_form": conflict_form,
    }
    status = 422 if form.errors or conflict_form.errors else 200
    return render(request, "accreditation/committee/reading.html", context, status=status)


def _question_page(
    request: SignedInRequest, assignment: ReaderAssignment, conflict_form: DeclareConflictForm
) -> HttpResponse:
    round = assignment.round
    context = {
        "applicant": round.dossier.person,
        "hints": open_questions(dossier=round.dossier, member_id=request.user.pk),
        "answer_name": "accreditation:reading_no_tie",
        "aside_name": "accreditation:reading_step_aside",
        "pk": assignment.pk,
        "conflict_form": conflict_form,
    }
    status = 422 if conflict_form.errors else 200
    return render(request, "accreditation/committee/question.html", context, status=status)


@member_only
@require_POST
def reading_no_tie(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """The reader does not know the applicant: the dossier opens."""
    assignment = assignment_or_404(request, assignment_id)
    answer_no_tie(dossier=assignment.round.dossier, member=request.user)
    return redirect("accreditation:reading", assignment_id=assignment.pk)


def _tied_by_now(request: SignedInRequest, round: DossierRound) -> HttpResponse:
    """A relation that came up after the assignment: record it, find somebody else, and say so kindly."""
    if request.method == "POST":
        assign_readers(round=round, actor=request.user)
        messages.info(request, _("Dank je. We zoeken een andere lezer. Je hoeft niets meer te doen."))
        return redirect("accreditation:committee")
    return render(request, "accreditation/committee/tied.html", {}, status=403)


@member_only
@require_POST
def reading_step_aside(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """The reader knows the applicant: another reader is sought at once."""
    assignment = assignment_or_404(request, assignment_id)
    form = DeclareConflictForm(request.POST)
    if form.is_valid():
        step_aside(round=assignment.round, member=request.user, reason=form.cleaned_data["reason"])
        return stepped_aside(request)
    if open_questions(dossier=assignment.round.dossier, member_id=request.user.pk):
        return _question_page(request, assignment, form)
    rubric = rubric_for(assignment.round.snapshot, timezone.localdate())
    reading_form = ReadingForm(
        initial=ReadingForm.initial_from(draft_of(assignment.pk)),
        criteria=reading_dossier(assignment.round).criteria,
        lines=rubric.lines,
    )
    return _reading_page(request, assignment, reading_form, form, rubric)


def stepped_aside(request: HttpRequest) -> HttpResponseRedirect:
    """Thanks, and back to the queue."""
    messages.success(request, _("Dank je dat je het zegt. Iemand anders neemt dit dossier over."))
    return redirect("accreditation:committee")
