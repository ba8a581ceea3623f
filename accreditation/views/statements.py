"""Asking others to confirm something: one's own questions, and the page of the third person."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation.domain.statement_requests import (
    ASKABLE,
    Asked,
    answer_statement,
    ask_again,
    ask_statement,
    cancel_statement,
    confirm_statement,
    decline_statement,
    from_json,
    open_link,
    send_code_again,
    standing_of,
)
from accreditation.enums import EvidenceKind
from accreditation.exceptions import EvidenceError
from accreditation.forms.statements import AnswerForm, AskForm, CodeForm
from accreditation.models import StatementRequest
from accreditation.views.evidence_words import KIND_WORDS
from accreditation.views.throttle import throttled
from people.api import SignedInRequest, signed_in

#: What the third person puts their name to, per kind, in one sentence.
CONFIRMS = {
    EvidenceKind.INSURANCE: gettext_lazy(
        "Je bevestigt dat %(name)s bij jullie verzekerd is voor beroepsaansprakelijkheid, en tot wanneer."
    ),
    EvidenceKind.STATEMENT: gettext_lazy(
        "Je bevestigt hoe vaak en hoeveel uren %(name)s aan intervisie of supervisie deelnam."
    ),
    EvidenceKind.TRAINING: gettext_lazy("Je bevestigt dat %(name)s deze opleiding volgde."),
    EvidenceKind.EXPERIENCE: gettext_lazy(
        "Je bevestigt waar %(name)s werkt of werkte, en van wanneer tot wanneer."
    ),
}


@require_GET
@signed_in
def statements(request: SignedInRequest) -> HttpResponse:
    """One's own questions and where they stand; which others can be asked."""
    now = timezone.now()
    rows = StatementRequest.objects.filter(person=request.user)[:100]
    context = {
        "rows": [(row, KIND_WORDS[EvidenceKind(row.kind)], standing_of(row, now=now)) for row in rows],
        "kinds": [KIND_WORDS[kind] for kind in ASKABLE],
    }
    return render(request, "accreditation/statements/list.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def ask(request: SignedInRequest, kind: str) -> HttpResponse:
    """Ask one person to confirm one thing."""
    if kind not in ASKABLE:
        raise Http404
    form = AskForm(request.POST if request.method == "POST" else None, kind=kind)
    if request.method == "POST" and form.is_valid():
        asked = Asked(
            kind=kind,
            data=form.facts(),
            name=form.cleaned_data["recipient_name"],
            email=form.cleaned_data["recipient_email"],
        )
        try:
            ask_statement(person=request.user, asked=asked)
        except EvidenceError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(
                request,
                _("De vraag is verstuurd naar %(name)s. We laten je weten als er antwoord is.")
                % {"name": asked.name},
            )
            return redirect("accreditation:statements")
    context = {"form": form, "words": KIND_WORDS[EvidenceKind(kind)]}
    status = 422 if form.errors else 200
    return render(request, "accreditation/statements/ask.html", context, status=status)


@require_POST
@signed_in
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the question again, or take it back."""
    again = request.POST.get("actie") == "opnieuw"
    try:
        if again:
            ask_again(person=request.user, request_id=pk)
        else:
            cancel_statement(person=request.user, request_id=pk)
    except EvidenceError as error:
        messages.warning(request, str(error))
    else:
        messages.success(
            request,
            _("Opnieuw verstuurd. De vorige link werkt niet meer.") if again else _("Vraag ingetrokken."),
        )
    return redirect("accreditation:statements")


@require_http_methods(["GET", "POST"])
@throttled("statement")
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The third person's page, without account: read, fill in, prove by a code, done."""
    row = open_link(token)
    standing = standing_of(row, now=timezone.now()) if row and row.person.is_active else "unknown"
    if row is None or standing != "open":
        status = 404 if standing == "unknown" else 410 if standing != "answered" else 200
        return _private(
            render(request, "accreditation/statements/closed.html", {"standing": standing}, status=status)
        )
    action = request.POST.get("actie", "")
    if action == "niet":
        return _decline(request, token)
    if request.method == "POST" and action in ("code", "nieuwe-code"):
        return _code(request, row, token, action)
    initial = {**from_json(row.asked), "name": row.recipient_name}
    if row.answer:
        initial = {
            **from_json(row.answer["data"]), "name": row.answer["name"], "function": row.answer["function"],
        }  # fmt: skip
    form = AnswerForm(request.POST if action == "bevestig" else None, kind=row.kind, initial=initial)
    if action == "bevestig" and form.is_valid():
        try:
            row = answer_statement(
                token=token,
                data=form.facts(),
                name=form.cleaned_data["name"],
                function=form.cleaned_data["function"],
            )
        except EvidenceError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return _code_page(request, row, CodeForm())
    kind = EvidenceKind(row.kind)
    confirms = CONFIRMS[kind] % {"name": row.person.get_full_name()} if kind in CONFIRMS else ""
    context = {"form": form, "row": row, "words": KIND_WORDS[kind], "confirms": confirms}
    status = 422 if form.errors else 200
    return _private(render(request, "accreditation/statements/answer.html", context, status=status))


def _code(request: HttpRequest, row: StatementRequest, token: str, action: str) -> HttpResponse:
    form = CodeForm(request.POST if action == "code" else None)
    try:
        if action == "nieuwe-code":
            row = send_code_again(token=token)
            messages.success(request, _("Er is een nieuwe code onderweg."))
        elif form.is_valid():
            confirm_statement(token=token, code=form.cleaned_data["code"])
            return _private(render(request, "accreditation/statements/thanks.html", {"row": row}))
    except EvidenceError as error:
        if action == "code":
            form.add_error("code", str(error))
        else:
            messages.warning(request, str(error))
    return _code_page(request, row, form)


def _code_page(request: HttpRequest, row: StatementRequest, form: CodeForm) -> HttpResponse:
    name, _sep, domain = row.recipient_email.partition("@")
    context = {"form": form, "row": row, "hint": f"{name[:1]}…@{domain}"}
    status = 422 if form.errors else 200
    return _private(render(request, "accreditation/statements/code.html", context, status=status))


def _decline(request: HttpRequest, token: str) -> HttpResponse:
    try:
        decline_statement(token=token)
    except EvidenceError as error:
        messages.warning(request, str(error))
    return _private(render(request, "accreditation/statements/closed.html", {"standing": "declined"}))


def _private(response: HttpResponse) -> HttpResponse:
    """The address holds a secret: it is kept nowhere and told to nobody."""
    response["Cache-Control"] = "private, no-store"
    # Not "no-referrer": with that, a browser sends the form without its origin, and the form is refused.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
