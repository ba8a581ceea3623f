"""Splitting a question into what a learner sees and what marks it. No database."""

import re
from typing import Any

from django.utils.crypto import salted_hmac

from courses.enums import QuestionKind

Json = dict[str, Any]
GAP = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")


def key_of(value: Any, fallback: str) -> str:
    """The lasting name of a block's value, or else the id that the editor gave the block."""
    return str(value.get("key") or fallback)


def split_question(kind: str, value: Any, *, question_id: str, check_id: str) -> tuple[Json, Json]:
    """The public and the secret half of one question.

    What could betray an answer by its name or place (items of an order, right-hand sides of pairs) gets a name made
    with the site's secret and stands in the order of those names.
    """
    place = f"{check_id}/{question_id}"
    public, key = _SPLIT[QuestionKind(kind)](value, place)
    public = {
        "id": question_id,
        "kind": kind,
        "prompt": value["prompt"],
        "pool": value.get("pool") or "",
        "options": [],
        **public,
    }
    key = {
        "id": question_id,
        "kind": kind,
        "options": [option_id for option_id, _ in public["options"]],
        "correct": [],
        "option_feedback": {},
        "feedback": value.get("feedback") or "",
        **key,
    }
    return public, key


def _choice(value: Any, place: str) -> tuple[Json, Json]:
    """Options get the letters a, b, c in the order of the author unless named by a key."""
    options = [
        (key_of(option, chr(ord("a") + number)), option) for number, option in enumerate(value["options"])
    ]
    return (
        {"options": [[option_id, option["text"]] for option_id, option in options]},
        {
            "correct": [option_id for option_id, option in options if option["correct"]],
            "option_feedback": {option_id: option["feedback"] for option_id, option in options},
        },
    )


def _order(value: Any, place: str) -> tuple[Json, Json]:
    """The author writes the items in the right order."""
    items = [(_veiled(place, text), text) for text in value["items"]]
    return (
        {"options": sorted([item_id, text] for item_id, text in items)},
        {"correct": [item_id for item_id, _text in items]},
    )


def _match(value: Any, place: str) -> tuple[Json, Json]:
    lefts = [(f"l{number}", pair) for number, pair in enumerate(value["pairs"], start=1)]
    texts = {*(pair["right"] for _id, pair in lefts), *(value.get("extra") or ())}
    partners = {text: _veiled(place, text) for text in texts}
    return (
        {
            "options": [[left_id, pair["left"]] for left_id, pair in lefts],
            "partners": sorted([partner_id, text] for text, partner_id in partners.items()),
        },
        {
            "pairs": {left_id: partners[pair["right"]] for left_id, pair in lefts},
            "option_feedback": {left_id: pair.get("feedback") or "" for left_id, pair in lefts},
        },
    )


def _fill_in(value: Any, place: str) -> tuple[Json, Json]:
    parts = GAP.split(value["text"])
    named = [["gap" if number % 2 else "text", part] for number, part in enumerate(parts)]
    gaps = {gap["key"]: gap for gap in value["gaps"]}
    return (
        {
            "options": [[gap_id, ""] for kind, gap_id in named if kind == "gap"],
            "parts": [part for part in named if part[1]],
        },
        {
            "gaps": {gap_id: _gap(gap) for gap_id, gap in gaps.items()},
            "option_feedback": {gap_id: gap.get("feedback") or "" for gap_id, gap in gaps.items()},
        },
    )


def _gap(gap: Any) -> Json:
    """Numbers travel as text, so that no float changes them."""
    number = gap.get("number")
    return {
        "accept": [line.strip() for line in (gap.get("accept") or "").splitlines() if line.strip()],
        "typos": gap.get("typos") or 0,
        "number": None if number is None else str(number),
        "tolerance": str(gap.get("tolerance") or 0),
    }


def _hotspot(value: Any, place: str) -> tuple[Json, Json]:
    """The spots are public; which of them fits is not."""
    spots = [(key_of(spot, chr(ord("a") + number)), spot) for number, spot in enumerate(value["spots"])]
    return (
        {
            "options": [[spot_id, spot["label"]] for spot_id, spot in spots],
            "spots": [[spot_id, float(spot["x"]), float(spot["y"])] for spot_id, spot in spots],
            "multiple": bool(value.get("multiple")),
            "picture": _picture(value.get("image"), value.get("alt") or ""),
        },
        {
            "correct": [spot_id for spot_id, spot in spots if spot["correct"]],
            "option_feedback": {spot_id: spot["feedback"] for spot_id, spot in spots},
            "multiple": bool(value.get("multiple")),
        },
    )


def _picture(image: Any, alt: str) -> Json | None:
    """A rendition that fits a phone and a desk; None while a draft has no image yet."""
    if image is None:
        return None
    rendition = image.get_rendition("width-1200|format-webp")
    return {"url": rendition.url, "width": rendition.width, "height": rendition.height, "alt": alt}


def _veiled(place: str, text: str) -> str:
    """A name that says nothing to whoever does not hold the secret key of the site."""
    return salted_hmac("courses.question", f"{place}/{text}").hexdigest()[:10]


_SPLIT = {
    QuestionKind.SINGLE: _choice,
    QuestionKind.MULTIPLE: _choice,
    QuestionKind.ORDER: _order,
    QuestionKind.MATCH: _match,
    QuestionKind.FILL_IN: _fill_in,
    QuestionKind.HOTSPOT: _hotspot,
}
