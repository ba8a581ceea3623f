"""The coordinator's desk of one team: choose a day, sign up members, plan training in house."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.domain.duty import choose_proposal, release_meeting
from lms.domain.enrolment import enrol
from lms.domain.in_house import plan_in_house
from lms.domain.queries.team_desk import team_desk
from lms.exceptions import DutyError, LmsError
from lms.forms.team import InHouseForm, SignUpForm
from lms.models import DateProposal, TeamObligation
from people.api import Role, SignedInRequest, Team, User, has_role, is_coordinator_of, role_required

coordinators = role_required(Role.TEAM_COORDINATOR, Role.NETWORK_STAFF)


@coordinators
@require_GET
def desk(request: SignedInRequest, team_id: int) -> HttpResponse:
    """Who is trained, what is owed, and the days to choose from."""
    return render(request, "lms/team/desk.html", {"desk": team_desk(_team(request, team_id))})


@coordinators
@require_POST
def choose(request: SignedInRequest, proposal_id: int) -> HttpResponse:
    """Fix the meeting on a proposed day."""
    proposal = DateProposal.objects.select_related("obligation").filter(pk=proposal_id).first()
    if proposal is None:
        raise Http404
    team = _team(request, proposal.obligation.team_id)
    try:
        choose_proposal(proposal_id=proposal.pk, actor=request.user)
    except DutyError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("De dag ligt vast. Je team en de expert krijgen bericht."))
    return redirect("lms:team_desk", team.pk)


@coordinators
@require_POST
def release(request: SignedInRequest, obligation_id: int) -> HttpResponse:
    """Give a planned day back."""
    row = TeamObligation.objects.filter(pk=obligation_id).first()
    if row is None:
        raise Http404
    team = _team(request, row.team_id)
    try:
        release_meeting(obligation_id=row.pk, actor=request.user)
    except DutyError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("De dag is teruggegeven. Morgen staan hier nieuwe voorstellen."))
    return redirect("lms:team_desk", team.pk)


@coordinators
@require_http_methods(["GET", "POST"])
def sign_up(request: SignedInRequest, team_id: int) -> HttpResponse:
    """Sign up members for a group."""
    team = _team(request, team_id)
    members = team_desk(team).members
    form = SignUpForm(request.POST or None, people=[(one.person_id, one.name) for one in members])
    if request.method == "POST" and form.is_valid():
        cohort, done = form.cleaned_data["cohort"], 0
        for person in User.objects.filter(pk__in=form.cleaned_data["people"]).order_by("pk"):
            try:
                enrol(person=person, course_slug=cohort.course.slug, cohort_id=cohort.pk)
            except LmsError as error:
                messages.warning(request, f"{person.get_full_name()}: {error.message}")
            else:
                done += 1
        if done:
            said = ngettext(
                "%(number)s collega is ingeschreven.", "%(number)s collega's zijn ingeschreven.", done
            )
            messages.success(request, said % {"number": done})
        return redirect("lms:team_desk", team.pk)
    context = {"form": form, "team": team}
    return render(request, "lms/team/sign_up.html", context, status=_status(form))


@coordinators
@require_http_methods(["GET", "POST"])
def in_house(request: SignedInRequest, team_id: int) -> HttpResponse:
    """Plan a training of newcomers by a colleague with a licence."""
    team = _team(request, team_id)
    found = team_desk(team)
    waiting = [(one.person_id, one.name) for one in found.members if one.trained_on is None]
    trainers = [(one.person_id, one.name) for one in found.members if one.licensed_until]
    form = InHouseForm(request.POST or None, people=waiting, trainers=trainers)
    if request.method == "POST" and form.is_valid():
        try:
            plan_in_house(team_id=team.pk, actor=request.user, plan=form.plan())
        except LmsError as error:
            field = {"co_trainer": "co_trainer", "licence": "trainer"}.get(error.code)
            form.add_error(field, error.message)
        else:
            messages.success(
                request, _("De opleiding staat erin. Wie lesgeeft, houdt de lijst bij onder Begeleiding.")
            )
            return redirect("lms:team_desk", team.pk)
    context = {"form": form, "team": team, "can": bool(trainers and waiting), "trainers": trainers}
    return render(request, "lms/team/in_house.html", context, status=_status(form))


def _team(request: SignedInRequest, team_id: int) -> Team:
    """A team the person coordinates today, or any for the office; 404 for others."""
    found = Team.objects.select_related("organisation").filter(pk=team_id).first()
    if found is None:
        raise Http404
    if not has_role(request.user, Role.NETWORK_STAFF) and not is_coordinator_of(
        request.user.pk, team_id, on=timezone.localdate()
    ):
        raise Http404
    return found


def _status(form: SignUpForm | InHouseForm) -> int:
    return 422 if form.is_bound and form.errors else 200
