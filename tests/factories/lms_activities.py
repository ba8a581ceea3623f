"""A course with every kind of activity in one lesson, and the answers that are right."""

from courses.api import Outline
from courses.domain.publish import publish_course
from courses.models import VersionCheckKey
from tests.factories.courses import add_lesson, add_module, make_course, make_question, make_reflection_block

CASE = {
    "key": "nacht",
    "title": "De nacht",
    "intro": "",
    "counts": True,
    "closing": "<p>SLOT</p>",
    "steps": [
        {
            "name": "deur",
            "text": "<p>Er wordt gebeld.</p>",
            "question": "Wat doe je?",
            "end": "",
            "choices": [
                {"text": "Open", "fits": True, "response": "<p>GEHEIM a</p>", "to": "binnen", "key": "a"},
                {"text": "Wacht", "fits": False, "response": "<p>GEHEIM b</p>", "to": "slecht", "key": "b"},
            ],
        },
        {
            "name": "binnen",
            "text": "<p>STAP TWEE</p>",
            "question": "",
            "end": "",
            "choices": [
                {"text": "Luister", "fits": True, "response": "<p>GEHEIM c</p>", "to": "goed", "key": "a"},
                {"text": "Praat", "fits": False, "response": "<p>GEHEIM d</p>", "to": "slecht", "key": "b"},
            ],
        },
        {"name": "goed", "text": "<p>HET KOMT GOED</p>", "question": "", "end": "good", "choices": []},
        {"name": "slecht", "text": "<p>STIL</p>", "question": "", "end": "poor", "choices": []},
    ],
}
POLL = {
    "key": "peiling",
    "question": "Herken je dit?",
    "multiple": False,
    "options": [{"text": "Ja, vaak", "key": "ja"}, {"text": "Nee", "key": "nee"}],
    "closing": "<p>Zo zit dat.</p>",
}
KINDS = [
    make_question("keuze"),
    {
        "type": "order",
        "value": {
            "key": "volgorde",
            "prompt": "Volgorde?",
            "items": ["een", "twee", "drie"],
            "feedback": "Zo.",
        },
    },
    {
        "type": "match",
        "value": {
            "key": "paren",
            "prompt": "Paren?",
            "pairs": [{"left": "huisarts", "right": "bellen"}, {"left": "collega", "right": "overleg"}],
            "extra": ["zwijgen"],
        },
    },
    {
        "type": "fill_in",
        "value": {
            "key": "vak",
            "prompt": "Vul aan.",
            "text": "Bel {nummer}.",
            "gaps": [{"key": "nummer", "accept": "112"}],
        },
    },
]


def check_block(key: str = "toets", questions=None, **fields) -> dict[str, object]:
    """A check with whatever settings."""
    value = {
        "key": key,
        "title": "Toets",
        "intro": "",
        "pass_mark": 80,
        "questions": questions or KINDS,
        **fields,
    }
    return {"type": "check", "value": value}


def make_activity_course(*blocks, slug: str = "kleine-signalen", **fields) -> Outline:
    """One lesson `les` with these blocks; by default a check of every kind, a case, a poll and a reflection."""
    body = list(blocks) or [
        check_block(),
        {"type": "decision_case", "value": CASE},
        {"type": "poll", "value": POLL},
        make_reflection_block("stilstaan"),
    ]
    course = make_course(slug, **fields)
    add_lesson(add_module(course), "les", body)
    return publish_course(course=course)


def right_answers(outline: Outline, check_id: str = "toets") -> dict[str, list[str]]:
    """Question id to the right answer, read from the secret half."""
    key = VersionCheckKey.objects.get(
        version_check__version_id=outline.version_id, version_check__check_id=check_id
    )
    return {question["id"]: _right(question) for question in key.key["questions"]}


def _right(question) -> list[str]:
    if question["kind"] == "order":
        return [f"{item}:{place}" for place, item in enumerate(question["correct"], start=1)]
    if question["kind"] == "match":
        return [f"{left}:{partner}" for left, partner in question["pairs"].items()]
    if question["kind"] == "fill_in":
        return [f"{gap}:{(fits['accept'] or [fits['number']])[0]}" for gap, fits in question["gaps"].items()]
    return list(question["correct"])


def as_posted(answers: dict[str, list[str]], number: int = 1) -> dict[str, object]:
    """Answers as the form posts them: a gap is an input of its own."""
    posted: dict[str, object] = {"poging": str(number)}
    for question, answer in answers.items():
        if question.startswith("vak"):
            posted |= {
                f"vraag-{question}:{gap}": words for gap, words in (text.split(":", 1) for text in answer)
            }
        else:
            posted[f"vraag-{question}"] = answer
    return posted
