"""Carrying a preview out: line by line through the outbox, so that nothing is lost and nothing is issued twice."""

from dataclasses import dataclass
from functools import partial

from django.db import IntegrityError, models, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.bulk_issue import BulkPlan
from accreditation.domain.certificates import DUTCH, issue_certificate, json_facts
from accreditation.domain.paper_words import LANGUAGES
from accreditation.exceptions import CertificateError
from accreditation.models import CertificateTemplate, IssueBatch, IssueLine
from ledger.api import OutboxMessage, hold_deliveries, publish, record_audit, ref
from people.api import User

ISSUE_TOPIC = "certificate.issue"
#: Certificates per delivery: far under the lease of an event.
PORTION = 25


@dataclass(frozen=True)
class BatchStand:
    """How far a batch is; counts of people."""

    total: int
    issued: int
    refused: int
    on_paper: int
    failed: int

    @property
    def is_issued(self) -> bool:
        """Whether every line has an outcome."""
        return self.issued + self.refused == self.total

    @property
    def is_ready(self) -> bool:
        """Whether every certificate that was issued is on paper."""
        return self.is_issued and self.on_paper == self.issued

    @property
    def percent(self) -> int:
        """Issuing and drawing count for half each."""
        steps = 2 * self.total - self.refused
        return int(100 * (self.issued + self.refused + self.on_paper) / steps) if steps else 100


def languages_for(kind: str) -> tuple[str, ...]:
    """In which languages a kind can be issued: Dutch always, others where a template was published."""
    published = CertificateTemplate.objects.filter(kind=kind, live=True).values_list("language", flat=True)
    return tuple(language for language in LANGUAGES if language == DUTCH or language in published)


@transaction.atomic
def confirm_batch(
    *, plan: BulkPlan, digest: str, confirmed: int, about: str, by: User, language: str = DUTCH
) -> IssueBatch:
    """Keep what the preview showed and begin. The same preview twice is the same batch.

    Raises CertificateError when somebody or something changed since the preview (`digest`), when `confirmed` is not
    the number that it showed, when there is nothing to do, or for a language without a template.
    """
    known = IssueBatch.objects.filter(kind=plan.kind, digest=digest, language=language).first()
    if known is not None:
        return known
    if language not in languages_for(plan.kind):
        raise CertificateError(
            _("Er is nog geen sjabloon in deze taal. Maak er eerst een bij Beheer en publiceer het.")
        )
    if plan.digest != digest:
        raise CertificateError(
            _("Er veranderde iets sinds dit overzicht. Kijk het opnieuw na en bevestig dan.")
        )
    if not plan.due:
        raise CertificateError(_("Er is niemand die dit getuigschrift nog moet krijgen."))
    if confirmed != len(plan.due):
        raise CertificateError(
            _("Typ het getal dat in het overzicht staat: %s. Zo gaat er niets per ongeluk de deur uit.")
            % len(plan.due)
        )
    try:
        with transaction.atomic():
            batch = IssueBatch.objects.create(
                kind=plan.kind, language=language, about=about[:200], digest=digest, created_by=by
            )
    except IntegrityError:
        return IssueBatch.objects.get(kind=plan.kind, digest=digest, language=language)
    IssueLine.objects.bulk_create(
        (
            IssueLine(
                batch=batch,
                person_id=each.person_id,
                entitlement_key=each.entitlement_key,
                title=each.title,
                facts=json_facts(each.facts),
            )
            for each in plan.due
        ),
        batch_size=500,
    )
    _next_portion(batch, after=0)
    record_audit(
        verb="certificate_batch.confirmed",
        subject=ref(batch),
        actor=by,
        data={"kind": plan.kind, "count": len(plan.due), "language": language},
    )
    return batch


def deliver_portion(message: OutboxMessage) -> None:
    """Outbox handler: the next lines without an outcome, each in its own transaction, then an order for the rest."""
    batch = IssueBatch.objects.select_related("created_by").get(pk=message.payload["batch_id"])
    lines = list(_open_lines(batch).select_related("person")[:PORTION])
    # The papers are drawn by the round that delivers this order, not by rounds inside it.
    with hold_deliveries():
        for line in lines:
            _issue(line, batch=batch, actor=batch.created_by)
        with transaction.atomic():
            if lines and _open_lines(batch).exists():
                _next_portion(batch, after=lines[-1].pk)
            else:
                IssueBatch.objects.filter(pk=batch.pk, finished_at=None).update(finished_at=timezone.now())


def stand_of(batch: IssueBatch) -> BatchStand:
    """How far it is. One query."""
    has = partial(Count, "pk")
    found = batch.lines.aggregate(
        total=Count("pk"),
        issued=has(filter=Q(certificate__isnull=False)),
        refused=has(filter=~Q(refused="")),
        on_paper=has(filter=Q(certificate__isnull=False) & ~Q(certificate__file_name="")),
        failed=has(filter=Q(certificate__file_name="") & ~Q(certificate__render_error="")),
    )
    return BatchStand(**found)


def _issue(line: IssueLine, *, batch: IssueBatch, actor: models.Model) -> None:
    outcome: dict[str, object]
    try:
        certificate = issue_certificate(
            person_id=line.person_id,
            kind=batch.kind,
            entitlement_key=line.entitlement_key,
            title=line.title,
            facts=line.facts,
            language=batch.language,
            actor=actor,
        )
        outcome = {"certificate": certificate}
    except CertificateError as error:
        outcome = {"refused": str(error)[:300]}
    IssueLine.objects.filter(pk=line.pk, certificate=None, refused="").update(**outcome)


def _open_lines(batch: IssueBatch) -> models.QuerySet[IssueLine]:
    return IssueLine.objects.filter(batch=batch, certificate=None, refused="").order_by("pk")


def _next_portion(batch: IssueBatch, *, after: int) -> None:
    publish(
        topic=ISSUE_TOPIC,
        subject=ref(batch),
        payload={"batch_id": batch.pk},
        key=f"{ISSUE_TOPIC}:{batch.pk}:{after}",
    )
