"""Quality labels: of organisations, recorded by the office; of professionals, as verified evidence. Status by date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.enums import EvidenceKind, EvidenceStatus
from accreditation.exceptions import LabelError
from accreditation.models import Evidence, LabelScheme, OrganisationLabel
from ledger.api import record_audit, ref
from people.api import User, organisation_names


@dataclass(frozen=True)
class HeldLabel:
    """A label in force; exactly one of the holders is set."""

    name: str
    valid_until: date
    person_id: int | None = None
    organisation_id: int | None = None


@transaction.atomic
def record_label(
    *, scheme: LabelScheme, organisation_id: int, valid_from: date, valid_until: date, by: User
) -> OrganisationLabel:
    """Write that an organisation holds a label. The same again is the row of the first time. Raises LabelError."""
    if valid_until < valid_from:
        raise LabelError(
            _("De einddatum ligt voor de begindatum. Kijk de twee datums even na."), field="valid_until"
        )
    if not scheme.for_organisations:
        raise LabelError(_("Dit label is voor professionals, niet voor organisaties."), field="scheme")
    if organisation_id not in organisation_names([organisation_id]):
        raise LabelError(_("Kies een organisatie."), field="organisation")
    standing = OrganisationLabel.objects.filter(
        scheme=scheme, organisation_id=organisation_id, valid_from=valid_from, ended_at=None
    )
    known = standing.first()
    if known is not None and known.valid_until == valid_until:
        return known
    if known is not None:
        raise LabelError(
            _(
                "Dit label staat al op deze begindatum, met een andere einddatum. Beëindig eerst de oude regel."
            ),
            field="valid_from",
        )
    try:
        with transaction.atomic():
            row = OrganisationLabel.objects.create(
                scheme=scheme,
                organisation_id=organisation_id,
                valid_from=valid_from,
                valid_until=valid_until,
                recorded_by=by,
            )
    except IntegrityError:
        return standing.get()
    record_audit(verb="label.recorded", subject=ref(row), actor=by, data={"scheme": scheme.key})
    return row


@transaction.atomic
def end_label(*, label_id: int, reason: str, by: User) -> OrganisationLabel:
    """Take a label back with a reason; the row stays. Twice is once. Raises LabelError without a reason."""
    row = OrganisationLabel.objects.select_for_update().get(pk=label_id)
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise LabelError(_("Schrijf kort waarom het label stopt."), field="reason")
    if row.ended_at is None:
        row.ended_at, row.ended_reason = timezone.now(), reason
        row.save(update_fields=["ended_at", "ended_reason"])
        record_audit(verb="label.ended", subject=ref(row), actor=by)
    return row


def labels_of(
    *, on: date, person_ids: Iterable[int] = (), organisation_ids: Iterable[int] = ()
) -> tuple[HeldLabel, ...]:
    """Labels in force on a day of people and organisations. Two queries at most."""
    found: list[HeldLabel] = []
    people, organisations = list(person_ids), list(organisation_ids)
    if people:
        rows = Evidence.objects.in_portfolio().filter(
            person_id__in=people, kind=EvidenceKind.LABEL, status=EvidenceStatus.VERIFIED
        )
        for row in rows.filter(valid_from__lte=on, valid_until__gte=on).order_by("title", "pk"):
            if row.valid_until is not None:
                found.append(HeldLabel(row.title, row.valid_until, person_id=row.person_id))
    if organisations:
        held = OrganisationLabel.objects.filter(
            organisation_id__in=organisations, ended_at=None, valid_from__lte=on, valid_until__gte=on
        ).select_related("scheme")
        found += [
            HeldLabel(row.scheme.name, row.valid_until, organisation_id=row.organisation_id) for row in held
        ]
    return tuple(found)
