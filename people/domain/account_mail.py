"""Mails about the account itself (confirm, reset): through the outbox, sealed, and never sent late.

They carry a secret link. The payload is therefore encrypted while it waits, and forgotten once delivered.
"""

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.utils import timezone

from ledger.api import OutboxMessage, publish
from people.sealing import seal, unseal

LINKS_LIVE = timedelta(hours=24)


def queue_account_mail(*, mail: EmailMessage, key: str) -> None:
    """Put a rendered mail in the outbox, sealed."""
    html = next((part[0] for part in getattr(mail, "alternatives", ())), "")
    is_html = mail.content_subtype == "html"
    letter = {"to": mail.to, "subject": mail.subject, "text": mail.body, "html": html, "is_html": is_html}
    payload = {"sealed": seal(json.dumps(letter)), "not_after": (timezone.now() + LINKS_LIVE).isoformat()}
    publish(topic="account_mail", subject=f"mail:{key}", payload=payload, key=f"account_mail:{key}")


def deliver_account_mail(message: OutboxMessage) -> None:
    """Send it; a link that no longer works is not sent (fault 19). Repeats carry the same Message-ID."""
    if timezone.now() > datetime.fromisoformat(message.payload["not_after"]):
        return
    letter = json.loads(unseal(message.payload["sealed"]))
    mail = EmailMultiAlternatives(
        subject=letter["subject"],
        body=letter["text"],
        to=letter["to"],
        headers={"Message-ID": f"<{message.event_id}@{settings.SITE_HOST}>"},
    )
    if letter["is_html"]:
        mail.content_subtype = "html"
    if letter["html"]:
        mail.attach_alternative(letter["html"], "text/html")
    mail.send()
