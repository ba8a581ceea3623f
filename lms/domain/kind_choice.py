"""Which form of exchange fits: three short questions. Pure: no database, no clock, no settings."""

from lms.enums import MeetingKind

#: What it is about: one family's plan, a situation told without names, or one's own way of working.
PLAN, SITUATION, SELF = "plan", "situatie", "zelf"


def fitting_kind(*, about: str, supervisor: bool) -> MeetingKind:
    """The form that fits; `about` is one of PLAN, SITUATION and SELF, `supervisor`: a recognised one leads it.

    A care plan of one family belongs to an MDO and a situation without names to case consultation, whoever is there.
    About oneself it is supervision with a recognised supervisor, and intervision among peers.
    """
    if about == PLAN:
        return MeetingKind.MDO
    if about == SITUATION:
        return MeetingKind.CASE
    return MeetingKind.SUPERVISION if supervisor else MeetingKind.INTERVISION
