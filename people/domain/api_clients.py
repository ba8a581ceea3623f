"""Tokens of partners' servers: shown once, kept only as a digest."""

import hashlib
import secrets

from django.db import transaction

from ledger.api import record_audit, ref
from people.models import ApiClient


@transaction.atomic
def create_api_client(*, name: str, scopes: list[str]) -> str:
    """Register a partner's server and return its token, which cannot be read again afterwards."""
    token = f"nest_{secrets.token_urlsafe(32)}"
    client = ApiClient.objects.create(name=name, token_hash=_digest(token), scopes=scopes)
    record_audit(verb="api_client.created", subject=ref(client), data={"scopes": scopes})
    return token


def find_api_client(token: str) -> ApiClient | None:
    """The partner that a token belongs to; None for an unknown or withdrawn token."""
    return ApiClient.objects.filter(token_hash=_digest(token), revoked_at=None).first() if token else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
