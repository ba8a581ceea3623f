"""`/begeleiding/reflecties/`: what learners gave this trainer to read."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.domain.sharing import mark_read, shared_with
from people.api import Role, SignedInRequest, role_required


@role_required(Role.TRAINER, Role.NETWORK_STAFF, Role.ADMINISTRATOR)
@require_safe
def reflections(request: SignedInRequest) -> HttpResponse:
    """Only what was shared with this very person, whatever their role. Opening the list marks it as read."""
    shared = shared_with(request.user.pk)
    if any(row.is_new for row in shared):
        mark_read(request.user.pk)
    return render(request, "lms/trainer/reflections.html", {"shared": shared})
