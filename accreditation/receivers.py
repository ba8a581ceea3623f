"""What this floor's proof listens to. Receivers only pass on; the verbs decide."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import published

from accreditation.domain.certificate_templates import freeze_template
from accreditation.domain.certificates import RENDER_TOPIC
from accreditation.domain.course_certificates import receive_course_completed
from accreditation.domain.feed import announce_person
from accreditation.domain.issue_batches import ISSUE_TOPIC, deliver_portion
from accreditation.domain.rendering import deliver_render
from accreditation.enums import EvidenceStatus
from accreditation.models import CertificateTemplate, Evidence, ListingCard, PracticePlace
from ledger.api import register_handler
from lms.api import course_completed

#: A sign-in changes nothing that the public sees.
QUIET_FIELDS = frozenset({"last_login", "password"})


def connect_proof() -> None:
    """Connect everything; called once when the site starts."""
    register_handler(RENDER_TOPIC, deliver_render)
    register_handler(ISSUE_TOPIC, deliver_portion)
    published.connect(receive_template_published, sender=CertificateTemplate, dispatch_uid="proof.template")
    course_completed.connect(receive_course_completed, dispatch_uid="proof.course_certificate")
    post_save.connect(
        receive_profile_saved, sender="people.ProfessionalProfile", dispatch_uid="proof.consent"
    )
    post_save.connect(receive_evidence_saved, sender=Evidence, dispatch_uid="proof.evidence")
    for model in (ListingCard, PracticePlace):
        for signal, name in ((post_save, "saved"), (post_delete, "gone")):
            signal.connect(receive_card, sender=model, dispatch_uid=f"proof.{model.__name__}.{name}")
    post_save.connect(receive_user_saved, sender="people.User", dispatch_uid="proof.person")


def receive_template_published(*, instance: Any, revision: Any = None, **_: Any) -> None:
    """Whoever publishes a template freezes its words."""
    freeze_template(template=instance, actor=getattr(revision, "user", None))


def receive_profile_saved(*, instance: Any, raw: bool = False, **_: Any) -> None:
    """A consent given or taken back reaches the stream in the same transaction."""
    if not raw:
        with transaction.atomic():
            announce_person(person_id=instance.user_id)


def receive_card(*, instance: ListingCard | PracticePlace, raw: bool = False, **_: Any) -> None:
    """What somebody offers, or where, is part of the listing."""
    if not raw:
        with transaction.atomic():
            announce_person(person_id=instance.person_id)


def receive_evidence_saved(*, instance: Evidence, created: bool, raw: bool = False, **_: Any) -> None:
    """An insurance that was verified, refused or taken back may interrupt a recognition, or mend it."""
    if raw or (created and instance.status == EvidenceStatus.WAITING):
        return
    with transaction.atomic():
        announce_person(person_id=instance.person_id, with_words=False)


def receive_user_saved(
    *, instance: Any, created: bool, raw: bool = False, update_fields: Any = None, **_: Any
) -> None:
    """A new name, or an account that was closed."""
    if raw or created or (update_fields is not None and QUIET_FIELDS.issuperset(update_fields)):
        return
    with transaction.atomic():
        announce_person(person_id=instance.pk)
