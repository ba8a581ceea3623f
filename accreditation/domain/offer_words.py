"""What professionals can offer: a small vocabulary with a word of the field and a word of parents for each thing."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).resolve().parent.parent / "data" / "offers.yaml"


@dataclass(frozen=True)
class OfferWord:
    """One kind of help: `term` for professionals, `plain` for parents, `also` for what people type."""

    key: str
    term: str
    plain: str
    also: tuple[str, ...] = ()


@cache
def offer_words() -> tuple[OfferWord, ...]:
    """The vocabulary, in its own order."""
    return tuple(
        OfferWord(row["key"], row["term"], row["plain"], tuple(row["also"])) for row in _file()["offers"]
    )


@cache
def same_words() -> tuple[tuple[str, ...], ...]:
    """Groups of words that mean the same to whoever looks for care."""
    return tuple(tuple(group) for group in _file()["same"])


def offers_by_key(keys: object) -> tuple[OfferWord, ...]:
    """The words of these keys, in the order of the vocabulary; a key that is no longer known is left out."""
    chosen = {key for key in keys if isinstance(key, str)} if isinstance(keys, list | tuple) else set()
    return tuple(word for word in offer_words() if word.key in chosen)


@cache
def _file() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return content
