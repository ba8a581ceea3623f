"""`/mijn/berichten/`: what I hear of, and how."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.domain.notices import notice_kinds, set_choices
from people.forms.notices import NoticesForm
from people.views.access import SignedInRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: SignedInRequest) -> HttpResponse:
    """See and set it; what has to reach people is named as such."""
    form = NoticesForm(request.POST if request.method == "POST" else None, person_id=request.user.pk)
    if form.is_bound and form.is_valid():
        set_choices(person=request.user, choices=form.cleaned_data)
        messages.success(request, _("Je keuze is bewaard."))
        return redirect("people:notices")
    context = {"form": form, "fixed": [kind for kind in notice_kinds() if len(kind.ways) == 1]}
    return render(request, "people/notices.html", context, status=422 if form.is_bound else 200)
