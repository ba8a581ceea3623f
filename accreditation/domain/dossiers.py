"""The verbs of a dossier: open, choose a route, hand in, take back, and what the committee says about it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.checklist import Checklist, checklist_for
from accreditation.domain.snapshot import build_snapshot, content_hash
from accreditation.enums import DossierRoute, DossierStage, Level, Outcome
from accreditation.exceptions import DossierError, DossierIncompleteError
from accreditation.models import Dossier, DossierRound
from accreditation.signals import dossier_submitted, dossier_withdrawn
from ledger.api import record_audit, ref, wait_for_turn
from people.api import User, queue_mail

STAGE_OF_OUTCOME = {
    Outcome.GRANTED: DossierStage.GRANTED,
    Outcome.CONDITIONAL: DossierStage.GRANTED,
    Outcome.REFUSED: DossierStage.REFUSED,
    Outcome.MORE_INFORMATION: DossierStage.MORE_INFORMATION,
}
HANDED_IN = (DossierStage.SUBMITTED, DossierStage.READING)


@transaction.atomic
def open_dossier(*, person: User, level: str) -> Dossier:
    """The open dossier of a person for a level, made when there is none. Raises DossierError for an unknown level."""
    if level not in Level.values:
        raise DossierError(_("Kies een niveau."))
    existing = Dossier.objects.open().filter(person=person, level=level).first()
    if existing is not None:
        return existing
    try:
        with transaction.atomic():
            dossier = Dossier.objects.create(person=person, level=level)
    except IntegrityError:
        return Dossier.objects.open().get(person=person, level=level)
    record_audit(verb="dossier.opened", subject=ref(dossier), actor=person, data={"level": level})
    return dossier


@transaction.atomic
def choose_route(*, person: User, level: str, route: str) -> Dossier:
    """Choose between a degree and experience for criterion 1. Raises DossierError when it was handed in."""
    if route not in DossierRoute.values:
        raise DossierError(_("Kies een route."))
    dossier = _locked(open_dossier(person=person, level=level))
    if dossier.route == route:
        return dossier
    if not dossier.is_editable:
        raise DossierError(
            _("Je dossier is ingediend. Neem het eerst terug als je een andere route wilt kiezen.")
        )
    dossier.route = route
    dossier.save(update_fields=["route"])
    record_audit(verb="dossier.route_chosen", subject=ref(dossier), actor=person, data={"route": route})
    return dossier


@transaction.atomic
def submit_dossier(*, person: User, level: str, at: datetime | None = None) -> DossierRound:
    """Hand in: freeze the evidence of this moment as a round and announce it. Twice is once.

    Raises DossierIncompleteError, naming the criteria, while something is missing.
    """
    # The audit line comes first: the committee's receiver locks rows of its own in this transaction.
    wait_for_turn()
    moment = at or timezone.now()
    dossier = _locked(open_dossier(person=person, level=level))
    if dossier.stage in HANDED_IN:
        return dossier.rounds.latest("number")
    checklist = checklist_for(person.pk, level, timezone.localdate(moment), dossiers=(dossier,))
    if not checklist.evaluation.ready:
        titles = tuple(result.title for result in checklist.evaluation.missing)
        raise DossierIncompleteError(
            _("Je dossier is bijna zover. Dit ontbreekt nog: %(titles)s.") % {"titles": ", ".join(titles)},
            missing=titles,
        )
    frozen = _freeze(dossier, checklist, moment)
    _move(dossier, DossierStage.SUBMITTED, moment)
    dossier_submitted.send(sender=DossierRound, round_id=frozen.pk)
    queue_mail(
        to_user_id=person.pk,
        template="accreditation/email/dossier_submitted",
        context={"level_name": str(Level(level).label)},
        key=f"dossier-submitted:{frozen.pk}",
    )
    record_audit(
        verb="dossier.submitted",
        subject=ref(dossier),
        actor=person,
        data={
            "round": frozen.number,
            "sha256": frozen.snapshot_hash,
            "criteria": str(frozen.criteria_version),
        },
    )
    return frozen


@transaction.atomic
def withdraw_dossier(*, person: User, level: str) -> Dossier:
    """Take the open dossier back; its rounds stay as they were. A new dossier may begin. Raises DossierError."""
    wait_for_turn()
    dossier = Dossier.objects.select_for_update().open().filter(person=person, level=level).first()
    if dossier is None:
        raise DossierError(_("Er is geen dossier om terug te nemen."))
    dossier.withdrawn_at = timezone.now()
    _move(dossier, DossierStage.WITHDRAWN, dossier.withdrawn_at)
    dossier_withdrawn.send(sender=Dossier, dossier_id=dossier.pk)
    record_audit(verb="dossier.withdrawn", subject=ref(dossier), actor=person)
    return dossier


@transaction.atomic
def record_outcome(*, dossier_id: int, outcome: str, at: datetime | None = None) -> Dossier:
    """Move a dossier after the committee's decision. Called by the committee's verbs, which write the audit entry.

    Raises DossierError when the dossier is not with the committee (taken back, or decided before).
    """
    dossier = Dossier.objects.select_for_update().get(pk=dossier_id)
    if dossier.stage not in HANDED_IN:
        raise DossierError(_("Dit dossier ligt niet meer bij de commissie."))
    _move(dossier, STAGE_OF_OUTCOME[Outcome(outcome)], at or timezone.now())
    return dossier


def _freeze(dossier: Dossier, checklist: Checklist, moment: datetime) -> DossierRound:
    number = dossier.rounds.count() + 1
    snapshot = build_snapshot(
        dossier_id=dossier.pk,
        number=number,
        version=checklist.version,
        evaluation=checklist.evaluation,
        rows=checklist.portfolio.rows,
        pieces=checklist.portfolio.pieces,
        learned_facts=checklist.portfolio.learned_facts,
    )
    return DossierRound.objects.create(
        dossier=dossier,
        number=number,
        submitted_at=moment,
        criteria_version=checklist.version,
        snapshot=snapshot,
        snapshot_hash=content_hash(snapshot),
    )


def _locked(dossier: Dossier) -> Dossier:
    return Dossier.objects.select_for_update().get(pk=dossier.pk)


def _move(dossier: Dossier, stage: DossierStage, at: datetime) -> None:
    dossier.stage, dossier.stage_since = stage, at
    dossier.save(update_fields=["stage", "stage_since", "withdrawn_at"])
