"""The choice of offers: always enough, always followable, never dearer than any other choice."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.domain.cover_rules import Item, cheapest_cover, circular, in_order


def brute(need, items):
    best = None
    for size in range(len(items) + 1):
        for some in combinations(items, size):
            keys = {item.key for item in some}
            if any(not keys.issuperset(item.after) for item in some):
                continue
            if len(in_order(some)) != size:
                continue
            if all(sum(item.gain[d] for item in some) >= n for d, n in enumerate(need)):
                cost = tuple(sum(item.cost[d] for item in some) for d in range(2))
                if best is None or cost < best:
                    best = cost
    return best


@st.composite
def problems(draw):
    count = draw(st.integers(0, 7))
    keys = [f"c{n}" for n in range(count)]
    items = [
        Item(
            key=key,
            gain=(draw(st.integers(0, 12)), draw(st.integers(0, 2))),
            cost=(draw(st.integers(0, 5)), draw(st.integers(0, 3))),
            after=tuple(sorted(draw(st.sets(st.sampled_from(keys), max_size=2)))),
        )
        for key in keys
    ]
    return (draw(st.integers(0, 20)), draw(st.integers(0, 3))), items


@settings(max_examples=150, deadline=None)
@given(problems())
def test_the_choice_is_enough_followable_and_the_cheapest(problem):
    need, items = problem
    chosen = cheapest_cover(need, items)
    best = brute(need, items)
    assert (chosen is None) == (best is None)
    if chosen is None:
        return
    by_key = {item.key: item for item in items}
    for place, key in enumerate(chosen):
        assert set(by_key[key].after) <= set(chosen[:place])
    assert all(sum(by_key[key].gain[d] for key in chosen) >= n for d, n in enumerate(need))
    assert tuple(sum(by_key[key].cost[d] for key in chosen) for d in range(2)) == best


def test_what_needs_itself_is_named_and_left_out():
    after = {"a": ("b",), "b": ("c",), "c": ("a",), "d": ("a",), "e": ()}
    assert circular(after) == {"a", "b", "c"}
    items = [Item(key, (4,), (1, 0), tuple(needs)) for key, needs in after.items()]
    assert [item.key for item in in_order(items)] == ["e"]
    assert cheapest_cover((4,), items) == ("e",)
    assert cheapest_cover((5,), items) is None
