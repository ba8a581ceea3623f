"""Clear cases together: every reader proposed the same yes, so that one page decides them all, each for itself."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accreditation.domain.decisions import decide
from accreditation.domain.queries.committee import counted, open_rounds
from accreditation.domain.tie_questions import open_questions
from accreditation.enums import Outcome, ReasonCode
from accreditation.exceptions import CommitteeError
from accreditation.models import DossierRound, Opinion
from people.api import User

AT_MOST = 50


@dataclass(frozen=True)
class ClearCase:
    """A round on which all readers propose to grant, with the reasons that they gave."""

    round: DossierRound
    reason_codes: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def reason_words(self) -> list[str]:
        """The reasons in words."""
        return [str(ReasonCode(code).label) for code in self.reason_codes]


@dataclass(frozen=True)
class BatchResult:
    """What came of it: `refused` pairs a name with the reason in words, `gone` counts no clear cases any more."""

    decided: int
    refused: tuple[tuple[str, str], ...]
    gone: int = 0


def clear_cases(*, member_id: int) -> tuple[ClearCase, ...]:
    """Rounds that this member may decide in one go, the longest waiting first: a yes from all, no appeal, no tie."""
    rounds = list(
        counted(open_rounds(member_id), complete=True).filter(appeal=None, disagreement=None)[: 2 * AT_MOST]
    )
    advice: dict[int, list[Opinion]] = {}
    for opinion in (
        Opinion.objects.filter(assignment__round__in=[one.pk for one in rounds], assignment__released_at=None)
        .select_related("assignment")
        .order_by("pk")
    ):
        advice.setdefault(opinion.assignment.round_id, []).append(opinion)
    found = []
    for round in rounds:
        given = advice.get(round.pk, [])
        if given and all(one.outcome == Outcome.GRANTED for one in given):
            codes = {code for one in given for code in one.reason_codes}
            found.append(
                ClearCase(
                    round=round,
                    reason_codes=tuple(code.value for code in ReasonCode if code.value in codes),
                    texts=tuple(one.text for one in given),
                )
            )
    return tuple(found[:AT_MOST])


def decide_batch(*, round_ids: list[int], decider: User) -> BatchResult:
    """Decide clear cases, each in a transaction of its own: one that fails does not hold up the others.

    What is no clear case (any more), or one that the decider may not know of, is only counted.
    """
    cases = {one.round.pk: one for one in clear_cases(member_id=decider.pk)}
    decided, gone, refused = 0, 0, []
    for round_id in dict.fromkeys(round_ids):
        case = cases.get(round_id)
        if case is None:
            gone += 1
            continue
        name = case.round.dossier.person.full_name
        if open_questions(dossier=case.round.dossier, member_id=decider.pk):
            refused.append((name, _("Zeg eerst of je deze persoon kent. Open dit dossier apart.")))
            continue
        try:
            decide(
                round_id=round_id,
                decider=decider,
                outcome=Outcome.GRANTED,
                reason_codes=case.reason_codes,
                text=_("Alle lezers stelden, los van elkaar, voor om toe te kennen."),
            )
        except CommitteeError as error:
            refused.append((name, str(error)))
        else:
            decided += 1
    return BatchResult(decided=decided, refused=tuple(refused), gone=gone)
