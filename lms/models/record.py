import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.api import OnErasure, PersonalData
from lms.enums import AttestedBy, RecordKind
from lms.models.enrolment import Enrolment


class LearningRecord(models.Model):
    """Something that a learner did, whoever says so. Never changed (database trigger); voided by a new row.

    Purpose: proof of learning. Retention: with the enrolment it belongs to.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Leren aantonen",
        retention="Met het account",
        on_erasure=OnErasure.KEEP,
        why_kept="Kan niet veranderen (append-only); wijst naar een account zonder naam",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="records"
    )
    kind = models.CharField(max_length=10, choices=RecordKind.choices)
    attested_by = models.CharField(max_length=10, choices=AttestedBy.choices)
    verb = models.CharField(max_length=1000)
    object_id = models.CharField(max_length=1000)
    #: One run of one activity by one learner; set by us.
    registration = models.UUIDField(null=True, blank=True)
    result = models.JSONField(default=dict)
    #: The statement as a browser sent it, without what we set ourselves.
    payload = models.JSONField(default=dict)
    #: SHA-256 of who, what and how; the same id with another hash is refused.
    content_hash = models.CharField(max_length=64)
    #: When it happened according to who attests it; `stored_at` is when we heard of it.
    happened_at = models.DateTimeField()
    stored_at = models.DateTimeField(default=timezone.now)
    voids = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="voided_by"
    )

    class Meta:
        verbose_name = _("leerspoor")
        verbose_name_plural = _("leersporen")
        indexes = (models.Index(fields=("enrolment", "-stored_at"), name="lms_record_of_enrolment"),)
        constraints = (
            models.UniqueConstraint(
                fields=("enrolment",), condition=Q(kind=RecordKind.COURSE), name="lms_course_completed_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=RecordKind.VOID, voids__isnull=False)
                | (~Q(kind=RecordKind.VOID) & Q(voids=None)),
                name="lms_void_names_a_record",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
