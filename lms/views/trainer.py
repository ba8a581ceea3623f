"""The desk of trainers and staff: today, cohorts, and the attendance list in two taps."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.api import has_trainer_sheets
from lms.domain.attendance import close_list, correct, record_by_list
from lms.domain.attendance_rules import list_opens_at
from lms.domain.cohorts import change_cohort, create_cohort, delete_cohort
from lms.domain.queries.attendance import history, member_progress, roster
from lms.domain.queries.cohorts import cohort_lines, session_lines
from lms.domain.queries.missing import missing_lines
from lms.domain.queries.seats import last_day_to_leave, open_requests, team_changes, waiting_list
from lms.domain.sessions import cancel_session, change_session, plan_session
from lms.enums import AttendanceState
from lms.exceptions import AttendanceError, CohortError
from lms.forms.attendance import CorrectionForm
from lms.forms.cohort import CohortForm, SessionForm
from lms.forms.seats import MemberForm
from lms.models import Cohort, Session
from lms.rules import can_lead_session, can_manage_cohort, is_training_staff
from people.api import Role, SignedInRequest, role_required

COHORTS_PER_PAGE = 20
leads = role_required(Role.TRAINER, Role.NETWORK_STAFF, Role.ADMINISTRATOR)

FIELD_OF_ERROR = {
    "capacity_too_small": "capacity",
    "ends_before_start": "ends_on",
    "sessions_outside": "ends_on",
    "outside_cohort": "day",
    "overlaps": "begins",
    "moved_after_attendance": "day",
    "place_missing": "place",
    "no_trainer": "trainers",
    "not_a_trainer": "trainers",
    "trainer_was_present": "trainers",
    "trainer_busy": "trainers",
    "code_missing": "code",
    "team_missing": "for_team",
}


@leads
@require_GET
def desk(request: SignedInRequest) -> HttpResponse:
    """Today, lists that still wait, and my cohorts; staff see everybody's."""
    staff = is_training_staff(request.user)
    cohorts = Cohort.objects.all() if staff else Cohort.objects.manageable_by(request.user.pk)
    sessions = Session.objects.filter(cohort__in=cohorts) if not staff else Session.objects.all()
    now = timezone.now()
    waiting = (
        sessions.held()
        .filter(ends_at__lt=now, closed_at=None)
        .exclude(starts_at__date=timezone.localdate())
        .select_related("cohort")
        .order_by("-starts_at")[:6]
    )
    page = Paginator(cohorts.running_or_coming().order_by("starts_on", "pk"), COHORTS_PER_PAGE).get_page(
        request.GET.get("bladzijde")
    )
    context = {
        "today": session_lines(sessions.today()),
        "missing": missing_lines([cohort.pk for cohort in page.object_list]),
        "waiting": list(waiting),
        "page_obj": page,
        "cohorts": cohort_lines(page.object_list),  # type: ignore[arg-type]
        "is_staff": staff,
        "now": now,
    }
    return render(request, "lms/trainer/desk.html", context)


@leads
@require_http_methods(["GET", "POST"])
def cohort_create(request: SignedInRequest) -> HttpResponse:
    """Make a cohort."""
    form = CohortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cohort = create_cohort(actor=request.user, plan=form.plan())
        except CohortError as error:
            _add_error(form, error)
        else:
            messages.success(request, _("De groep staat klaar. Voeg nu de bijeenkomsten toe."))
            return redirect("lms:cohort", cohort.pk)
    return render(request, "lms/trainer/cohort_form.html", {"form": form}, status=_status(form))


@leads
@require_GET
def cohort(request: SignedInRequest, cohort_id: int) -> HttpResponse:
    """A cohort: its sessions, its members, and who was where."""
    found = led_cohort(request, cohort_id)
    sessions = session_lines(Session.objects.filter(cohort=found))
    members = member_progress(found, [line.session for line in sessions])
    last_day = last_day_to_leave(found)
    context = {
        "cohort": found,
        "sessions": sessions,
        "members": members,
        "waiting": waiting_list(found),
        "requests": open_requests(found),
        "team_changes": team_changes(found, [member.person_id for member in members]),
        "last_day": last_day,
        "may_still_leave": last_day >= timezone.localdate(),
        "member_form": MemberForm(),
        "has_sheets": has_trainer_sheets(found.course_id),
        "may_use_lists": is_training_staff(request.user),
        "now": timezone.now(),
    }
    return render(request, "lms/trainer/cohort.html", context)


