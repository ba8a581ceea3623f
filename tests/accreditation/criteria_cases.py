"""Evidence and rules to weigh, and short ways to ask for a state."""

from datetime import date, timedelta
from decimal import Decimal

import yaml

from accreditation.domain.criteria_rules import parse_rules
from accreditation.domain.criteria_sets import PROPOSAL, proposed_rules
from accreditation.domain.evidence_facts import EvidencePiece

DEGREES = ["Vroedkunde", "Klinische psychologie"]
DATA = yaml.safe_load(PROPOSAL.read_text(encoding="utf-8"))
STORED = {level: proposed_rules(DATA, level=level, degrees=DEGREES) for level in ("basic", "specialised")}
STORED["combined"] = {
    "level": "basic",
    "criteria": [
        *STORED["basic"]["criteria"][:1],
        {
            **STORED["basic"]["criteria"][1],
            "rule": {
                "kind": "any_of",
                "rules": [
                    {
                        "kind": "completed_courses",
                        "courses": [{"slug": "kleine-signalen", "title": "Kleine"}],
                    },
                    STORED["basic"]["criteria"][1]["rule"],
                ],
            },
        },
        {
            **STORED["basic"]["criteria"][2],
            "rule": {
                "kind": "all_of",
                "rules": [
                    STORED["basic"]["criteria"][2]["rule"],
                    {"kind": "committee_judgement", "evidence": "statement"},
                ],
            },
        },
        *STORED["basic"]["criteria"][3:],
    ],
}
RULES = {level: parse_rules(stored) for level, stored in STORED.items()}
ON = date(2026, 6, 15)
RANK = {"missing": 0, "pending": 1, "expiring": 2, "met": 3}


def piece(ref, kind, **fields):
    return EvidencePiece(ref=ref, kind=kind, title=fields.pop("title", ref), **fields)


def diploma(**fields):
    return piece("evidence:1", "diploma", **{"name": "Vroedkunde", "title": "Vroedkunde", **fields})


def diploma_two():
    return piece("evidence:2", "diploma", name="Klinische psychologie", status="waiting")


def course(ref="course:1", hours="12", level="basic", **fields):
    return piece(ref, "course", hours=Decimal(hours), level=level, valid_from=date(2025, 3, 1), **fields)


def meetings(count=4, hours="2", form="intervision", start=date(2026, 1, 10), status="verified"):
    return [
        piece(
            f"meeting:{form}{n}",
            "meeting",
            hours=Decimal(hours),
            meetings=1,
            form=form,
            valid_from=start + timedelta(days=30 * n),
            status=status,
        )
        for n in range(count)
    ]


def policy(**fields):
    dates = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)}
    return piece("evidence:4", "insurance", **{**dates, **fields})


def membership(**fields):
    dates = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)}
    return piece("evidence:5", "membership", **{**dates, **fields})


def experience(start=date(2019, 1, 1), end=date(2025, 1, 1), **fields):
    return piece("evidence:6", "experience", valid_from=start, valid_until=end, **fields)


def complete():
    return [diploma(), course(), *meetings(), policy(), membership()]


def states(evaluation):
    return {criterion.id: criterion.state for criterion in evaluation.criteria}


def one(evaluation, criterion_id):
    return next(c for c in evaluation.criteria if c.id == criterion_id)
