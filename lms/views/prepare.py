"""Before and after a session, for who leads it: preparation, materials, notes, and what people thought."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.domain.evaluation_rules import RECOMMEND, SCALE, SMALLEST, questions_of
from lms.domain.evaluations import (
    ask_opinion,
    compare_editions,
    give_opinion,
    has_answered,
    may_answer,
    outcome_of,
    save_form,
)
from lms.domain.materials import KeptFile, add_material, keep_file, loose_file, remove_material
from lms.domain.session_notes import notes_for, write_note
from lms.exceptions import CohortError, EvaluationError
from lms.forms.prepare import EvaluationFormForm, MaterialForm, NoteForm
from lms.models import Cohort, Evaluation, EvaluationForm, SessionMaterial
from lms.rules import can_read_material, is_training_staff
from lms.views.trainer import lead_session, leads
from media.api import serve_stored_file
from people.api import Role, SignedInRequest, role_required, signed_in

#: Beside which field a refusal of a material stands.
FIELD_OF = {"link_and_file": "url", "file_gone": "file"}


@leads
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: SignedInRequest, session_id: int) -> HttpResponse:
    """Materials and notes; one form or the other."""
    session = lead_session(request, session_id)
    what = request.POST.get("wat", "")
    note = NoteForm(request.POST if what == "notitie" else None)
    material = MaterialForm(*((request.POST, request.FILES) if what == "materiaal" else ()))
    if what == "weg":
        number = request.POST.get("materiaal", "")
        if number.isascii() and number.isdigit() and len(number) < 18:
            remove_material(material_id=int(number), session_id=session.pk, actor=request.user)
        return redirect("lms:prepare", session.pk)
    form: Form = note if note.is_bound else material
    kept = _kept(request, material) if material.is_bound else None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            if form is note:
                write_note(session_id=session.pk, author=request.user, topic=data["topic"], text=data["text"])
                messages.success(request, _("Je notitie is bewaard."))
            else:
                add_material(
                    session_id=session.pk,
                    actor=request.user,
                    title=data["title"],
                    url=data["url"],
                    for_trainers=data["for_trainers"],
                    file_id=kept.id if kept else None,
                    key=data["key"],
                )
                for warning in kept.warnings if kept else ():
                    messages.info(request, warning)
                messages.success(request, _("Het materiaal is toegevoegd."))
        except CohortError as error:
            form.add_error("text" if form is note else FIELD_OF.get(error.code, "title"), error.message)
        else:
            return redirect("lms:prepare", session.pk)
    context = {
        "session": session,
        "materials": list(session.materials.all()),
        "notes": notes_for(session),
        "note_form": note,
        "material_form": material,
        "kept": kept,
        "evaluation": Evaluation.objects.filter(session=session).first(),
        "forms": list(EvaluationForm.objects.filter(is_active=True)),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "lms/trainer/prepare.html", context, status=status)


def _kept(request: SignedInRequest, form: MaterialForm) -> KeptFile | None:
    """The file of this form: chosen now, or before; right or wrong as the other fields may be."""
    form.is_valid()
    kept = None
    if (upload := form.files.get("file")) is not None:
        try:
            kept = keep_file(actor=request.user, upload=upload)
        except CohortError as error:
            form.add_error("file", error.message)
    elif (number := form.cleaned_data.get("kept")) is not None:
        kept = loose_file(actor=request.user, file_id=number)
        already = form.cleaned_data.get("key")
        if kept is None and not SessionMaterial.objects.filter(key=already, file_id=number).exists():
            form.add_error("file", _("We vinden dit bestand niet meer. Kies het nog eens."))
    data = request.POST.copy()
    data["kept"] = str(kept.id) if kept else ""
    form.data = data
    return kept


@signed_in
@require_safe
def material_file(request: SignedInRequest, material_id: int) -> HttpResponseBase:
    """The file of a material, for the people of its cohort; 404 for everybody else."""
    found = get_object_or_404(
        SessionMaterial.objects.select_related("cohort", "file").exclude(file=None), pk=material_id
    )
    if found.file is None or not can_read_material(request.user, found):
        raise Http404
    return serve_stored_file(request, found.file)


@leads
@require_POST
def evaluation_ask(request: SignedInRequest, session_id: int) -> HttpResponse:
    """Ask what people thought."""
    session = lead_session(request, session_id)
    number = request.POST.get("formulier", "")
    form_id = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else None
    try:
        ask_opinion(session_id=session.pk, actor=request.user, form_id=form_id)
    except EvaluationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Na de bijeenkomst krijgt iedereen de vraag, in de mail van de dag."))
    return redirect("lms:prepare", session.pk)


@leads
@require_safe
def evaluation(request: SignedInRequest, session_id: int) -> HttpResponse:
    """What came out: pictures from five answers on."""
    session = lead_session(request, session_id)
    found = get_object_or_404(Evaluation.objects.select_related("form", "session"), session=session)
    context = {"session": session, "outcome": outcome_of(found), "smallest": SMALLEST}
    return render(request, "lms/trainer/evaluation.html", context)


@leads
@require_safe
def evaluations_compare(request: SignedInRequest, slug: str) -> HttpResponse:
    """Editions of a course beside one another; trainers see the ones they lead."""
    cohorts = Cohort.objects.filter(course__slug=slug).select_related("course").order_by("starts_on", "pk")
    if not is_training_staff(request.user):
        mine = Cohort.objects.manageable_by(request.user.pk).values("pk")
        cohorts = cohorts.filter(pk__in=mine)
    rows = list(cohorts)
    if not rows:
        raise Http404
    questions, editions = compare_editions(rows)
    context = {
        "course": rows[0].course,
        "questions": questions,
        "editions": [one for one in editions if one.shown],
        "few": [one for one in editions if not one.shown],
        "smallest": SMALLEST,
    }
    return render(request, "lms/trainer/evaluations.html", context)


@role_required(Role.NETWORK_STAFF, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_forms(request: SignedInRequest) -> HttpResponse:
    """The forms there are, and a new one."""
    form = EvaluationFormForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            save_form(actor=request.user, **form.cleaned_data)
        except EvaluationError as error:
            form.add_error("name" if error.code == "name_taken" else "lines", error.message)
        else:
            messages.success(request, _("Het formulier is bewaard. Trainers kunnen het kiezen."))
            return redirect("lms:evaluation_forms")
    rows = [(one, questions_of(one.questions)) for one in EvaluationForm.objects.all()]
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "lms/trainer/evaluation_forms.html", {"form": form, "rows": rows}, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: SignedInRequest, evaluation_id: int) -> HttpResponse:
    """What I thought of a session: once, without my name."""
    found = get_object_or_404(
        Evaluation.objects.select_related("form", "session__cohort__course"), pk=evaluation_id
    )
    if not may_answer(found, request.user.pk):
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            give_opinion(evaluation_id=found.pk, person=request.user, given=request.POST)
        except EvaluationError as error:
            problem = error.message
        else:
            messages.success(request, _("Dank je wel. Je antwoord is anoniem bewaard."))
            return redirect("lms:my_groups")
    rows = [
        (question, request.POST.get(question.key, ""), RECOMMEND if question.kind == "nps" else SCALE)
        for question in questions_of(found.form.questions)
    ]
    now = timezone.now()
    context = {
        "evaluation": found,
        "rows": rows,
        "problem": problem,
        "is_open": found.session.ends_at <= now <= found.closes_at
        and not has_answered(found, request.user.pk),
    }
    return render(request, "lms/seats/opinion.html", context, status=422 if problem else 200)
