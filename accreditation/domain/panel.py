"""How many read a round, and who may not because they spoke before."""

from collections.abc import Iterable

from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.decision_rules import Advice
from accreditation.domain.procedure import procedure_rule
from accreditation.enums import GRANTING_OUTCOMES, Outcome
from accreditation.enums_committee import DisagreementWay
from accreditation.exceptions import CommitteeError
from accreditation.models import Decision, Disagreement, DossierRound, Opinion, ReaderAssignment, Recognition

READERS = 2
WITH_THIRD = 3


def is_appeal(round: DossierRound) -> bool:
    """Whether the round reads an appeal."""
    return hasattr(round, "appeal")


def disagreement_of(round: DossierRound) -> Disagreement | None:
    """How a disagreement is settled; None while there is none."""
    return getattr(round, "disagreement", None)


def wanted_readers(round: DossierRound) -> int:
    """How many opinions the round needs: the panel of an appeal, two, or three where a third reader settles it."""
    if is_appeal(round):
        return procedure_rule(timezone.localdate(round.appeal.lodged_at)).appeal_panel
    noted = disagreement_of(round)
    return WITH_THIRD if noted is not None and noted.way == DisagreementWay.THIRD_READER else READERS


def withdrawn_recognition(round: DossierRound) -> Recognition | None:
    """The recognition whose withdrawal this round reads an appeal against; None for every other round."""
    if not is_appeal(round):
        return None
    return Recognition.objects.filter(withdrawal_appeal__appeal=round.appeal).first()


def possible_outcomes(round: DossierRound) -> tuple[Outcome, ...]:
    """What a round can end in. About a withdrawal the answer is yes or no: the person was heard and wrote why.

    Nobody loses by an appeal: who was recognised with conditions stays recognised.
    """
    if not is_appeal(round):
        return tuple(Outcome)
    if withdrawn_recognition(round) is not None:
        return tuple(outcome for outcome in Outcome if outcome != Outcome.MORE_INFORMATION)
    if round.appeal.decision.outcome == Outcome.CONDITIONAL:
        return tuple(outcome for outcome in Outcome if outcome in GRANTING_OUTCOMES)
    return tuple(Outcome)


def require_fair_outcome(round: DossierRound, outcome: str) -> None:
    """Raises CommitteeError for an outcome that is not in `possible_outcomes`."""
    if outcome in possible_outcomes(round):
        return
    if withdrawn_recognition(round) is not None:
        raise CommitteeError(
            _("Over een intrekking is het antwoord ja of nee: de persoon kwam al aan het woord.")
        )
    raise CommitteeError(
        _("Wie met voorwaarden erkend is, verliest niets door bezwaar te maken. Kies een ander voorstel.")
    )


def with_wanted(rounds: QuerySet[DossierRound]) -> QuerySet[DossierRound]:
    """Rounds with `wanted`, the same in SQL by the rule of today."""
    panel = procedure_rule(timezone.localdate()).appeal_panel
    return rounds.annotate(
        wanted=Case(
            When(appeal__isnull=False, then=Value(panel)),
            When(disagreement__way=DisagreementWay.THIRD_READER, then=Value(WITH_THIRD)),
            default=Value(READERS),
        )
    )


def advice_of(round: DossierRound) -> Advice:
    """The opinions of the active readers of a round. Two queries."""
    outcomes = Opinion.objects.filter(assignment__round=round, assignment__released_at=None)
    return Advice(
        outcomes=tuple(outcomes.order_by("pk").values_list("outcome", flat=True)),
        readers=ReaderAssignment.objects.active().filter(round=round).count(),
        wanted=wanted_readers(round),
    )


def spoke_before(round: DossierRound) -> frozenset[int]:
    """Who may not judge an appeal: advised or decided in an earlier round, alone or in the room of a meeting."""
    return spoke_before_many([round])[round.pk]


def spoke_before_many(rounds: Iterable[DossierRound]) -> dict[int, frozenset[int]]:
    """The same for many rounds (by id) in two queries; nobody for rounds that are no appeal."""
    cases = list(rounds)
    found: dict[int, set[int]] = {one.pk: set() for one in cases}
    appeals = {one.dossier_id: one.pk for one in cases if is_appeal(one)}
    if appeals:
        earlier = DossierRound.objects.filter(dossier_id__in=appeals).exclude(pk__in=appeals.values())
        readers = ReaderAssignment.objects.filter(round__in=earlier, opinion__isnull=False)
        for dossier_id, reader_id in readers.values_list("round__dossier_id", "reader_id"):
            found[appeals[dossier_id]].add(reader_id)
        for decision in Decision.objects.filter(round__in=earlier).select_related("round", "agenda_item"):
            item = getattr(decision, "agenda_item", None)
            voices = {decision.decided_by_id, *(item.in_room if item is not None else ())}
            found[appeals[decision.round.dossier_id]] |= voices
    return {pk: frozenset(people) for pk, people in found.items()}
