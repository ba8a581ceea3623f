"""Writing to a whole cohort."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lms.domain.messages import (
    BUILT_IN,
    PLACEHOLDERS,
    facts_of,
    fill,
    save_template,
    send_message,
    text_of,
)
from lms.exceptions import CohortError
from lms.forms.message import MessageForm
from lms.models import MessageTemplate
from lms.views.trainer import leads, led_cohort
from people.api import SignedInRequest


@leads
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: SignedInRequest, cohort_id: int) -> HttpResponse:
    """Begin from a template, look at it as a member would read it, and send it once."""
    found = led_cohort(request, cohort_id)
    start = text_of(request.GET.get("sjabloon", ""))
    initial = {"subject": start[0], "body": start[1]} if start else {}
    form = MessageForm(request.POST if request.method == "POST" else None, initial=initial)
    preview: dict[str, str] = {}
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        facts = facts_of(found, request.user)
        if "kijk" in request.POST:
            preview = {"subject": fill(data["subject"], facts), "body": fill(data["body"], facts)}
        else:
            if data["keep_as"]:
                save_template(
                    actor=request.user, name=data["keep_as"], subject=data["subject"], body=data["body"]
                )
            try:
                sent = send_message(
                    cohort_id=found.pk,
                    actor=request.user,
                    subject=data["subject"],
                    body=data["body"],
                    key=data["key"],
                )
            except CohortError as error:
                form.add_error(None, error.message)
            else:
                said = ngettext(
                    "Je bericht gaat naar %(count)s persoon.",
                    "Je bericht gaat naar %(count)s mensen.",
                    sent.recipients,
                )
                messages.success(request, said % {"count": sent.recipients})
                return redirect("lms:cohort", found.pk)
    templates = [(text.key, text.name) for text in BUILT_IN]
    templates += [(str(one.pk), one.name) for one in MessageTemplate.objects.all()[:40]]
    context = {
        "form": form,
        "cohort": found,
        "templates": templates,
        "chosen": request.GET.get("sjabloon", ""),
        "placeholders": [(f"{{{name}}}", meaning) for name, meaning in PLACEHOLDERS.items()],
        "preview": preview,
        "sent": list(found.messages.select_related("author")[:10]),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "lms/trainer/message.html", context, status=status)
