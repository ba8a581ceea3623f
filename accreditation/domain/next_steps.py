"""From a next step of the rules to an address."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation.domain.evidence_facts import NextStep


def step_url(step: NextStep, *, level: str) -> str:
    """The path of a step: a path as it is, else the URL of that name, for the level that is looked at."""
    if step.url_name.startswith("/"):
        return step.url_name
    url = reverse(step.url_name, args=[step.argument] if step.argument else [])
    return f"{url}?niveau={level}"


def handing_in(level: str) -> tuple[str, str]:
    """Label and path of the last step."""
    return _("Dien je dossier in"), reverse("accreditation:dossier_submit", args=[level])
