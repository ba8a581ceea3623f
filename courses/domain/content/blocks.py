"""From blocks of the content format to StreamField data, with ids that stay the same at every load."""

from collections.abc import Callable
from typing import Protocol

from courses.domain.content.ids import Data, items, stream_id
from courses.domain.content.questions import check_data
from courses.domain.rich_text import from_markdown
from courses.exceptions import ContentError


class Places(Protocol):
    """Where the files that blocks name are found; each raises ContentError for one that is not there."""

    def package(self, name: str) -> str:
        """The slug of a learning package."""

    def image(self, name: str) -> int:
        """The number of a picture."""

    def document(self, name: str) -> int:
        """The number of a film, a recording or captions."""


def stream_data(blocks: list[Data], place: str, media: Places) -> list[Data]:
    """The body of one lesson. `place` names the lesson; `media` finds learning packages, pictures and files.

    Raises ContentError for a block that misses something.
    """
    body = []
    for number, block in enumerate(blocks, start=1):
        here = f"{place}/{number}"
        try:
            value = _MAKERS[block["kind"]](block, here, media)
        except (KeyError, TypeError, AttributeError) as error:
            raise ContentError(f"{here} ({block.get('kind')}): misses or mistakes {error}") from error
        body.append({"type": block["kind"], "value": value, "id": stream_id(here)})
    return body


def _text(block: Data, here: str, media: Places) -> Data:
    return {"text": from_markdown(block["markdown"])}


def _callout(block: Data, here: str, media: Places) -> Data:
    return {"tone": block["tone"], "title": block["title"], "text": from_markdown(block["markdown"])}


def _figures(block: Data, here: str, media: Places) -> Data:
    rows = [
        {"value": str(item["value"]), "label": item["label"], "source": item.get("source", "")}
        for item in block["items"]
    ]
    return {"title": block.get("title", ""), "items": items(rows, here)}


def _one_in(block: Data, here: str, media: Places) -> Data:
    return {
        "count": block["count"],
        "of": block["of"],
        "label": block["label"],
        "source": block.get("source", ""),
    }


def _steps(block: Data, here: str, media: Places) -> Data:
    rows = [
        {"title": item["title"], "text": from_markdown(item.get("markdown", ""))} for item in block["items"]
    ]
    return {"title": block.get("title", ""), "items": items(rows, here)}


def _dialogue(block: Data, here: str, media: Places) -> Data:
    lines = [
        {"who": line["who"], "text": line["text"], "note": line.get("note", "")} for line in block["lines"]
    ]
    return {"title": block.get("title", ""), "lines": items(lines, here)}


def _case(block: Data, here: str, media: Places) -> Data:
    choices = [
        {"text": choice["text"], "fits": choice["fits"], "response": from_markdown(choice["response"])}
        for choice in block["choices"]
    ]
    return {
        "title": block["title"],
        "text": from_markdown(block["markdown"]),
        "question": block["question"],
        "choices": items(choices, here),
        "closing": from_markdown(block.get("closing", "")),
        "key": block["id"],
    }


def _reflection(block: Data, here: str, media: Places) -> Data:
    return {
        "prompt": block["prompt"].strip(),
        "help": (block.get("help") or "").strip(),
        "key": block["id"],
    }


def _decision_case(block: Data, here: str, media: Places) -> Data:
    steps = [
        {
            "name": step["id"],
            "text": from_markdown(step["markdown"]),
            "question": step.get("question", ""),
            "end": step.get("end", ""),
            "choices": items(
                [_decision(choice) for choice in step.get("choices") or []], f"{here}/{step['id']}"
            ),
        }
        for step in block["steps"]
    ]
    return {
        "title": block["title"],
        "intro": from_markdown(block.get("intro") or ""),
        "steps": items(steps, here),
        "closing": from_markdown(block.get("closing") or ""),
        "counts": bool(block.get("counts", False)),
        "attempts": block.get("attempts"),
        "wait_minutes": block.get("wait_minutes"),
        "key": block["id"],
    }


def _decision(choice: Data) -> Data:
    return {
        "text": choice["text"].strip(),
        "fits": choice["fits"],
        "response": from_markdown(choice["response"]),
        "to": choice["to"],
        "key": str(choice["id"]),
    }


def _poll(block: Data, here: str, media: Places) -> Data:
    options = [{"text": option["text"], "key": str(option["id"])} for option in block["options"]]
    return {
        "question": block["question"].strip(),
        "options": items(options, here),
        "multiple": bool(block.get("multiple", False)),
        "closing": from_markdown(block.get("closing") or ""),
        "key": block["id"],
    }


def _image(block: Data, here: str, media: Places) -> Data:
    return {"image": media.image(block["image"]), "alt": block["alt"], "caption": block.get("caption", "")}


def _video(block: Data, here: str, media: Places) -> Data:
    poster = block.get("poster")
    return {
        **_recording(block, media),
        "video": media.document(block["file"]),
        "poster": media.image(poster) if poster else None,
    }


def _audio(block: Data, here: str, media: Places) -> Data:
    return {**_recording(block, media), "audio": media.document(block["file"])}


def _recording(block: Data, media: Places) -> Data:
    return {
        "title": block["title"],
        "captions": media.document(block["captions"]),
        "transcript": from_markdown(block["transcript"]),
        "minutes": block.get("minutes"),
        "key": block["id"],
    }


def _h5p(block: Data, here: str, media: Places) -> Data:
    return {
        "title": block["title"],
        "intro": (block.get("intro") or "").strip(),
        "package": media.package(block["package"]),
        "key": block["id"],
    }


def _download(block: Data, here: str, media: Places) -> Data:
    return {
        "title": block["title"],
        "text": block.get("text", ""),
        "document": None,
        "handout": block["handout"],
    }


#: Every kind that a content file may hold.
_MAKERS: dict[str, Callable[[Data, str, Places], Data]] = {
    "text": _text,
    "callout": _callout,
    "figures": _figures,
    "one_in": _one_in,
    "steps": _steps,
    "dialogue": _dialogue,
    "case": _case,
    "reflection": _reflection,
    "check": check_data,
    "decision_case": _decision_case,
    "poll": _poll,
    "image": _image,
    "video": _video,
    "audio": _audio,
    "h5p": _h5p,
    "download": _download,
}
BLOCK_KINDS = frozenset(_MAKERS)
