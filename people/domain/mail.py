"""Mail: written to the outbox with references only, rendered and sent at delivery."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from ledger.api import OutboxMessage, publish
from people.models import User


@dataclass(frozen=True)
class MailExtras:
    """What is worked out at delivery: more context, and attachments (file name, text, media type)."""

    context: dict[str, Any] = field(default_factory=dict)
    attachments: tuple[tuple[str, str, str], ...] = ()
    #: A text that mail programs show in place, such as one invitation: text and media type.
    alternative: tuple[str, str] | None = None


MailMaker = Callable[[User, dict[str, Any]], MailExtras]
_makers: dict[str, MailMaker] = {}


def register_mail_maker(name: str, maker: MailMaker) -> None:
    """Let a floor add to its mails at delivery, so that the outbox holds references only."""
    _makers[name] = maker


def queue_mail(
    *,
    to_user_id: int,
    template: str,
    context: dict[str, Any],
    key: str,
    available_at: datetime | None = None,
    until: datetime | None = None,
    maker: str = "",
) -> None:
    """Queue one mail to a person; `template` names `<template>.txt` (first line `Onderwerp: ...`) and `.html`.

    The context is JSON and lies in the outbox until delivery: put references and dates in it, no case content.
    Nothing happens when a mail with this key was queued before. After `until` it says nothing any more and is not sent.
    `maker` names who adds to it at delivery (`register_mail_maker`).
    """
    payload: dict[str, Any] = {"to": to_user_id, "template": template, "context": context}
    if maker:
        payload["maker"] = maker
    if until is not None:
        payload["until"] = until.isoformat()
    publish(topic="mail", subject=f"user:{to_user_id}", payload=payload, key=key, available_at=available_at)


def deliver_mail(message: OutboxMessage) -> None:
    """Render and send one queued mail. A person who is gone gets none. Repeats carry the same Message-ID."""
    user = User.objects.filter(pk=message.payload["to"], is_active=True).first()
    until = message.payload.get("until")
    if user is None or (until and datetime.fromisoformat(until) < timezone.now()):
        return
    with override(settings.LANGUAGE_CODE):
        maker = message.payload.get("maker")
        extras = _makers[maker](user, message.payload["context"]) if maker else MailExtras()
        context = {
            **message.payload["context"],
            **extras.context,
            "user": user,
            "site_url": settings.SITE_URL,
        }
        text = render_to_string(f"{message.payload['template']}.txt", context)
        subject, _, body = text.partition("\n")
        mail = EmailMultiAlternatives(
            subject=subject.removeprefix("Onderwerp:").strip(),
            body=body.strip() + "\n",
            to=[user.email],
            headers={"Message-ID": f"<{message.event_id}@{settings.SITE_HOST}>"},
        )
        with contextlib.suppress(TemplateDoesNotExist):
            html = render_to_string(f"{message.payload['template']}.html", context)
            mail.attach_alternative(html, "text/html")
        if extras.alternative is not None:
            mail.attach_alternative(*extras.alternative)
        for name, content, media_type in extras.attachments:
            mail.attach(name, content, media_type)
    mail.send()


__all__ = ["MailExtras", "deliver_mail", "queue_mail", "register_mail_maker"]
