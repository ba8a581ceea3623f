"""What this installation needs, part by part, and how to mend what is not in order."""

import smtplib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.mail import get_connection
from django.db import connection

from accreditation.api import CertificateError, has_pango, keys_in_order
from cms.domain.backup_keys import recipients
from cms.exceptions import BackupError
from media.api import is_scanner_configured, ping_scanner


@dataclass(frozen=True)
class Finding:
    """One part: whether it is in order, what was seen, and what to do."""

    part: str
    ok: bool
    detail: str
    fix: str = ""


class NotInOrderError(Exception):
    """A part is not in order; carries what was seen and how to mend it."""

    def __init__(self, detail: str, fix: str) -> None:
        super().__init__(detail)
        self.detail, self.fix = detail, fix


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if connection.vendor == "sqlite" and not settings.DEVELOPMENT:
        raise NotInOrderError("SQLite", "Set DATABASE_URL to PostgreSQL.")
    return connection.vendor


def _cache() -> str:
    key = f"doctor-{uuid.uuid4().hex}"
    cache.set(key, "1", 10)
    if cache.get(key) != "1":
        raise NotInOrderError("what was written cannot be read back", "Check REDIS_URL.")
    return "redis" if settings.REDIS_URL else "inside the process"


def _broker() -> str:
    if not settings.REDIS_URL:
        return "tasks run inside the web process"
    from celery import current_app

    answers = current_app.control.inspect(timeout=2).ping()
    if not answers:
        raise NotInOrderError(
            "no worker answers", "Start: celery -A config worker, and one celery -A config beat."
        )
    return f"{len(answers)} worker(s)"


def _storage() -> str:
    for alias in ("private", "packages", "default"):
        name = storages[alias].save(f"doctor-{uuid.uuid4().hex}", ContentFile(b"1"))
        storages[alias].delete(name)
    return settings.STORAGE_URL or "var/files"


def _mail() -> str:
    backend = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    if backend == "smtp":
        try:
            get_connection(timeout=5).open()
        except (OSError, smtplib.SMTPException) as error:
            raise NotInOrderError(type(error).__name__, "Check EMAIL_URL and the mail server.") from error
    elif not settings.DEVELOPMENT:
        raise NotInOrderError(backend, "Set EMAIL_URL to a mail server (smtp+tls://...).")
    return backend


def _pdf() -> str:
    if has_pango():
        return "weasyprint (archival) and xhtml2pdf"
    if not settings.DEVELOPMENT:
        raise NotInOrderError("xhtml2pdf only", "Install Pango: libpango-1.0-0 and libpangoft2-1.0-0.")
    return "xhtml2pdf (no Pango, so no archival PDF)"


def _virus_scanner() -> str:
    if not is_scanner_configured():
        return "not set: uploads are cleaned, but not scanned for viruses"
    if not ping_scanner():
        raise NotInOrderError("clamd does not answer", "Check CLAMAV_SOCKET and start clamd.")
    return str(settings.CLAMAV_SOCKET)


def _fonts() -> str:
    folder = Path(settings.BASE_DIR) / "var" / "vendor"
    if not (folder / "nest.css").exists():
        raise NotInOrderError("the browser files are not bundled", "Run: python3 scripts/setup.py run")
    return "bundled"


def _signing_keys() -> str:
    try:
        return keys_in_order()
    except CertificateError as error:
        raise NotInOrderError(
            str(error), "Put the key files of docs/operator.md in place, readable by the processes."
        ) from error


def _backups() -> str:
    try:
        count = len(recipients())
    except BackupError as error:
        raise NotInOrderError(
            str(error), "Put the line of manage.py backup_key in BACKUP_RECIPIENTS."
        ) from error
    if not count and not settings.DEVELOPMENT:
        raise NotInOrderError(
            "copies would be readable", "Run manage.py backup_key FILE and set BACKUP_RECIPIENTS."
        )
    return f"encrypted for {count} key(s)" if count else "readable (BACKUP_RECIPIENTS is not set)"


def _content_origin() -> str:
    if settings.CONTENT_HOST == settings.SITE_HOST:
        raise NotInOrderError(settings.CONTENT_ORIGIN, "Give CONTENT_ORIGIN a host name of its own.")
    return settings.CONTENT_ORIGIN


PARTS: tuple[tuple[str, Callable[[], str], str], ...] = (
    ("database", _database, "Check DATABASE_URL, then run manage.py migrate."),
    ("cache", _cache, "Check REDIS_URL."),
    ("broker", _broker, "Check REDIS_URL."),
    ("storage", _storage, "Check STORAGE_URL and the rights on the folder."),
    ("e-mail", _mail, "Check EMAIL_URL."),
    ("PDF engines", _pdf, "Install Pango: libpango-1.0-0 and libpangoft2-1.0-0."),
    ("virus scanner", _virus_scanner, "Check CLAMAV_SOCKET."),
    ("browser files", _fonts, "Run: python3 scripts/setup.py run"),
    ("signing keys", _signing_keys, "Check the key files."),
    ("backups", _backups, "Set BACKUP_RECIPIENTS."),
    ("content origin", _content_origin, "Set CONTENT_ORIGIN."),
)


def examine() -> list[Finding]:
    """Look at every part; one that fails does not stop the others."""
    found = []
    for part, look, fix in PARTS:
        try:
            found.append(Finding(part, True, look()))
        except NotInOrderError as error:
            found.append(Finding(part, False, error.detail, error.fix))
        except Exception as error:  # noqa: BLE001 - whatever a part raises, it is not in order
            found.append(Finding(part, False, type(error).__name__, fix))
    return found
