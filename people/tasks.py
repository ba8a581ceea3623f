"""Thin tasks of the people floor."""

from celery import shared_task

from people.domain import audit_mail, digest
from people.domain.intake.applying import forget_old_rows


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def send_digests() -> int:
    """The one mail of the day. Harmless to repeat."""
    return digest.send_digests()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def forget_import_rows() -> int:
    """Let go of rows of old lists of people. Daily; harmless to repeat."""
    return forget_old_rows()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def mail_audit_head() -> int:
    """The audit trail's last hash, kept outside the site. Daily; harmless to repeat."""
    return audit_mail.mail_audit_head()
