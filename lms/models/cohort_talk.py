"""What is said about a cohort: messages to its members, notes of its trainers, invitations in calendars."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.api import OnErasure, PersonalData
from lms.enums import NoteTopic


class MessageTemplate(models.Model):
    """A text that is sent again and again. Fixed placeholders are filled in for each person."""

    name = models.CharField(_("naam"), max_length=80, unique=True)
    subject = models.CharField(_("onderwerp"), max_length=120)
    body = models.TextField(_("bericht"), max_length=4000)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class CohortMessage(models.Model):
    """A message to the members of a cohort, as it was written, with its placeholders. `key` makes sending it once."""

    cohort = models.ForeignKey("lms.Cohort", on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(_("onderwerp"), max_length=120)
    body = models.TextField(_("bericht"), max_length=4000)
    recipients = models.PositiveIntegerField(default=0)
    key = models.UUIDField(unique=True)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-sent_at", "-id")

    def __str__(self) -> str:
        return self.subject


class SessionNote(models.Model):
    """A trainer's practical note about a session, for the next one who gives it. Never about a family or a member."""

    personal_data = PersonalData(
        subject="author",
        purpose="Een bijeenkomst beter voorbereiden",
        retention="Met de bijeenkomst",
        on_erasure=OnErasure.KEEP,
        why_kept="Zegt iets over de bijeenkomst, niet over de schrijver",
    )

    session = models.ForeignKey("lms.Session", on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(_("waarover"), max_length=12, choices=NoteTopic.choices)
    text = models.CharField(_("notitie"), max_length=400)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.session_id}:{self.topic}"


class Invitation(models.Model):
    """What a person's own calendar was last told about a session. Purpose: invitations. Retention: with the session."""

    personal_data = PersonalData(
        subject="person", purpose="Uitnodigingen voor de kalender", retention="Met de bijeenkomst"
    )

    session = models.ForeignKey("lms.Session", on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    #: The session's own sequence that was told; a higher one means that something changed.
    told = models.PositiveIntegerField()
    #: The SEQUENCE in the person's calendar: grows with every message, also after leaving and coming back.
    sequence = models.PositiveIntegerField(default=0)
    is_cancelled = models.BooleanField(default=False)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("session", "person"), name="one_invitation_per_session"),
        )

    def __str__(self) -> str:
        return f"{self.session_id}:{self.person_id}"
