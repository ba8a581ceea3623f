"""Splitting a case with decision points: its way in is public, its steps stay on the server. No database."""

from typing import Any

from courses.domain.questions import Json, key_of
from courses.domain.rich_text import shown_html


def split_case(case_id: str, value: Any) -> tuple[Json, Json]:
    """The public and the secret half of one case. Choices get the letters a, b, c unless named by a key."""
    public = {
        "id": case_id,
        "kind": "case",
        "title": value["title"],
        "intro_html": _html(value.get("intro")),
        "pass_mark": 0,
        "attempts": value.get("attempts") or 0,
        "wait_minutes": value.get("wait_minutes") or 0,
        "questions": [],
    }
    key = {
        "id": case_id,
        "kind": "case",
        "counts": bool(value.get("counts")),
        "steps": [_step(step) for step in value["steps"]],
        "closing_html": _html(value.get("closing")),
    }
    return public, key


def _step(step: Any) -> Json:
    return {
        "id": step["name"],
        "html": _html(step["text"]),
        "question": step.get("question") or "",
        "end": step.get("end") or "",
        "choices": [
            {
                "id": key_of(choice, chr(ord("a") + number)),
                "text": choice["text"],
                "fits": bool(choice["fits"]),
                "response_html": _html(choice["response"]),
                "to": choice["to"],
            }
            for number, choice in enumerate(step["choices"])
        ],
    }


def _html(value: Any) -> str:
    return shown_html(getattr(value, "source", value) or "")
