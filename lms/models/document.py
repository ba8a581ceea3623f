from django.conf import settings
from django.db import models
from django.utils import timezone

from ledger.api import PersonalData
from lms.enums import DocumentKind
from lms.models.enrolment import Enrolment


class ActivityDocument(models.Model):
    """A document that a unit keeps with us under a name of its own choice (xAPI document resources).

    Purpose: let the learner go on where they were. Retention: with the enrolment.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Verdergaan in een oefening",
        retention="Met de inschrijving",
    )

    kind = models.CharField(max_length=16, choices=DocumentKind.choices)
    #: SHA-256 over kind, person, activity, registration and name: what makes a document the same one.
    key = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.CASCADE, null=True, blank=True, related_name="documents"
    )
    activity = models.CharField(max_length=1000, blank=True)
    registration = models.UUIDField(null=True, blank=True)
    name = models.CharField(max_length=500)
    content_type = models.CharField(max_length=120)
    content = models.BinaryField()
    etag = models.CharField(max_length=64)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=("registration", "activity"), name="lms_document_of_activity"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
