"""The network's criteria: versions, the editor with its preview, the comparison, and two approvals."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation.domain.criteria_comparison import SAME, compare
from accreditation.domain.criteria_drafts import (
    approve_draft,
    closed_courses,
    discard_draft,
    draft_problems,
    save_draft,
    start_draft,
)
from accreditation.domain.criteria_rules import parse_rules
from accreditation.domain.criteria_words import SpelledCriterion, spell_rules
from accreditation.domain.queries.criteria import (
    draft_state,
    editor_choices,
    version_before,
    versions_by_level,
)
from accreditation.enums import Level
from accreditation.exceptions import CriteriaChangedError, CriteriaError
from accreditation.forms.criteria import CriteriaEditor, restructured
from accreditation.forms.criteria_rules import RULE_FORMS, Choices
from accreditation.models import CriteriaVersion
from people.api import Role, SignedInRequest, role_required

office = role_required(Role.NETWORK_STAFF, Role.ADMINISTRATOR)
DRAFTS = CriteriaVersion.objects.drafts


@require_GET
@office
def versions(request: SignedInRequest) -> HttpResponse:
    """Both levels: what holds, what comes, what is being written."""
    levels = versions_by_level(timezone.localdate())
    return render(request, "accreditation/criteria/versions.html", {"levels": levels})


@require_POST
@office
def start(request: SignedInRequest) -> HttpResponse:
    """Begin a draft, or go on with the one that is there."""
    try:
        draft = start_draft(level=request.POST.get("level", ""), actor=request.user)
    except CriteriaError as error:
        messages.warning(request, str(error))
        return redirect("accreditation:criteria")
    return redirect("accreditation:criteria_edit", draft.pk)


@require_GET
@office
def version(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version beside the one before it, and what may be done with it."""
    found = get_object_or_404(
        CriteriaVersion.objects.select_related("author", "approved_by_first", "approved_by_second"), pk=pk
    )
    before = version_before(found)
    spelled = _spelled(found)
    compared = compare(_spelled(before), spelled) if before else ()
    is_draft = found.approved_at is None
    context = {
        "version": found,
        "before": before,
        "level_name": Level(found.level).label,
        "spelled": spelled,
        "compared": compared,
        "changes": sum(row.verdict != SAME for row in compared),
        "state": draft_state(found) if is_draft else "approved",
        "problems": draft_problems(found) if is_draft else closed_courses(found),
        "may_approve": is_draft
        and request.user.pk not in found.writer_ids
        and found.approved_by_first_id != request.user.pk,
        "is_writer": request.user.pk in found.writer_ids,
    }
    return render(request, "accreditation/criteria/version.html", context)


@require_http_methods(["GET", "POST"])
@office
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form of a draft, with everything in plain words beside it."""
    draft = get_object_or_404(CriteriaVersion, pk=pk)
    if draft.approved_at is not None:
        messages.info(request, _("Deze versie is goedgekeurd en ligt vast. Maak een nieuwe versie."))
        return redirect("accreditation:criteria_version", pk)
    if request.method != "POST":
        return _editor_page(request, draft, _editor(draft))
    action = request.POST.get("action", "save")
    if action not in ("save", "save_look"):
        return _editor_page(request, draft, _editor(draft, restructured(request.POST, action)), loose=True)
    editor = _editor(draft, request.POST)
    if not editor.is_valid():
        return _editor_page(request, draft, editor, status=422)
    try:
        save_draft(version_id=pk, revision=_revision(request), actor=request.user, content=editor.content())
    except CriteriaError as error:
        editor.errors.append(str(error))
        status = 409 if isinstance(error, CriteriaChangedError) else 422
        return _editor_page(request, draft, editor, status=status)
    messages.success(request, _("Bewaard. Lees het na en laat twee collega's het goedkeuren."))
    return redirect("accreditation:criteria_version", pk)


@require_POST
@office
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is typed now, in plain words; nothing is kept."""
    draft = get_object_or_404(DRAFTS(), pk=pk)
    return render(request, "accreditation/criteria/_preview.html", _preview(_editor(draft, request.POST)))


@require_POST
@office
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve what was read."""
    get_object_or_404(CriteriaVersion, pk=pk)
    try:
        done = approve_draft(version_id=pk, revision=_revision(request), actor=request.user)
    except CriteriaError as error:
        messages.warning(request, str(error))
    else:
        said = (
            _("Goedgekeurd. Deze versie ligt nu vast en gaat in op de gekozen dag.")
            if done.approved_at
            else _("Goedgekeurd. Nu is nog één collega nodig.")
        )
        messages.success(request, said)
    return redirect("accreditation:criteria_version", pk)


@require_POST
@office
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    get_object_or_404(CriteriaVersion, pk=pk)
    try:
        discard_draft(version_id=pk, revision=_revision(request), actor=request.user)
    except CriteriaError as error:
        messages.warning(request, str(error))
        return redirect("accreditation:criteria_version", pk)
    messages.success(request, _("De versie is weg. Wat nu geldt, blijft gelden."))
    return redirect("accreditation:criteria")


def _editor(draft: CriteriaVersion, data: object = None) -> CriteriaEditor:
    found = editor_choices(draft, timezone.localdate())
    choices = Choices(degrees=found.degrees, courses=found.courses)
    return CriteriaEditor(level=draft.level, choices=choices, version=draft, data=data)  # type: ignore[arg-type]


def _editor_page(
    request: SignedInRequest,
    draft: CriteriaVersion,
    editor: CriteriaEditor,
    *,
    status: int = 200,
    loose: bool = False,
) -> HttpResponse:
    """`loose`: only parts were added or removed; nobody is told yet what is still missing."""
    problems = list(editor.errors)
    spelled = _preview(editor) if editor.data is not None else {"spelled": _spelled(draft)}
    editor.errors = problems
    if loose:
        editor.stay_silent()
    context = {
        "version": draft,
        "level_name": Level(draft.level).label,
        "editor": editor,
        "revision": _revision(request) if request.method == "POST" else draft.revision,
        "kinds": [(kind, form.heading) for kind, form in RULE_FORMS.items()],
        **spelled,
    }
    return render(request, "accreditation/criteria/edit.html", context, status=status)


def _preview(editor: CriteriaEditor) -> dict[str, object]:
    try:
        if editor.is_valid():
            return {"spelled": spell_rules(parse_rules(editor.content().rules))}
    except CriteriaError as error:
        return {"unreadable": str(error)}
    return {"unreadable": _("Nog niet alles is ingevuld. Zodra het klopt, lees je het hier in gewone taal.")}


def _spelled(found: CriteriaVersion) -> tuple[SpelledCriterion, ...]:
    return spell_rules(parse_rules(found.rules))


def _revision(request: SignedInRequest) -> int:
    raw = request.POST.get("revision", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else -1
