"""A question from the contact form goes to the office by mail."""

import hashlib

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from people.api import queue_account_mail


def send_question(*, name: str, email: str, message: str) -> None:
    """Queue the mail (sealed until delivered). The same text twice on one day is one mail."""
    today = timezone.localdate().isoformat()
    key = hashlib.sha256(f"{today}{email}{message}".encode()).hexdigest()[:40]
    mail = EmailMessage(
        subject=f"Vraag via Nestwerk van {name}"[:120].replace("\n", " ").replace("\r", " "),
        body=f"{name} <{email}> schrijft:\n\n{message}\n",
        to=[settings.CONTACT_EMAIL],
    )
    queue_account_mail(mail=mail, key=f"contact-{key}")
