"""What erasing a person means for dossiers, certificates and the public list; and when it has to wait."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.certificates import revoke_certificates
from accreditation.domain.rendering import certificate_storage
from accreditation.enums import DossierStage
from accreditation.models import Certificate, Dossier, Listing, Recognition
from people.api import ErasureLine


def what_must_end_first(user_id: int) -> str:
    """A dossier with the committee, or a recognition in force, has to be ended before somebody is erased."""
    stages = (DossierStage.SUBMITTED, DossierStage.READING)
    if Dossier.objects.filter(person_id=user_id, stage__in=stages).exists():
        return _("Er ligt een dossier bij de commissie. Neem het eerst terug.")
    if Recognition.objects.holding_on(timezone.localdate()).filter(person_id=user_id).exists():
        return _("Deze persoon is nog erkend. Trek de erkenning eerst in.")
    return ""


def erase_proof(user_id: int, is_rehearsal: bool) -> list[ErasureLine]:
    """Withdraw certificates and delete their files; whether the public list still shows the person is checked too."""
    certificates = Certificate.objects.filter(person_id=user_id)
    keys = sorted(set(certificates.filter(revoked_at=None).values_list("entitlement_key", flat=True)))
    places = [name for name in certificates.values_list("file_name", flat=True) if name]
    if not is_rehearsal:
        for key in keys:
            revoke_certificates(entitlement_key=key)
        certificates.exclude(file_name="").update(file_name="", file_sha256="")
        for place in places:
            transaction.on_commit(partial(certificate_storage().delete, place))
    lines = [ErasureLine("getuigschriften, ingetrokken", "done", len(keys))] if keys else []
    lines += [ErasureLine("getuigschriften als pdf", "deleted", len(places))] if places else []
    listed = Listing.objects.filter(recognition__person_id=user_id, is_announced=True).count()
    return [*lines, ErasureLine("vermelding in zorgaanbod en feed", "done", listed)]
