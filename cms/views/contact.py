"""Questions for the office."""

import hashlib

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms.domain.contact import send_question
from cms.forms.contact import ContactForm

PER_HOUR = 5


def contact(request: HttpRequest) -> HttpResponse:
    """Show the form, or put the question in the outbox. At most five an hour from one address."""
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _too_many(request):
            form.add_error(None, _("Je stuurde net al enkele berichten. Probeer het over een uur opnieuw."))
        else:
            data = form.cleaned_data
            if not data["website"]:
                send_question(name=data["name"], email=data["email"], message=data["message"])
            messages.success(request, _("Bedankt, je bericht is verstuurd. We antwoorden zo snel we kunnen."))
            return HttpResponseRedirect(request.path)
    return render(request, "cms/contact.html", {"form": form}, status=422 if form.is_bound else 200)


def _too_many(request: HttpRequest) -> bool:
    address = request.META.get("REMOTE_ADDR", "")
    key = "contact:" + hashlib.sha256(address.encode()).hexdigest()[:24]
    cache.add(key, 0, 3600)
    try:
        return cache.incr(key) > PER_HOUR
    except (
        ValueError
    ):  # nothing can be counted while the cache is away: a question is worth more than the limit
        return False
