"""Finding people by one's own words: Dutch word stems and words that mean the same.

PostgreSQL brings its own Dutch full text; elsewhere snowballstemmer does the same over the words of everybody listed.
"""

import re
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from accreditation.domain.offer_words import same_words
from accreditation.models import ListingWords

LONGEST_QUESTION = 200
MOST_WORDS = 12
SHORTEST_STEM = 4
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_EVERYDAY = (
    "aan al als bij ben daar dan dat de der die dit door dus een en er had hebben heb heeft het hem haar hier hoe hulp "
    "help helpen iemand ik in is ja je jij kan kunnen maar me mee meer men met mij mijn moet moeten na naar nee niet "
    "niets nog nu of om omdat ons onze ook op over sinds te tegen toch toen tot uit van veel voel voelen voor waar "
    "want waren was wat we wel werd wie wij wil wilt wordt worden zal ze zich zij zijn zo zoek zoeken zoekt zonder zou"
)
#: Words that everybody uses and that tell nobody apart.
COMMON = frozenset(_EVERYDAY.split())


def question_words(question: str) -> tuple[str, ...]:
    """The telling words of a question, each once, in order; at most twelve."""
    found = dict.fromkeys(_WORD.findall(question[:LONGEST_QUESTION].casefold()))
    return tuple(word for word in found if word not in COMMON and len(word) > 1)[:MOST_WORDS]


def found_people(question: str) -> dict[int, int] | None:
    """How many of the words fit, for each person that any fits; None when there is nothing to look for. One query."""
    groups = [_group_of(word) for word in question_words(question)]
    if not groups:
        return None
    if connection.vendor == "postgresql":
        return _by_full_text(groups)
    wanted = [frozenset(stem_of(word) for word in group) for group in groups]
    scores = {}
    for key, words in ListingWords.objects.values_list("person_id", "words"):
        there = _stems(words)
        hits = sum(1 for group in wanted if group & there)
        if hits:
            scores[key] = hits
    return scores


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """The Dutch stem of one word."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    # Loaded when somebody searches.
    import snowballstemmer

    return snowballstemmer.stemmer("dutch")


@lru_cache(maxsize=2_000)
def _stems(words: str) -> frozenset[str]:
    return frozenset(stem_of(word) for word in _WORD.findall(words.casefold()))


def _group_of(word: str) -> tuple[str, ...]:
    """The word, and those that mean the same."""
    stem = stem_of(word)
    alike = [one for group in same_words() if stem in {stem_of(each) for each in group} for one in group]
    return tuple(dict.fromkeys((word, *alike)))


def _by_full_text(groups: list[tuple[str, ...]]) -> dict[int, int]:
    rows = ListingWords.objects.all()
    names = []
    for number, group in enumerate(groups):
        # Words hold letters and digits only: nothing in them means anything to the query language.
        rows = rows.annotate(
            **{
                f"hit{number}": RawSQL(
                    "to_tsvector('dutch', words) @@ to_tsquery('dutch', %s)",
                    [_any_of(group)],
                    output_field=BooleanField(),
                )
            }
        )
        names.append(f"hit{number}")
    every = " | ".join(_any_of(group) for group in groups)
    rows = rows.filter(
        RawSQL("to_tsvector('dutch', words) @@ to_tsquery('dutch', %s)", [every], output_field=BooleanField())
    )
    return {row[0]: sum(1 for hit in row[1:] if hit) for row in rows.values_list("person_id", *names)}


def _any_of(group: tuple[str, ...]) -> str:
    """Any of these words, or whatever begins with the stem of the asked one: PostgreSQL stems plurals less far."""
    stem = stem_of(group[0])
    begins = [f"{stem}:*"] if len(stem) >= SHORTEST_STEM else []
    return " | ".join([*group, *begins])
