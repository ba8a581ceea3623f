"""Planning questions from a file: all mistakes at once, each with its place."""

from datetime import date

import pytest

from lms.domain.planning.cases import case
from lms.domain.planning.reading import PlanningInputError, read_problem
from tests.lms.planning.questions import SMALL, question


def problems(data):
    with pytest.raises(PlanningInputError) as caught:
        read_problem(data)
    return caught.value.problems


def test_small_question_is_read_whole():
    problem = question()
    assert [part.units for part in problem.parts] == [1]
    assert problem.group_count(problem.parts[0]) == 2
    assert problem.team["a"].max_away == 2
    assert [person.id for person in problem.people] == [f"{team}/{n}" for team in "ab" for n in range(1, 5)]
    assert problem.distance("Kempen", "Kempen") == 0
    assert problem.distance("Kempen", "Rivierenland") == 1
    assert problem.distance("Kempen", "Limburg") == 3


def test_public_holidays_and_weekends_are_closed():
    problem = question(window={"start": "2027-05-01", "end": "2027-05-09"}, holidays=["2027-05-04"])
    # 1 and 2 May are a weekend, 6 May is Ascension Day, 8 and 9 May a weekend again.
    assert problem.days == (date(2027, 5, 3), date(2027, 5, 5), date(2027, 5, 7))


def test_case_of_the_policy_report_has_its_numbers():
    problem = case("crisis_teams")
    sizes = {part.id: (len(problem.followers(part)), problem.group_count(part)) for part in problem.parts}
    assert sizes == {"half_day": (400, 20), "three_day": (134, 7)}
    assert sum(part.units * part.trainers * problem.group_count(part) for part in problem.parts) / 2 == 62
    assert len(problem.teams) == 32


@pytest.mark.parametrize("data", [None, [], "tekst", 3])
def test_something_else_than_fields_is_told(data):
    assert problems(data) == (
        "Het bestand bevat geen planningsvraag: schrijf velden als 'window' en 'parts'.",
    )


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"window": {"start": "2027-02-01", "end": "2027-01-01"}}, "window"),
        ({"window": {"start": "straks", "end": "2027-01-01"}}, "window.start"),
        ({"parts": []}, "parts"),
        ({"parts": [{"id": "half", "days": 1.5}]}, "parts.half.days"),
        ({"parts": [{"id": "half", "max_group": 0}]}, "parts.half.max_group"),
        ({"parts": [{"id": "half", "after": ["half"]}]}, "parts.after"),
        ({"parts": [{"id": "half", "after": ["weg"]}]}, "parts.after"),
        ({"teams": [{"id": "a", "region": "Kempen", "members": 2, "needs": {"half": 3}}]}, "teams.a.half"),
        ({"teams": [{"id": "a", "region": "Kempen", "members": 99_999}]}, "teams.a.members"),
        ({"teams": []}, "people"),
        ({"people": [{"id": "x", "team": "weg", "parts": ["half"]}]}, "people"),
        ({"trainers": [{"id": "t", "region": "K"}, {"id": "t", "region": "K"}]}, "trainers"),
        ({"trainers": "veel"}, "trainers"),
        (
            {
                "trainers": [
                    {"id": "t", "region": "K", "unavailable": [{"from": "2027-02-01", "to": "2027-01-01"}]}
                ]
            },
            "trainers.t.unavailable",
        ),
        ({"rooms": [{"id": "z", "capacity": 3}]}, "rooms.z.region"),
        ({"rules": {"max_share_away": 34}}, "rules.max_share_away"),
        ({"weekdays": [0]}, "weekdays.d"),
        ({"intervision": {"months_after": [0]}}, "intervision.months_after.m"),
        ({"pins": [{"part": "half", "group": 1, "room": "weg"}]}, "pins.room"),
        ({"pins": [{"part": "half", "group": 1, "half": "noon"}]}, "pins.1.half"),
        ({"holidays": "altijd"}, "holidays"),
    ],
)
def test_every_mistake_names_its_place(changes, where):
    assert any(line.startswith(f"{where}:") for line in problems({**SMALL, **changes}))


def test_all_mistakes_come_together():
    found = problems({**SMALL, "parts": [{"id": "half", "days": 9.5}], "rooms": [{"id": "z"}]})
    assert [line.split(":")[0] for line in found] == ["parts.half.days", "rooms.z.region"]