@leads
@require_http_methods(["GET", "POST"])
def cohort_edit(request: SignedInRequest, cohort_id: int) -> HttpResponse:
    """Change a cohort."""
    found = led_cohort(request, cohort_id)
    form = CohortForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_cohort(cohort_id=found.pk, actor=request.user, plan=form.plan())
        except CohortError as error:
            _add_error(form, error)
        else:
            messages.success(request, _("De groep is aangepast."))
            return redirect("lms:cohort", found.pk)
    context = {"form": form, "cohort": found}
    return render(request, "lms/trainer/cohort_form.html", context, status=_status(form))


@leads
@require_POST
def cohort_delete(request: SignedInRequest, cohort_id: int) -> HttpResponse:
    """Delete a cohort that nothing rests on."""
    found = led_cohort(request, cohort_id)
    try:
        delete_cohort(cohort_id=found.pk, actor=request.user)
    except CohortError as error:
        messages.error(request, error.message)
        return redirect("lms:cohort_edit", found.pk)
    messages.success(request, _("De groep is verwijderd."))
    return redirect("lms:trainer_desk")


@leads
@require_http_methods(["GET", "POST"])
def session_create(request: SignedInRequest, cohort_id: int) -> HttpResponse:
    """Add a session to a cohort."""
    found = led_cohort(request, cohort_id)
    initial = {"day": found.starts_on, "trainers": [request.user.pk]}
    form = SessionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            plan_session(cohort_id=found.pk, actor=request.user, plan=form.plan())
        except CohortError as error:
            _add_error(form, error)
        else:
            messages.success(request, _("De bijeenkomst is toegevoegd."))
            return redirect("lms:cohort", found.pk)
    context = {"form": form, "cohort": found}
    return render(request, "lms/trainer/session_form.html", context, status=_status(form))


@leads
@require_http_methods(["GET", "POST"])
def session_edit(request: SignedInRequest, session_id: int) -> HttpResponse:
    """Change a session."""
    session = lead_session(request, session_id)
    form = SessionForm(request.POST or None, instance=session)
    if request.method == "POST" and form.is_valid():
        try:
            change_session(session_id=session.pk, actor=request.user, plan=form.plan())
        except CohortError as error:
            _add_error(form, error)
        else:
            messages.success(request, _("De bijeenkomst is aangepast. Agenda's volgen vanzelf."))
            return redirect("lms:cohort", session.cohort_id)
    context = {"form": form, "cohort": session.cohort, "session": session}
    return render(request, "lms/trainer/session_form.html", context, status=_status(form))


@leads
@require_POST
def session_cancel(request: SignedInRequest, session_id: int) -> HttpResponse:
    """Call a session off."""
    session = lead_session(request, session_id)
    try:
        cancel_session(session_id=session.pk, actor=request.user)
    except CohortError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("De bijeenkomst is afgelast. In de agenda's staat ze nu als afgelast."))
    return redirect("lms:cohort", session.cohort_id)


@leads
@require_GET
def session(request: SignedInRequest, session_id: int) -> HttpResponse:
    """The attendance list: one tap for each person."""
    found = lead_session(request, session_id)
    context = {"session": found, "roster": roster(found), **_list_state(request, found)}
    return render(request, "lms/trainer/session.html", context)


