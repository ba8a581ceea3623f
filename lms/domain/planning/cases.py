"""Built-in questions. `crisis_teams` is the case of the network's policy report on the mobile crisis teams.

Its numbers are the report's: 400 professionals, half a day for everyone in 20 groups of at most 20 with two trainers
(20 trainer-days), three days for about a third in 7 groups (42 trainer-days), and intervision for every team after 3
and 6 months.
Teams, trainers, rooms and experts are invented; the networks are the existing ones.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lms.domain.planning.problem import Problem
from lms.domain.planning.reading import read_problem

PROVINCES = {
    "Denderregio": "Oost-Vlaanderen",
    "Halle-Vilvoorde": "Vlaams-Brabant",
    "Kempen": "Antwerpen",
    "Limburg": "Limburg",
    "Oost-Brabant": "Vlaams-Brabant",
    "Regio Antwerpen": "Antwerpen",
    "Regio Brugge": "West-Vlaanderen",
    "Regio Gent": "Oost-Vlaanderen",
    "Rivierenland": "Antwerpen",
    "Waasland": "Oost-Vlaanderen",
    "Zuid-West-Vlaanderen": "West-Vlaanderen",
}
NETWORKS = {
    "SaRA": "Regio Antwerpen",
    "Emergo": "Rivierenland",
    "GGZ Kempen": "Kempen",
    "NOWE": "Regio Brugge",
    "Noolim": "Limburg",
    "Reling": "Limburg",
    "Diletti": "Oost-Brabant",
    "ADS": "Denderregio",
    "PAKT": "Regio Gent",
    "Kwadraat": "Zuid-West-Vlaanderen",
    "PANGG 0-18": "Regio Antwerpen",
    "RADAR": "Waasland",
    "WINGG": "Zuid-West-Vlaanderen",
    "LIGANT": "Limburg",
    "Yuneco": "Oost-Brabant",
    "Bru-Stars": "Halle-Vilvoorde",
}
ROOMS = (
    "Regio Antwerpen",
    "Kempen",
    "Limburg",
    "Oost-Brabant",
    "Halle-Vilvoorde",
    "Regio Gent",
    "Regio Brugge",
    "Zuid-West-Vlaanderen",
)
TRAINERS = (
    "Regio Antwerpen",
    "Regio Antwerpen",
    "Kempen",
    "Limburg",
    "Limburg",
    "Oost-Brabant",
    "Halle-Vilvoorde",
    "Regio Gent",
    "Regio Gent",
    "Regio Brugge",
    "Zuid-West-Vlaanderen",
    "Zuid-West-Vlaanderen",
)
EXPERTS = (
    "Regio Antwerpen",
    "Kempen",
    "Limburg",
    "Oost-Brabant",
    "Regio Gent",
    "Regio Brugge",
    "Zuid-West-Vlaanderen",
    "Denderregio",
)
#: Teams that send five people to the three days; the others send four. Together 134, a third of 400.
FIVE = 6


def crisis_teams() -> dict[str, Any]:
    """The question of the policy report as a mapping; `read_problem` turns it into a Problem."""
    teams = []
    for number, (network, region) in enumerate(NETWORKS.items()):
        for which, members in ((1, 12), (2, 13)):
            three = 5 if which == 2 and number < FIVE else 4
            teams.append(
                {
                    "id": f"team-{number + 1:02d}-{which}",
                    "name": f"Mobiel crisisteam {network} {which}",
                    "region": region,
                    "members": members,
                    "needs": {"half_day": "all", "three_day": three},
                }
            )
    return {
        "name": "Mobiele crisisteams",
        "window": {"start": date(2027, 1, 11), "end": date(2027, 7, 2)},
        "holidays": [
            {"from": date(2027, 2, 8), "to": date(2027, 2, 14)},
            {"from": date(2027, 3, 29), "to": date(2027, 4, 11)},
        ],
        "provinces": PROVINCES,
        "rules": {"max_share_away": 0.34, "mix_teams": True},
        "parts": [
            {
                "id": "half_day",
                "name": "Halve dag voor iedereen",
                "days": 0.5,
                "max_group": 20,
                "groups": 20,
                "trainers": 2,
            },
            {
                "id": "three_day",
                "name": "Drie dagen",
                "days": 3,
                "spacing_days": 7,
                "max_group": 20,
                "groups": 7,
                "trainers": 2,
                "after": ["half_day"],
            },
        ],
        "teams": teams,
        "trainers": [
            {
                "id": f"trainer-{number:02d}",
                "name": f"Trainer {number}",
                "region": region,
                "max_days": 8,
                "unavailable": [{"from": date(2027, 1, 11 + number), "to": date(2027, 1, 15 + number)}],
            }
            for number, region in enumerate(TRAINERS, 1)
        ],
        "rooms": [
            {"id": f"zaal-{number}", "name": f"Zaal {region}", "region": region, "capacity": 24}
            for number, region in enumerate(ROOMS, 1)
        ],
        "experts": [
            {"id": f"expert-{number}", "name": f"Expert {number}", "region": region, "max_meetings": 12}
            for number, region in enumerate(EXPERTS, 1)
        ],
        "intervision": {"months_after": [3, 6], "tolerance_days": 14},
    }


CASES: Mapping[str, Any] = {"crisis_teams": crisis_teams}


def case(name: str) -> Problem:
    """The built-in question of that name. Raises KeyError."""
    return read_problem(CASES[name]())
