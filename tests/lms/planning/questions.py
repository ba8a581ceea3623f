"""Small planning questions for tests."""

from copy import deepcopy
from datetime import date

from lms.domain.planning.reading import read_problem

#: Two teams of four in two regions, a half day in two groups, two trainers, one week.
SMALL = {
    "name": "Klein",
    "window": {"start": "2027-01-11", "end": "2027-01-15"},
    "provinces": {"Kempen": "Antwerpen", "Rivierenland": "Antwerpen", "Limburg": "Limburg"},
    "rules": {"max_share_away": 0.5, "mix_teams": False},
    "parts": [{"id": "half", "name": "Halve dag", "days": 0.5, "max_group": 4, "trainers": 1}],
    "teams": [
        {"id": "a", "region": "Kempen", "members": 4, "needs": {"half": "all"}},
        {"id": "b", "region": "Limburg", "members": 4, "needs": {"half": "all"}},
    ],
    "trainers": [{"id": "t1", "region": "Kempen"}, {"id": "t2", "region": "Limburg"}],
    "rooms": [
        {"id": "z1", "region": "Kempen", "capacity": 10},
        {"id": "z2", "region": "Limburg", "capacity": 10},
    ],
}

#: The same with a second part after the first, and intervision.
CHAIN = {
    **SMALL,
    "window": {"start": "2027-01-11", "end": "2027-02-26"},
    "parts": [
        {"id": "half", "days": 0.5, "max_group": 4, "trainers": 1},
        {"id": "two", "days": 2, "spacing_days": 7, "max_group": 4, "trainers": 1, "after": ["half"]},
    ],
    "teams": [
        {"id": "a", "region": "Kempen", "members": 4, "needs": {"half": "all", "two": 2}},
        {"id": "b", "region": "Limburg", "members": 4, "needs": {"half": "all", "two": 2}},
    ],
    "experts": [{"id": "e1", "region": "Kempen"}],
    "intervision": {"months_after": [3, 6]},
}


def question(base=SMALL, **changes):
    """A problem: `base` with some fields replaced."""
    return read_problem({**deepcopy(base), **changes})


def day(text: str) -> date:
    return date.fromisoformat(text)
