"""The professional's own profile."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.domain.profiles import profile_of, update_profile
from people.forms.profile import PROFILE_FIELDS, ProfileForm
from people.views.access import SignedInRequest, signed_in


@signed_in
def profile(request: SignedInRequest) -> HttpResponse:
    """Show and change one's own profile; nobody can open another person's."""
    form = ProfileForm(request.POST or None, instance=profile_of(request.user))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        # The form's instance was filled by validation; the verb reads the stored row again and writes what differs.
        update_profile(
            user=request.user,
            names={"first_name": data["first_name"], "last_name": data["last_name"]},
            fields={name: data[name] for name in PROFILE_FIELDS},
        )
        messages.success(request, _("Je profiel is bewaard."))
        return HttpResponseRedirect(reverse("people:profile"))
    status = 422 if form.is_bound else 200
    return render(request, "people/profile.html", {"form": form}, status=status)
