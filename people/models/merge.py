"""Two accounts of one person that were put together, and how to take them apart again."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class AccountMerge(models.Model):
    """A merge of a duplicate into the account that stays. Undone by a mark, never deleted.

    Purpose: one person, one account, and a way back. Retention: with the accounts. `moved`: model, field and numbers of
    the rows that changed hands; `stayed`: rows that could not.
    """

    kept = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="merges_into_me"
    )
    merged = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="merges_of_me"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    moved = models.JSONField(default=list)
    stayed = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    no_personal_data = "accounts and row numbers only"

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("merged",), condition=Q(undone_at=None), name="account_merged_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="account_not_merged_with_itself"),
        )

    def __str__(self) -> str:
        return f"{self.merged_id}>{self.kept_id}"
