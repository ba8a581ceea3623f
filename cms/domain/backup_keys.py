"""Copies that only the holder of a key can read (age, https://age-encryption.org/v1).

The site knows the public half only: who takes the server or a copy reads nothing. Opening needs the other half, which
the operator keeps elsewhere; `age` itself opens every file as well.
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import pyrage
from django.conf import settings

from cms.exceptions import BackupError

SUFFIX = ".age"
WRONG_KEY = "this key does not open the backup"


def recipients() -> list[Any]:
    """The public keys of BACKUP_RECIPIENTS (age or ssh). Raises BackupError naming the one that is none."""
    return [_recipient(text.strip()) for text in settings.BACKUP_RECIPIENTS if text.strip()]


def _recipient(text: str) -> Any:
    kind = pyrage.ssh if text.startswith("ssh-") else pyrage.x25519
    try:
        return kind.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise BackupError(f"BACKUP_RECIPIENTS holds no public key: {text[:40]}") from error


def new_key(path: Path) -> str:
    """Write a new key where only its owner can read it, and give its public half. Raises BackupError."""
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BackupError(f"{path}: {error.strerror}; a key is never written over") from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"# public key: {public}\n{identity}\n")
    return public


def read_key(path: Path) -> list[Any]:
    """The keys in a file of `backup_key` or `age-keygen`, or an ssh key. Raises BackupError."""
    try:
        content = path.read_bytes()
        if content.startswith(b"-----BEGIN"):
            return [pyrage.ssh.Identity.from_buffer(content)]
        lines = [line.strip() for line in content.decode("ascii").splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise BackupError(f"{path} holds no key of a backup") from error
    if not found:
        raise BackupError(f"{path} holds no key of a backup")
    return found


def write(source: Any, target: IO[bytes], keys: Sequence[Any]) -> None:
    """Copy what `source` reads into `target`, for the holders of `keys` alone where there are any."""
    if keys:
        pyrage.encrypt_io(source, target, list(keys))
    else:
        shutil.copyfileobj(source, target)


def read(source: Path, target: IO[bytes], keys: Sequence[Any]) -> None:
    """Copy a file of a backup into `target`, opened with one of `keys` where there are any. Raises BackupError."""
    with source.open("rb") as file:
        if not keys:
            shutil.copyfileobj(file, target)
            return
        try:
            pyrage.decrypt_io(file, target, list(keys))
        except (pyrage.DecryptError, OSError) as error:
            raise BackupError(WRONG_KEY) from error
