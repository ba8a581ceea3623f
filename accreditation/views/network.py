"""The start page of the network's office."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accreditation.domain.queries.office import office_work
from people.api import Role, SignedInRequest, role_required


@require_GET
@role_required(Role.NETWORK_STAFF)
def start(request: SignedInRequest) -> HttpResponse:
    """What waits, in cards."""
    return render(request, "accreditation/network/start.html", {"work": office_work()})
