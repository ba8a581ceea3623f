"""What the network wrote to a professional, as it was sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accreditation.enums import LetterKind
from ledger.api import OnErasure, PersonalData


class Letter(models.Model):
    """A letter, read on the site; the mail only says that it is there. Append-only.

    Purpose: the right to a reasoned decision. Retention: with the decision.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Recht op een beslissing met uitleg",
        retention="Met de beslissing",
        on_erasure=OnErasure.KEEP,
        why_kept="De beslissing moet kunnen worden nagekeken; kan niet veranderen",
    )

    kind = models.CharField(max_length=12, choices=LetterKind.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="letters")
    decision = models.OneToOneField(
        "accreditation.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="letter"
    )
    recognition = models.OneToOneField(
        "accreditation.Recognition",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="withdrawal_letter",
    )
    #: What the other letters are about: "recognitiontransition:3", "appeal:5". Each thing is written about once.
    subject = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001 - NULL keeps out of the key
    title = models.CharField(max_length=200)
    body = models.TextField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-sent_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=LetterKind.DECISION.value, decision__isnull=False, recognition=None)
                | Q(kind=LetterKind.WITHDRAWAL.value, recognition__isnull=False, decision=None)
                | (
                    ~Q(kind__in=[LetterKind.DECISION.value, LetterKind.WITHDRAWAL.value])
                    & Q(decision=None, recognition=None, subject__isnull=False)
                ),
                name="letter_is_about_one_thing",
            ),
            models.UniqueConstraint(fields=("kind", "subject"), name="one_letter_per_subject"),
        )

    def __str__(self) -> str:
        return f"letter:{self.pk}"
