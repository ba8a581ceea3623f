"""From stored halves of checks and cases to facts. Versions of an earlier form lack what came later."""

from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils.safestring import mark_safe

from courses.domain.check_facts import (
    CaseChoice,
    CaseKey,
    CaseStep,
    CheckKey,
    GapKey,
    Picture,
    PublicCheck,
    PublicQuestion,
    QuestionKey,
)

Data = dict[str, Any]


def public_check(check_id: str, data: Data, lesson_slug: str) -> PublicCheck:
    """The half that a learner may see."""
    return PublicCheck(
        id=check_id,
        title=data["title"],
        intro_html=mark_safe(data["intro_html"]),  # allow-listed at publication
        pass_mark=data["pass_mark"],
        questions=tuple(_public_question(question) for question in data["questions"]),
        lesson_slug=lesson_slug,
        shuffle=data.get("shuffle", False),
        time_limit=data.get("time_limit", 0),
        attempts=data.get("attempts", 0),
        wait_minutes=data.get("wait_minutes", 0),
        pools=tuple((name, draw) for name, draw in data.get("pools", ())),
        is_case=data.get("kind") == "case",
    )


def _public_question(data: Data) -> PublicQuestion:
    picture = data.get("picture")
    return PublicQuestion(
        id=data["id"],
        kind=data["kind"],
        prompt=data["prompt"],
        options=tuple((option_id, text) for option_id, text in data["options"]),
        pool=data.get("pool", ""),
        multiple=data.get("multiple", False),
        partners=tuple((partner_id, text) for partner_id, text in data.get("partners", ())),
        parts=tuple((kind, text) for kind, text in data.get("parts", ())),
        picture=Picture(**picture) if picture else None,
        spots=tuple((spot_id, x, y) for spot_id, x, y in data.get("spots", ())),
    )


def check_key(check_id: str, data: Data) -> CheckKey:
    """The half that marks."""
    return CheckKey(
        id=check_id,
        pass_mark=data["pass_mark"],
        questions=tuple(_question_key(question) for question in data["questions"]),
    )


def _question_key(data: Data) -> QuestionKey:
    return QuestionKey(
        id=data["id"],
        kind=data["kind"],
        options=tuple(data["options"]),
        correct=frozenset(data["correct"]),
        option_feedback=MappingProxyType(data["option_feedback"]),
        feedback=data["feedback"],
        multiple=data.get("multiple", False),
        sequence=tuple(data["correct"]) if data["kind"] == "order" else (),
        pairs=MappingProxyType(data.get("pairs", {})),
        gaps=MappingProxyType({gap_id: _gap(gap) for gap_id, gap in data.get("gaps", {}).items()}),
    )


def _gap(data: Data) -> GapKey:
    return GapKey(
        accept=tuple(data["accept"]),
        typos=data["typos"],
        number=None if data["number"] is None else Decimal(data["number"]),
        tolerance=Decimal(data["tolerance"]),
    )


def case_key(data: Data) -> CaseKey:
    """A case with all its steps."""
    return CaseKey(
        id=data["id"],
        counts=data["counts"],
        steps=tuple(_step(step) for step in data["steps"]),
        closing_html=mark_safe(data["closing_html"]),  # allow-listed at publication
    )


def _step(data: Data) -> CaseStep:
    return CaseStep(
        id=data["id"],
        html=mark_safe(data["html"]),  # allow-listed at publication
        question=data["question"],
        choices=tuple(
            CaseChoice(
                id=choice["id"],
                text=choice["text"],
                fits=choice["fits"],
                response_html=mark_safe(choice["response_html"]),  # allow-listed at publication
                to=choice["to"],
            )
            for choice in data["choices"]
        ),
        end=data["end"],
    )
