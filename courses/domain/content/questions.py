"""From a check of the content format to StreamField data."""

from collections.abc import Callable
from typing import Any, Protocol

from courses.domain.content.ids import Data, items, stream_id
from courses.exceptions import ContentError


class Pictures(Protocol):
    """Where pictures are found."""

    def image(self, name: str) -> int:
        """The number of a picture. Raises ContentError."""


def check_data(block: Data, here: str, media: Pictures) -> Data:
    """One knowledge check with its questions."""
    questions = [
        {
            "type": question["kind"],
            "value": _question(question, f"{here}/{question['id']}", media),
            "id": stream_id(here, question["id"]),
        }
        for question in block["questions"]
    ]
    return {
        "title": block["title"],
        "intro": _text(block, "intro"),
        "pass_mark": block["pass_mark"],
        "questions": questions,
        "pools": items(
            [{"name": pool["id"], "draw": pool["draw"]} for pool in block.get("pools") or []], f"{here}/pools"
        ),
        "shuffle": bool(block.get("shuffle", False)),
        "time_limit": block.get("time_limit"),
        "attempts": block.get("attempts"),
        "wait_minutes": block.get("wait_minutes"),
        "key": block["id"],
    }


def _question(question: Data, here: str, media: Pictures) -> Data:
    make = _MAKERS.get(question["kind"])
    if make is None:
        raise ContentError(f"{here}: unknown kind of question {question['kind']!r}")
    return {
        "prompt": question["prompt"].strip(),
        **make(question, here, media),
        "feedback": _text(question, "feedback"),
        "pool": question.get("pool", ""),
        "key": question["id"],
    }


def _choice(question: Data, here: str, media: Pictures) -> Data:
    options = [
        {
            "text": option["text"],
            "correct": option["correct"],
            "feedback": option["feedback"],
            "key": str(option["id"]),
        }
        for option in question["options"]
    ]
    return {"options": items(options, here)}


def _order(question: Data, here: str, media: Pictures) -> Data:
    return {"items": items([str(item) for item in question["items"]], here)}


def _match(question: Data, here: str, media: Pictures) -> Data:
    pairs = [
        {"left": str(pair["left"]), "right": str(pair["right"]), "feedback": pair.get("feedback", "")}
        for pair in question["pairs"]
    ]
    extra = [str(text) for text in question.get("extra") or []]
    return {"pairs": items(pairs, here), "extra": items(extra, f"{here}/extra")}


def _fill_in(question: Data, here: str, media: Pictures) -> Data:
    gaps = [
        {
            "key": gap["id"],
            "accept": "\n".join(str(variant) for variant in gap.get("accept") or []),
            "typos": gap.get("typos", 0),
            "number": _number(gap.get("number")),
            "tolerance": _number(gap.get("tolerance")),
            "feedback": gap.get("feedback", ""),
        }
        for gap in question["gaps"]
    ]
    return {"text": question["text"].strip(), "gaps": items(gaps, here)}


def _hotspot(question: Data, here: str, media: Pictures) -> Data:
    spots = [
        {
            "label": spot["label"],
            "x": float(spot["x"]),
            "y": float(spot["y"]),
            "correct": spot["correct"],
            "feedback": spot["feedback"],
            "key": str(spot["id"]),
        }
        for spot in question["spots"]
    ]
    return {
        "image": media.image(question["image"]),
        "alt": question["alt"],
        "multiple": bool(question.get("multiple", False)),
        "spots": items(spots, here),
    }


def _number(value: Any) -> str | None:
    """As text, so that no float changes it."""
    return None if value is None else str(value)


def _text(data: Data, name: str) -> str:
    return (data.get(name) or "").strip()


_MAKERS: dict[str, Callable[[Data, str, Pictures], Data]] = {
    "single": _choice,
    "multiple": _choice,
    "order": _order,
    "match": _match,
    "fill_in": _fill_in,
    "hotspot": _hotspot,
}
