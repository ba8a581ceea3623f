"""The cheapest set of offers that covers a need, prerequisites included. Pure: numbers in, choice out.

A need is a vector of whole units (quarters of hours, numbers of trainings). Offers that need one another are looked at
together: of each such family every followable part is one option. The search goes through the families and keeps, for
everything that can be reached, the cheapest way to it. It is exact until so much can be reached that only the most
promising ways are kept (`MOST_STATES`); real catalogues stay far below that.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import gcd

Units = tuple[int, ...]
#: Ways that are kept, and how many may gather before the least promising are dropped.
KEPT_STATES, MOST_STATES = 300, 1200
#: A family of offers that is larger than this is looked at offer by offer, each with what must come before it.
LARGEST_FAMILY = 8


@dataclass(frozen=True)
class Item:
    """One thing that can be chosen: what it gives, what it costs (compared part by part), and what must come first."""

    key: str
    gain: Units
    cost: Units
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Option:
    """Some items of one family that can be chosen together."""

    keys: tuple[str, ...]
    gain: Units
    cost: Units


def in_order(items: Iterable[Item]) -> list[Item]:
    """The items, each after everything that it needs; without what needs itself or something that is not there."""
    left = {item.key: item for item in items}
    ordered: list[Item] = []
    placed: set[str] = set()
    while True:
        ready = [item for item in left.values() if placed.issuperset(item.after)]
        if not ready:
            return ordered
        for item in sorted(ready, key=lambda one: one.key):
            ordered.append(item)
            placed.add(item.key)
            del left[item.key]


def circular(after: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Keys that, step by step, need themselves."""
    found = set()
    for key in after:
        seen: set[str] = set()
        ahead = list(after[key])
        while ahead:
            one = ahead.pop()
            if one == key:
                found.add(key)
                break
            if one not in seen:
                seen.add(one)
                ahead.extend(after.get(one, ()))
    return frozenset(found)


def cheapest_cover(need: Units, items: Iterable[Item]) -> tuple[str, ...] | None:
    """Keys of the cheapest items that together give at least the need, in an order that can be followed.

    None when all items together are not enough. An empty need needs nothing.
    """
    if not any(need):
        return ()
    ordered = in_order(items)
    need, ordered = _in_large_units(need, ordered)
    families = _families(ordered)
    options = [_options(family, need) for family in families if len(family) > 1]
    options += [[option] for option in _useful([family[0] for family in families if len(family) == 1], need)]
    chosen = _search(need, [some for some in options if some])
    if chosen is None:
        return None
    place = {item.key: number for number, item in enumerate(ordered)}
    return tuple(sorted(chosen, key=place.__getitem__))


def _in_large_units(need: Units, items: list[Item]) -> tuple[Units, list[Item]]:
    """The same in the largest units that fit, capped at the need, so that more ways end in the same place."""
    sizes = []
    for place, wanted in enumerate(need):
        unit = gcd(*(item.gain[place] for item in items))
        sizes.append(unit if wanted and unit else 1)
    # A need that is no multiple is rounded up: only whole units can be gained.
    smaller = tuple(-(-n // size) for n, size in zip(need, sizes, strict=True))
    gains = [
        tuple(min(g // size, n) for g, size, n in zip(item.gain, sizes, smaller, strict=True))
        for item in items
    ]
    return smaller, [
        Item(item.key, gain, item.cost, item.after) for item, gain in zip(items, gains, strict=True)
    ]


def _families(items: list[Item]) -> list[list[Item]]:
    """Items that need one another, directly or through others, together; in order within each."""
    head = {item.key: item.key for item in items}

    def find(key: str) -> str:
        while head[key] != key:
            key = head[key]
        return key

    for item in items:
        for earlier in item.after:
            head[find(item.key)] = find(earlier)
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[find(item.key)].append(item)
    return list(found.values())


def _options(family: list[Item], need: Units) -> list[_Option]:
    """Every followable part of a family that gives something."""
    parts: list[tuple[Item, ...]] = [()]
    if len(family) > LARGEST_FAMILY:
        parts = [tuple(_before(item, family)) for item in family]
    else:
        for item in family:
            parts += [(*part, item) for part in parts if {one.key for one in part}.issuperset(item.after)]
    found = [_option(part, need) for part in parts if part]
    return [option for option in found if any(option.gain)]


def _option(part: tuple[Item, ...], need: Units) -> _Option:
    gain = tuple(
        min(n, sum(units)) for n, units in zip(need, zip(*(i.gain for i in part), strict=True), strict=True)
    )
    cost = tuple(map(sum, zip(*(item.cost for item in part), strict=True)))
    return _Option(tuple(item.key for item in part), gain, cost)


def _before(item: Item, family: list[Item]) -> list[Item]:
    """An item with everything that must come before it, in order."""
    wanted = {item.key}
    for one in reversed(family):
        if one.key in wanted:
            wanted.update(one.after)
    return [one for one in family if one.key in wanted]


def _useful(items: list[Item], need: Units) -> list[_Option]:
    """Of items that give the same, only as many as can count, the cheapest first."""
    alike: dict[Units, list[Item]] = defaultdict(list)
    for item in items:
        if any(item.gain):
            alike[item.gain].append(item)
    kept = []
    for gain, group in alike.items():
        most = max(-(-n // g) for n, g in zip(need, gain, strict=True) if g)
        kept += sorted(group, key=lambda one: (one.cost, one.key))[:most]
    return [_option((item,), need) for item in sorted(kept, key=lambda one: (one.cost, one.key))]


def _search(need: Units, families: list[list[_Option]]) -> tuple[str, ...] | None:
    """One option of each family, or none of it: the cheapest that reaches the need."""
    width = max((len(option.cost) for some in families for option in some), default=1)
    rates = _rates(need, families, width)
    states: dict[Units, tuple[Units, tuple[str, ...]]] = {(0,) * len(need): ((0,) * width, ())}
    best: tuple[Units, tuple[str, ...]] | None = None
    for options in families:
        before = list(states.items())
        for option in options:
            for have, (cost, chosen) in before:
                total = tuple(a + b for a, b in zip(cost, option.cost, strict=True))
                if best is not None and total > best[0]:
                    continue
                reached = tuple(min(n, h + g) for n, h, g in zip(need, have, option.gain, strict=True))
                if reached == have:
                    continue
                way = (total, (*chosen, *option.keys))
                if reached == need:
                    best = way if best is None else min(best, way)
                elif reached not in states or way < states[reached]:
                    states[reached] = way
        if len(states) > MOST_STATES:
            ranked = sorted(states.items(), key=lambda pair: _estimate(pair[0], pair[1][0], need, rates))
            states = dict(ranked[:KEPT_STATES])
    return best[1] if best is not None else None


def _rates(need: Units, families: list[list[_Option]], width: int) -> list[list[float]]:
    """The lowest price of a unit, for each part of the cost and of the need."""
    found = [[0.0] * len(need) for _part in range(width)]
    for part in range(width):
        for place in range(len(need)):
            prices = [o.cost[part] / o.gain[place] for some in families for o in some if o.gain[place]]
            found[part][place] = min(prices, default=0.0)
    return found


def _estimate(have: Units, cost: Units, need: Units, rates: list[list[float]]) -> tuple[float, ...]:
    """What the whole will cost at least; equal estimates prefer what has most already."""
    left = [n - h for n, h in zip(need, have, strict=True)]
    ends = [
        spent + max(units * rate for units, rate in zip(left, row, strict=True))
        for spent, row in zip(cost, rates, strict=True)
    ]
    return (*ends, float(sum(left)))
