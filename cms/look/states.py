"""Words, icons and tones of states, in one place, so that a state looks the same on every screen."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Look:
    """How a state is told: in a word, an icon and a tone."""

    label: str | Promise
    tone: str
    icon: str


STATES: dict[str, Look] = {
    "met": Look(_("In orde"), "success", "circle-check"),
    "pending": Look(_("Wordt bekeken"), "info", "hourglass"),
    "missing": Look(_("Nog nodig"), "neutral", "circle-dashed"),
    "expiring": Look(_("Loopt af"), "warning", "timer"),
    "done": Look(_("Klaar"), "success", "circle-check"),
    "current": Look(_("Bezig"), "teal", "circle-play"),
    "todo": Look(_("Nog te doen"), "neutral", "circle-dashed"),
}
TONE_ICONS = {
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "circle-alert",
}
TONE_WORDS: dict[str, str | Promise] = {
    "info": _("Weetje"),
    "success": _("Gelukt"),
    "warning": _("Let op"),
    "danger": _("Dit liep mis"),
}
SPEAKERS: dict[str, tuple[str | Promise, bool]] = {
    # Name as shown, and whether it is the reader's own side of the talk.
    "ouder": (_("Ouder"), False),
    "begeleider": (_("Jij, begeleider"), True),
    "collega": (_("Collega"), False),
    "leidinggevende": (_("Leidinggevende"), False),
    "huisarts": (_("Huisarts"), False),
}


def look_of(state: object) -> Look:
    """The look of a state; an unknown state is shown by its own name."""
    name = str(getattr(state, "value", state))
    return STATES.get(name) or Look(name, "neutral", "circle")


def member(thing: object, name: str, default: object = "") -> object:
    """A field of a dict or an object: components take both."""
    if isinstance(thing, dict):
        return thing.get(name, default)
    return getattr(thing, name, default)
