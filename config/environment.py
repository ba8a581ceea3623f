"""What the environment says, read once. Production refuses to start without what it needs, and names it."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()

DEMO: bool = env.bool("DEMO", default=False)
DEBUG: bool = env.bool("DEBUG", default=False)
TESTING: bool = env.bool("NESTWERK_TESTING", default=False)
DEVELOPMENT: bool = DEMO or DEBUG or TESTING

NEEDED_IN_PRODUCTION = (
    "SECRET_KEY",
    "DATABASE_URL",
    "REDIS_URL",
    "SITE_URL",
    "CONTENT_ORIGIN",
    "ALLOWED_HOSTS",
    "EMAIL_URL",
    "FIELD_ENCRYPTION_KEY",
    "SIGNING_KEY_FILE",
    "SIGNING_CERT_FILE",
    "CREDENTIAL_KEY_FILE",
)


def require_production_settings() -> None:
    """Stop with one clear message when production lacks a setting.

    Raises ImproperlyConfigured naming every missing variable at once, so that an operator mends them in one go.
    """
    missing = [name for name in NEEDED_IN_PRODUCTION if not env.str(name, default="")]
    if missing:
        raise ImproperlyConfigured(
            "Nestwerk cannot start: set "
            + ", ".join(missing)
            + " (see docs/operator.md), or DEMO=1 to try it."
        )


def development_secret(name: str) -> str:
    """A random secret that stays the same between starts of one checkout; never used in production."""
    import secrets

    path = VAR_DIR / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8").strip()
