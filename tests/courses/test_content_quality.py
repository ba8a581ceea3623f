"""What every course of ours must hold: sources, checks with feedback, honest minutes, plain Dutch. Reads files only."""

import re
from typing import Any

import pytest

from courses.api import QuestionKind
from courses.domain.content.files import CONTENT, CourseFolder, course_folders, read_course

Block = dict[str, Any]
COURSES = {folder.slug: folder for folder in map(read_course, course_folders(CONTENT))}
WITH_LESSONS = [folder for folder in COURSES.values() if folder.modules]
#: Minutes on top of reading; questions are counted apart.
MINUTES_OF = {"reflection": 2, "case": 1, "decision_case": 2, "h5p": 2, "poll": 1, "video": 2, "audio": 2}
#: Cases that the sources of ours tell; our own families have other names.
NAMES_OF_THE_SOURCES = r"\b(Nadia|Joyce|Veerle|Katrien|Warre|Sofie|Dave|Sid|Bas|Tim|Kate|Bart|Emma)\b"


def lessons_of(folder: CourseFolder) -> list[Block]:
    return [lesson for module in folder.modules for lesson in module["lessons"]]


def blocks_of(folder: CourseFolder, kind: str) -> list[Block]:
    return [block for lesson in lessons_of(folder) for block in lesson["blocks"] if block["kind"] == kind]


def texts_of(value: Any, key: str = "") -> list[str]:
    """Every text that a learner reads."""
    if isinstance(value, str):
        return [] if key in {"id", "kind", "tone", "to", "end", "package", "handout", "slug"} else [value]
    if isinstance(value, dict):
        return [text for name, part in value.items() for text in texts_of(part, name)]
    return [text for part in value for text in texts_of(part)] if isinstance(value, list) else []


def words_of(lesson: Block) -> float:
    """What somebody reads: of a branching case about three fifths."""
    return sum(
        len(text.split()) * (0.6 if block["kind"] == "decision_case" else 1)
        for block in lesson["blocks"]
        for text in texts_of(block)
    )


@pytest.mark.parametrize("folder", WITH_LESSONS, ids=lambda folder: folder.slug)
def test_every_lesson_names_sources_and_takes_the_minutes_it_says(folder):
    for lesson in lessons_of(folder):
        assert lesson["sources"], lesson["slug"]
        assert all(source["title"] and source["publisher"] for source in lesson["sources"]), lesson["slug"]
        extra = sum(
            MINUTES_OF.get(block["kind"], 0) + 0.3 * len(block.get("questions", ()))
            for block in lesson["blocks"]
        )
        quick, slow = words_of(lesson) / 220 + extra, words_of(lesson) / 110 + extra
        assert quick - 1 <= lesson["minutes"] <= slow + 1.5, (lesson["slug"], quick, slow)


@pytest.mark.parametrize("folder", WITH_LESSONS, ids=lambda folder: folder.slug)
def test_every_module_ends_in_a_check_of_five_questions_with_feedback_on_every_answer(folder):
    for module in folder.modules:
        checks = [b for lesson in module["lessons"] for b in lesson["blocks"] if b["kind"] == "check"]
        assert checks, module["slug"]
        for check in checks:
            assert len(check["questions"]) >= 5, check["id"]
            for question in check["questions"]:
                assert question["feedback"].strip(), question["id"]
                assert all(option["feedback"].strip() for option in question.get("options", ()))


@pytest.mark.parametrize(
    ("slug", "low", "high"),
    [("hoe-gaat-het-echt", 110, 130), ("crisisteams-halve-dag", 45, 45), ("kleine-signalen", 160, 200)],
)
def test_a_course_takes_as_long_as_was_agreed(slug, low, high):
    assert low <= sum(lesson["minutes"] for lesson in lessons_of(COURSES[slug])) <= high


@pytest.mark.parametrize("slug", ["hoe-gaat-het-echt", "kleine-signalen"])
def test_every_module_has_a_case_and_a_reflection_of_its_own(slug):
    for module in COURSES[slug].modules:
        kinds = {block["kind"] for lesson in module["lessons"] for block in lesson["blocks"]}
        assert kinds & {"case", "decision_case"}, module["slug"]
        assert "reflection" in kinds, module["slug"]


@pytest.mark.parametrize("folder", WITH_LESSONS, ids=lambda folder: folder.slug)
def test_the_dutch_stays_plain(folder):
    """Short sentences on average, hardly any long one, nobody blamed, and no family of the sources."""
    text = "\n".join(texts_of([lesson["blocks"] for lesson in lessons_of(folder)]))
    sentences = [len(s.split()) for s in re.split(r"[.!?:]['\")*]*\s+|\n+", text) if len(s.split()) > 2]
    assert sum(sentences) / len(sentences) <= 12
    assert sum(length > 28 for length in sentences) / len(sentences) <= 0.01
    assert not re.findall(NAMES_OF_THE_SOURCES, text)
    assert not re.findall(r"(?i)\b(ongeldig|gefaald|fout!|helaas pindakaas|teneinde|middels|inzake)\b", text)


def test_paths_share_modules_and_differ_in_their_cases():
    midwives, crisis = COURSES["hoe-gaat-het-echt"], COURSES["crisisteams-halve-dag"]
    shared = {module["slug"] for module in midwives.modules} & {module["slug"] for module in crisis.modules}
    assert shared == {"als-het-niet-kan-wachten", "draag-het-niet-alleen"}
    checks = [{b["id"] for b in blocks_of(folder, "check")} for folder in (midwives, crisis)]
    assert checks[0] & checks[1] == {"check-niet-wachten", "check-niet-alleen"}
    cases = [
        {b["id"] for kind in ("case", "decision_case") for b in blocks_of(folder, kind)}
        for folder in (midwives, crisis)
    ]
    assert cases[0].isdisjoint(cases[1])
    assert min(map(len, cases)) >= 2


def test_the_childcare_course_uses_every_kind_of_activity():
    folder = COURSES["kleine-signalen"]
    blocks = [block for lesson in lessons_of(folder) for block in lesson["blocks"]]
    questions = [question for block in blocks for question in block.get("questions", ())]
    assert {question["kind"] for question in questions} == set(QuestionKind.values)
    assert {"case", "decision_case", "poll", "video", "audio", "h5p", "reflection"} <= {
        b["kind"] for b in blocks
    }
    assert any(block.get("pools") for block in blocks)
    assert any(block.get("shuffle") for block in blocks)
    for block in blocks:
        if block["kind"] in {"video", "audio"}:
            assert (folder.media[block["captions"]]).read_text(encoding="utf-8").startswith("WEBVTT")
            assert len(block["transcript"].split()) > 40
    assert sum(file.stat().st_size for file in folder.media.values()) < 1_500_000
