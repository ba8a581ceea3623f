"""What a change of criteria would do, counted. Pure: facts in, counts out, nothing kept about a person."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accreditation.enums import WhatIfVerdict


@dataclass(frozen=True)
class Difference:
    """What changes for one person: which way, and by which criteria."""

    verdict: str
    criterion_ids: tuple[str, ...]


def difference(before: frozenset[str], after: frozenset[str]) -> Difference | None:
    """From what somebody misses before and after. None when nothing changes: in order is who misses nothing."""
    if bool(before) == bool(after):
        return None
    verdict = WhatIfVerdict.LOSES if after else WhatIfVerdict.GAINS
    return Difference(verdict.value, tuple(sorted(after or before)))


@dataclass
class Tally:
    """Running counts. Its size depends on the number of professions, regions and criteria, never on that of people."""

    people: int = 0
    before: int = 0
    after: int = 0
    gains: int = 0
    loses: int = 0
    recognised_lose: int = 0
    dossiers_lose: int = 0
    by_profession: dict[int, Counter[str]] = field(default_factory=dict)
    by_region: dict[int, Counter[str]] = field(default_factory=dict)
    by_criterion: dict[str, Counter[str]] = field(default_factory=dict)

    def add(
        self,
        *,
        profession_id: int | None,
        region_id: int | None,
        ready_before: bool,
        ready_after: bool,
        found: Difference | None,
        is_recognised: bool = False,
        has_dossier: bool = False,
    ) -> None:
        """Count one person."""
        self.people += 1
        self.before += ready_before
        self.after += ready_after
        groups = (
            self.by_profession.setdefault(profession_id or 0, Counter()),
            self.by_region.setdefault(region_id or 0, Counter()),
        )
        for group in groups:
            group["people"] += 1
        if found is None:
            return
        for group in groups:
            group[found.verdict] += 1
        for criterion_id in found.criterion_ids:
            self.by_criterion.setdefault(criterion_id, Counter())[found.verdict] += 1
        if found.verdict == WhatIfVerdict.GAINS:
            self.gains += 1
            return
        self.loses += 1
        self.recognised_lose += is_recognised
        self.dossiers_lose += has_dossier

    def as_summary(
        self,
        *,
        professions: Mapping[int, str],
        regions: Mapping[int, str],
        criteria: Mapping[str, str],
    ) -> dict[str, Any]:
        """The counts as JSON; groups in the order of the names given, those without one last (name "")."""
        return {
            "people": self.people,
            "before": self.before,
            "after": self.after,
            "gains": self.gains,
            "loses": self.loses,
            "recognised_lose": self.recognised_lose,
            "dossiers_lose": self.dossiers_lose,
            "professions": _rows(self.by_profession, professions),
            "regions": _rows(self.by_region, regions),
            "criteria": [
                {"id": key, "name": criteria.get(key, key), **_both(counts)}
                for key, counts in sorted(self.by_criterion.items())
            ],
        }


def _rows(groups: Mapping[int, Counter[str]], names: Mapping[int, str]) -> list[dict[str, Any]]:
    keys = [key for key in [*names, 0] if key in groups]
    return [
        {"id": key, "name": names.get(key, ""), "people": groups[key]["people"], **_both(groups[key])}
        for key in keys
    ]


def _both(counts: Counter[str]) -> dict[str, int]:
    return {
        "gains": counts[WhatIfVerdict.GAINS.value],
        "loses": counts[WhatIfVerdict.LOSES.value],
    }
