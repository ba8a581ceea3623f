"""The team coordinator's desk."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.domain.queries.team import coordinated_teams
from people.api import Role, SignedInRequest, role_required


@role_required(Role.TEAM_COORDINATOR)
@require_GET
def team(request: SignedInRequest) -> HttpResponse:
    """Who of my teams followed which part."""
    return render(request, "lms/team/team.html", {"teams": coordinated_teams(request.user)})
