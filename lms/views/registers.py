"""`/netwerk/registers/`: attendance files for professional registers, and what a session brings there."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.domain.presence_setting import set_rule
from lms.domain.register_files import content_of, make_file, months_of_registers, note_receipt
from lms.domain.session_approvals import set_approvals
from lms.enums import ReceiptKind
from lms.exceptions import AttendanceError, RegisterError
from lms.forms.attendance import RuleForm
from lms.forms.registers import ApprovalsForm, ReceiptForm
from lms.models import AttendanceRule, RegisterFile, RegisterRule, Session
from people.api import Role, SignedInRequest, role_required

office = role_required(Role.NETWORK_STAFF, Role.ADMINISTRATOR)
FILES_SHOWN = 30


@office
@require_GET
def registers(request: SignedInRequest) -> HttpResponse:
    """What waits per register and month, and the files that were made."""
    files = RegisterFile.objects.prefetch_related("receipts").select_related("made_by")[:FILES_SHOWN]
    names = dict(RegisterRule.objects.order_by("valid_from").values_list("key", "name"))
    context = {
        "months": months_of_registers(),
        "files": [(file, names.get(file.register, file.register)) for file in files],
        "rules": RegisterRule.objects.on(timezone.localdate()).select_related("profession"),
    }
    return render(request, "lms/registers/registers.html", context)


@office
@require_POST
def make(request: SignedInRequest, register: str, year: int, month: int) -> HttpResponse:
    """Make the file of a month; its page offers to fetch it."""
    try:
        first = date(year, month, 1)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    try:
        file, _content = make_file(register=register, month=first, actor=request.user)
    except RegisterError as error:
        messages.error(request, error.message)
        return redirect("lms:registers")
    return redirect("lms:register_file", file.pk)


@office
@require_http_methods(["GET", "POST"])
def file(request: SignedInRequest, file_id: int) -> HttpResponse:
    """One file with its log; what happened to it is added, never changed."""
    found = get_object_or_404(RegisterFile.objects.select_related("made_by"), pk=file_id)
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            note_receipt(
                file_id=found.pk,
                kind=ReceiptKind(form.cleaned_data["kind"]),
                reference=form.cleaned_data["reference"],
                actor=request.user,
            )
        except RegisterError as error:
            form.add_error("reference", error.message)
        else:
            messages.success(request, _("Het staat in het logboek."))
            return redirect("lms:register_file", found.pk)
    context = {
        "file": found,
        "name": RegisterRule.objects.filter(key=found.register).latest("valid_from").name,
        "lines": found.lines.select_related("person", "attendance__session").order_by("pk"),
        "receipts": found.receipts.select_related("by"),
        "form": form,
    }
    return render(request, "lms/registers/file.html", context, status=422 if form.errors else 200)


@office
@require_POST
def fetch(request: SignedInRequest, file_id: int) -> HttpResponse:
    """The file itself; that somebody fetched it stands in the log."""
    found = get_object_or_404(RegisterFile, pk=file_id)
    content = content_of(found)
    note_receipt(file_id=found.pk, kind=ReceiptKind.FETCHED, reference="", actor=request.user)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"{found.register}-{found.month:%Y-%m}-{found.number}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@office
@require_http_methods(["GET", "POST"])
def approvals(request: SignedInRequest, session_id: int) -> HttpResponse:
    """What each register grants for one session."""
    session = get_object_or_404(Session.objects.select_related("cohort__course"), pk=session_id)
    rules = RegisterRule.objects.on(timezone.localdate(session.starts_at)).select_related("profession")
    form = ApprovalsForm(request.POST or None, rules=list(rules), approvals=list(session.approvals.all()))
    if request.method == "POST" and form.is_valid():
        set_approvals(session_id=session.pk, plans=form.plans(), actor=request.user)
        messages.success(request, _("Bewaard. De punten volgen vanzelf uit de aanwezigheid."))
        return redirect("lms:session", session.pk)
    context = {"session": session, "form": form, "groups": list(form.groups())}
    return render(request, "lms/registers/approvals.html", context, status=422 if form.errors else 200)


@office
@require_http_methods(["GET", "POST"])
def rules(request: SignedInRequest) -> HttpResponse:
    """What counts as presence, per kind of session and from when; a new rule begins on a day to come."""
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_rule(plan=form.plan(), actor=request.user)
        except AttendanceError as error:
            form.add_error("valid_from", error.message)
        else:
            messages.success(request, _("De nieuwe regel staat klaar. Wat al gebeurde, verandert niet."))
            return redirect("lms:presence_rules")
    context = {
        "form": form,
        "rules": AttendanceRule.objects.select_related("set_by"),
        "today": timezone.localdate(),
    }
    return render(request, "lms/registers/rules.html", context, status=422 if form.errors else 200)
