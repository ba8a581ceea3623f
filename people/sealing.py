"""Small texts that may lie in the database only unreadable."""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet
from django.conf import settings


@lru_cache(maxsize=4)
def _cipher(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))


def seal(text: str) -> str:
    """Encrypt with FIELD_ENCRYPTION_KEY (Fernet)."""
    return _cipher(settings.FIELD_ENCRYPTION_KEY).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Decrypt; raises cryptography's InvalidToken when the key is another one."""
    return _cipher(settings.FIELD_ENCRYPTION_KEY).decrypt(sealed.encode("ascii")).decode()
