"""The way through a case with decision points: a pure function over the key."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from courses.domain.check_facts import CaseKey, CaseWay, TakenStep
from courses.exceptions import CheckAnswerError


def follow(key: CaseKey, decisions: Mapping[str, Sequence[str]]) -> CaseWay:
    """Where these decisions lead, from the first step on; `decisions` maps step id to the one chosen id.

    Decisions at steps that are not on the way change nothing. Raises CheckAnswerError for a choice that the step does
    not offer.
    """
    steps = {step.id: step for step in key.steps}
    here, taken = key.steps[0], []
    while not here.end and decisions.get(here.id):
        chosen = decisions[here.id][0]
        choice = next((choice for choice in here.choices if choice.id == chosen), None)
        if choice is None:
            raise CheckAnswerError(_("Deze casus is intussen veranderd. Laad de bladzijde opnieuw."))
        taken.append(TakenStep(here, choice))
        here = steps[choice.to]
    return CaseWay(tuple(taken), here, key.closing_html if here.end else "")
