"""Which level a page is about."""

from django.http import HttpRequest

from accreditation.enums import Level


def chosen_level(request: HttpRequest, default: str = Level.BASIC.value) -> str:
    """The level in the address (`?niveau=`), or the default for anything else."""
    level = request.GET.get("niveau", "")
    return level if level in Level.values else default