@leads
@require_POST
def attendance_record(request: SignedInRequest, session_id: int, person_id: int) -> HttpResponse:
    """Note one person; htmx gets the row and the count back, others go back to the list."""
    found = lead_session(request, session_id)
    state = request.POST.get("state", "")
    if state not in AttendanceState.values:
        raise Http404
    problem = ""
    try:
        record_by_list(
            session_id=found.pk, person_id=person_id, state=AttendanceState(state), trainer=request.user
        )
    except AttendanceError as error:
        if error.code == "not_enrolled":
            raise Http404 from error
        problem = error.message
    if not request.headers.get("HX-Request"):
        if problem:
            messages.error(request, problem)
        return redirect(f"{_session_url(found)}#persoon-{person_id}")
    lines = roster(found)
    line = next((line for line in lines.lines if line.person_id == person_id), None)
    if line is None:
        raise Http404
    context = {
        "session": found,
        "roster": lines,
        "line": line,
        "problem": problem,
        **_list_state(request, found),
    }
    return render(request, "lms/trainer/line_answer.html", context)


@leads
@require_POST
def attendance_close(request: SignedInRequest, session_id: int) -> HttpResponse:
    """Close the list."""
    found = lead_session(request, session_id)
    try:
        closed = close_list(session_id=found.pk, actor=request.user)
    except AttendanceError as error:
        messages.error(request, error.message)
    else:
        said = _("De lijst is afgesloten.") if closed else _("De lijst was al afgesloten.")
        messages.success(request, said)
    return redirect("lms:session", found.pk)


@leads
@require_http_methods(["GET", "POST"])
def attendance_correct(request: SignedInRequest, session_id: int, person_id: int) -> HttpResponse:
    """Mend a closed list, by a second person and with a reason."""
    found = lead_session(request, session_id)
    line = next((line for line in roster(found).lines if line.person_id == person_id), None)
    if line is None:
        raise Http404
    form = CorrectionForm(request.POST or None, session=found)
    if request.method == "POST" and form.is_valid():
        try:
            correct(
                session_id=found.pk,
                person_id=person_id,
                state=AttendanceState(form.cleaned_data["state"]),
                reason=form.cleaned_data["reason"],
                arrived_at=form.cleaned_data["came_at"],
                left_at=form.cleaned_data["went_at"],
                actor=request.user,
            )
        except AttendanceError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("De lijst is verbeterd. De vroegere regel blijft bewaard."))
            return redirect("lms:session", found.pk)
    context = {
        "form": form,
        "session": found,
        "line": line,
        "history": history(session_id=found.pk, person_id=person_id),
        "closed_it_themselves": found.closed_by_id == request.user.pk,
    }
    return render(request, "lms/trainer/correct.html", context, status=_status(form))


def lead_session(request: SignedInRequest, session_id: int) -> Session:
    """The session if this trainer may lead it; 404 for anybody else's."""
    sessions = Session.objects.select_related("cohort__course").prefetch_related(
        Prefetch("trainers", to_attr="led_by")
    )
    found = get_object_or_404(sessions, pk=session_id)
    if not can_lead_session(request.user, found):
        raise Http404
    return found


def led_cohort(request: SignedInRequest, cohort_id: int) -> Cohort:
    """The cohort, for who may lead it; 404 for everybody else."""
    found = get_object_or_404(Cohort.objects.select_related("course", "region"), pk=cohort_id)
    if not can_manage_cohort(request.user, found):
        raise Http404
    return found


def _list_state(request: HttpRequest, session: Session) -> dict[str, Any]:
    opens = list_opens_at(session.starts_at, timezone.get_default_timezone())
    return {
        "list_is_open": timezone.now() >= opens and not session.is_closed and not session.is_cancelled,
        "list_opens_at": opens,
        "has_begun": timezone.now() >= session.starts_at,
        "may_approve": is_training_staff(request.user),
        "list_owner": salted_hmac("lms.offline", str(request.user.pk)).hexdigest()[:16],
    }


def _session_url(session: Session) -> str:
    return f"/begeleiding/sessies/{session.pk}/"


def _add_error(form: BaseForm, error: CohortError) -> None:
    """Put a refusal of the domain beside the field it is about."""
    field = FIELD_OF_ERROR.get(error.code)
    if error.code == "ends_before_start" and "ends" in form.fields:
        field = "ends"
    form.add_error(field if field in form.fields else None, error.message)


def _status(form: BaseForm) -> int:
    return 422 if form.is_bound and form.errors else 200
