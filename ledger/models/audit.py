"""The one audit trail: append-only (database triggers) and hash-chained."""

from django.db import models
from django.utils import timezone


class AuditEntry(models.Model):
    """One thing that somebody did. Never holds personal data: only references such as "dossier:12"."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=80, blank=True, db_index=True)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=120, db_index=True)
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject}"


class AuditHead(models.Model):
    """The end of the chain, one row; locking it puts writers in line."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="audit_head_is_one_row"),)

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"
