"""Accounts that were erased, so that a restored backup can erase them again."""

from django.db import models
from django.utils import timezone


class Erasure(models.Model):
    """That an account was erased, and what was done. Holds no personal data: the number says nothing by itself.

    Purpose: showing that it was done, and doing it again after a restore. Retention: as long as backups live, at least.
    """

    user_id = models.PositiveBigIntegerField(unique=True)
    erased_at = models.DateTimeField(default=timezone.now)
    #: The checklist as it was: [{part, what, count, why}].
    checklist = models.JSONField(default=list)

    class Meta:
        ordering = ("erased_at", "id")

    def __str__(self) -> str:
        return f"user:{self.user_id}"
