"""The quality criteria as dated, versioned data."""

from datetime import date
from typing import Optional

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.enums import Level, Transition


class CriteriaVersionQuerySet(models.QuerySet["CriteriaVersion"]):
    """Reads of criteria versions."""

    def in_force(self, *, level: str, on: date) -> Optional["CriteriaVersion"]:
        """The version that holds on a date: the last approved one that had begun by then."""
        return (
            self.filter(level=level, approved_at__isnull=False, valid_from__lte=on)
            .order_by("-valid_from", "-number")
            .first()
        )

    def drafts(self) -> "CriteriaVersionQuerySet":
        """Versions that two people did not approve yet."""
        return self.filter(approved_at=None)


class CriteriaVersion(models.Model):
    """The six criteria of one level from a date on. Once approved it never changes (database trigger).

    Purpose: decisions can be replayed years later with the rules of their own day. A draft has no `approved_at`.
    The proposal that every installation starts with has no approvers; every later version needs two, and its author
    is neither of them. `revision` grows with every change of a draft: who approves, approves what they saw.
    """

    level = models.CharField(max_length=12, choices=Level.choices)
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    rules = models.JSONField()
    is_proposal = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: Ids of everybody who wrote in it: none of them may approve.
    writer_ids = models.JSONField(default=list)
    #: Why there is a new version, in the author's words.
    note = models.TextField(_("waarom"), blank=True)
    transition = models.CharField(max_length=14, choices=Transition.choices, default=Transition.AT_ONCE)
    #: Last day on which an open dossier may be handed in with the version before.
    transition_until = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    approved_by_first = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by_second = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CriteriaVersionQuerySet.as_manager()

    class Meta:
        ordering = ("level", "number")
        constraints = (
            models.UniqueConstraint(fields=("level", "number"), name="criteria_number_once_per_level"),
            models.UniqueConstraint(
                fields=("level",), condition=Q(approved_at=None), name="one_criteria_draft_per_level"
            ),
            models.UniqueConstraint(
                fields=("level", "valid_from"),
                condition=Q(approved_at__isnull=False),
                name="criteria_versions_do_not_overlap",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None)
                | Q(is_proposal=True)
                | (
                    Q(approved_by_first__isnull=False, approved_by_second__isnull=False)
                    & ~Q(approved_by_first=F("approved_by_second"))
                ),
                name="criteria_approved_by_two",
            ),
            models.CheckConstraint(
                condition=Q(author=None)
                | (
                    (Q(approved_by_first=None) | ~Q(approved_by_first=F("author")))
                    & (Q(approved_by_second=None) | ~Q(approved_by_second=F("author")))
                ),
                name="criteria_not_approved_by_author",
            ),
            models.CheckConstraint(
                condition=(
                    Q(transition=Transition.OPEN_DOSSIERS.value, transition_until__gte=F("valid_from"))
                    | (~Q(transition=Transition.OPEN_DOSSIERS.value) & Q(transition_until=None))
                ),
                name="criteria_transition_has_its_end",
            ),
        )

    def __str__(self) -> str:
        return f"{self.level} {self.number}"
