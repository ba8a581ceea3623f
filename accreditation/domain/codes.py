"""Verification codes: 80 random bits, in letters that survive being read aloud or copied from paper."""

import secrets
import unicodedata

#: Crockford's base 32: no I, L, O or U, so nothing can be mistaken for 1, 0 or V.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
GROUP = 4
#: More than anybody types by accident; longer input is refused before any work is done on it.
MAX_INPUT = 64
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_SEPARATORS = str.maketrans("", "", " -‐‑‒–—_.·\t\r\n")


def new_code() -> str:
    """A fresh code, such as "7K3M-9PQA-2X4T-8RWD" (16 symbols of 5 bits from the system's random source)."""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(symbols[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read_code(text: str) -> str | None:
    """The code that somebody meant, in its canonical form; None when it cannot be one.

    Small letters, missing or odd hyphens, spaces, and look-alike letters (O, o, I, i, l, L, U) are understood.
    """
    if len(text) > MAX_INPUT:
        return None
    plain = unicodedata.normalize("NFKC", text).translate(_SEPARATORS).upper().translate(_LOOK_ALIKES)
    if len(plain) != LENGTH or any(symbol not in ALPHABET for symbol in plain):
        return None
    return "-".join(plain[start : start + GROUP] for start in range(0, LENGTH, GROUP))
