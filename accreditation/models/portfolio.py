"""Around a portfolio: questions to third persons, photos in the making, who looks at what, and who looked."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accreditation.enums import EvidenceKind
from ledger.api import OnErasure, PersonalData


class StatementRequest(models.Model):
    """A question to somebody outside: "can you confirm this?". Answered once, by a link and a code sent by mail.

    Purpose: proof by employer, supervisor or provider without an account. Retention: with the piece of evidence; the
    address is blanked when the question is answered, taken back or over for 60 days.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Iemand anders iets laten bevestigen",
        retention="Met het bewijsstuk; het adres 60 dagen na het einde",
        on_erasure=OnErasure.BLANK,
        why_kept="Het bewijsstuk wijst hierheen; de inhoud is weg",
        blanked={"asked": {}, "answer": {}, "recipient_name": "", "recipient_email": ""},
        secret=(
            "token_hash",
            "code_hash",
        ),
    )

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="statement_requests"
    )
    kind = models.CharField(max_length=20, choices=EvidenceKind.choices)
    #: What the professional proposes, as the form of the kind names it; days in ISO form, hours as text.
    asked = models.JSONField(default=dict)
    recipient_name = models.CharField(max_length=120)
    recipient_email = models.EmailField(blank=True)
    #: SHA-256 of the secret in the link, and of the code that was mailed last.
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    #: What the third person filled in; it becomes evidence once the code proves who they are.
    answer = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    evidence = models.OneToOneField(
        "accreditation.Evidence",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statement_request",
    )

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("person", "created_at"), name="statement_request_person"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at=None, evidence=None)
                | Q(answered_at__isnull=False, evidence__isnull=False, declined_at=None, cancelled_at=None),
                name="statement_answered_has_evidence",
            ),
        )

    def __str__(self) -> str:
        return f"statement_request:{self.pk}"


class EvidencePhoto(models.Model):
    """A photo that becomes a sheet of one PDF. Purpose: a document from a phone. Retention: one day at most.

    `turn` in degrees clockwise; `crop` as [left, top, right, bottom] in fractions of the turned photo.
    """

    personal_data = PersonalData(
        subject="owner",
        purpose="Een document van foto's maken",
        retention="Eén dag",
        moves=False,
    )

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="evidence_photos"
    )
    #: The form for which the photos are taken.
    token = models.CharField(max_length=40)
    file = models.OneToOneField("media.StoredFile", on_delete=models.CASCADE, related_name="evidence_photo")
    position = models.PositiveIntegerField()
    turn = models.PositiveSmallIntegerField(default=0)
    crop = models.JSONField(default=list)

    class Meta:
        ordering = ("position", "id")
        indexes = (models.Index(fields=("owner", "token"), name="evidence_photo_form"),)
        constraints = (
            models.CheckConstraint(condition=Q(turn__in=(0, 90, 180, 270)), name="evidence_photo_turn"),
        )

    def __str__(self) -> str:
        return f"{self.token}:{self.position}"


class EvidenceClaim(models.Model):
    """A colleague who looks at a piece just now, so that two do not do the same work. Ends by itself."""

    personal_data = PersonalData(
        subject="colleague",
        purpose="Werk verdelen in het bureau",
        retention="20 minuten",
        moves=False,
    )

    evidence = models.OneToOneField("accreditation.Evidence", on_delete=models.CASCADE, related_name="claim")
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="evidence_claims"
    )
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.evidence_id}:{self.colleague_id}"


class EvidenceAccess(models.Model):
    """That somebody other than the owner opened a piece, once per person, thing and day.

    Purpose: the professional sees who opened what. Retention: two years, or with the account.
    """

    personal_data = PersonalData(
        subject="owner",
        purpose="Tonen wie je stukken opende",
        retention="Twee jaar, of met het account",
    )

    class Thing(models.TextChoices):
        FACTS = "facts"
        PAGES = "pages"
        FILE = "file"
        EXPORT = "export"

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="evidence_accesses"
    )
    evidence = models.ForeignKey("accreditation.Evidence", on_delete=models.CASCADE, related_name="accesses")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    #: Role at that moment, for the words on the owner's page: "office" or "committee".
    role = models.CharField(max_length=12)
    thing = models.CharField(max_length=8, choices=Thing.choices)
    on = models.DateField()
    first_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-first_at", "-id")
        indexes = (models.Index(fields=("owner", "first_at"), name="evidence_access_owner"),)
        constraints = (
            models.UniqueConstraint(
                fields=("evidence", "reader", "thing", "on"), name="evidence_access_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.evidence_id}:{self.reader_id}:{self.on}"
