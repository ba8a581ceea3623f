"""The agreement on confidentiality of a group: every member signs it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.queries.meetings import AGREEMENT
from lms.exceptions import IntervisionError
from lms.models import AgreementSignature, GroupMember, IntervisionGroup
from people.api import User


@transaction.atomic
def sign_agreement(*, group_id: int, person: User) -> AgreementSignature:
    """Sign it as it reads now. Twice is once. Raises IntervisionError (not_member)."""
    if not GroupMember.objects.on(timezone.localdate()).filter(group_id=group_id, person=person).exists():
        raise IntervisionError("not_member", _("Alleen leden van de groep tekenen de afspraken."))
    signature, created = AgreementSignature.objects.get_or_create(
        group_id=group_id, person=person, version=AGREEMENT
    )
    if created:
        group = IntervisionGroup.objects.get(pk=group_id)
        record_audit(verb="group.agreement_signed", subject=ref(group), actor=person, data={"v": AGREEMENT})
    return signature
