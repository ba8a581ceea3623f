"""Every kind of activity from content files, shared modules with slots, and media files."""

import io
import shutil

import pytest
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image

from courses.api import (
    ContentError,
    course_by_slug,
    follow_case,
    get_check,
    get_lesson,
    get_outline,
    load_content,
    mark_check,
)
from courses.domain.content.files import read_course
from courses.models import VersionCheckKey
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

COURSE = """
slug: proef
title: Proefcursus
summary: Kort.
level: orientation
form: online
professions: [midwife]
goals: ["Na deze cursus kun je kijken."]
completion: {lessons: all, checks: all, reflections: 0, attendance_share: 0}
modules:
  - shared: 01-samen.yaml
    slots: {casus: slots/casus.yaml}
"""
MODULE = """
slug: samen
title: Samen
goal: Kijken
lessons:
  - slug: les
    title: Les
    minutes: 5
    blocks:
      - {kind: image, image: kamer.png, alt: Een kamer}
      - {kind: video, id: film, title: Film, file: film.webm, captions: film.vtt, transcript: "Tekst."}
      - {kind: audio, id: stem, title: Stem, file: stem.mp3, captions: film.vtt, transcript: "Tekst."}
      - {kind: slot, id: casus}
      - {kind: poll, id: peiling, question: "Herken je dit?", options: [{id: ja, text: Ja}, {id: nee, text: Nee}]}
      - kind: check
        id: toets
        title: Toets
        pass_mark: 80
        shuffle: true
        time_limit: 10
        attempts: 3
        wait_minutes: 30
        pools: [{id: reeks, draw: 1}]
        questions:
          - {id: v1, kind: order, pool: reeks, prompt: "Volgorde?", items: [een, twee, drie]}
          - {id: v2, kind: match, pool: reeks, prompt: "Paren?", pairs: [{left: a, right: b}, {left: c, right: d}]}
          - {id: v3, kind: fill_in, prompt: Vul aan., text: "Week {week}.", gaps: [{id: week, number: 16}]}
          - id: v4
            kind: hotspot
            prompt: Waar?
            image: kamer.png
            alt: Een kamer
            spots:
              - {id: wieg, label: Wieg, x: 10, y: 20, correct: true, feedback: Ja}
              - {id: raam, label: Raam, x: 80, y: 20, correct: false, feedback: Nee}
"""
SLOT = """
- kind: decision_case
  id: nacht
  title: De nacht
  counts: true
  steps:
    - id: deur
      markdown: Er wordt gebeld.
      question: Wat doe je?
      choices:
        - {id: a, text: Open, fits: true, response: Fijn., to: goed}
        - {id: b, text: Wacht, fits: false, response: Hm., to: slecht}
    - {id: goed, markdown: Het komt goed., end: good}
    - {id: slecht, markdown: Stil., end: poor}
"""


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "inhoud"
    for place in ("proef/slots", "proef/media", "shared/modules", "shared/media"):
        (folder / place).mkdir(parents=True)
    (folder / "proef/course.yaml").write_text(COURSE, encoding="utf-8")
    (folder / "proef/slots/casus.yaml").write_text(SLOT, encoding="utf-8")
    (folder / "shared/modules/01-samen.yaml").write_text(MODULE, encoding="utf-8")
    picture = io.BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(picture, "PNG")
    (folder / "proef/media/kamer.png").write_bytes(picture.getvalue())
    for name in ("film.webm", "film.vtt", "stem.mp3"):
        (folder / "shared/media" / name).write_bytes(b"0123456789" * 10)
    return folder


def right(question):
    """The right answer to a stored question, whatever its kind."""
    if question["kind"] == "order":
        return [f"{item}:{place}" for place, item in enumerate(question["correct"], start=1)]
    if question["kind"] == "match":
        return [f"{left}:{partner}" for left, partner in question["pairs"].items()]
    if question["kind"] == "fill_in":
        return [f"{gap}:{(fits['accept'] or [fits['number']])[0]}" for gap, fits in question["gaps"].items()]
    return question["correct"]


def test_every_kind_loads_once_and_can_be_answered_right(root):
    assert [course.state for course in load_content(root=root)] == ["loaded"]
    version = course_by_slug("proef").version_id
    lesson = get_outline(version).lessons[0]
    assert (lesson.check_ids, lesson.case_ids, lesson.poll_ids) == (
        ("nacht", "toets"),
        ("nacht",),
        ("peiling",),
    )
    assert lesson.media_ids == ("film", "stem")
    kinds = [block.kind for block in get_lesson(version, "les").blocks]
    assert kinds == ["html", "media", "media", "decision_case", "poll", "check"]
    check = get_check(version, "toets")
    assert (check.shuffle, check.time_limit, check.attempts, check.wait_minutes, check.length) == (
        True,
        10,
        3,
        30,
        3,
    )
    assert (check.questions[3].picture.width, check.questions[3].spots[0]) == (40, ("wieg", 10.0, 20.0))
    key = VersionCheckKey.objects.get(version_check__check_id="toets").key
    answers = {question["id"]: right(question) for question in key["questions"]}
    assert mark_check(version, "toets", answers).scaled_percent == 100
    assert mark_check(version, "toets", {"v1": answers["v1"]}, asked=["v1"]).scaled_percent == 100
    assert [course.state for course in load_content(root=root, force=True)] == ["loaded"]
    assert course_by_slug("proef").version_id == version
    assert (Image.objects.count(), Document.objects.count()) == (1, 3)


def test_case_goes_where_the_decisions_lead(root):
    list(load_content(root=root))
    version = course_by_slug("proef").version_id
    assert get_check(version, "nacht").is_case
    start = follow_case(version, "nacht", {})
    assert (start.here.id, start.is_ended, start.closing_html) == ("deur", False, "")
    good, poor = (follow_case(version, "nacht", {"deur": [choice]}) for choice in "ab")
    assert (good.passed, good.fitting, poor.passed, poor.fitting) == (True, 1, False, 0)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("proef/slots/casus.yaml", "to: goed", "to: weg", "leidt naar 'weg'"),
        ("proef/slots/casus.yaml", ", end: poor", "", "heeft geen einde"),
        ("shared/modules/01-samen.yaml", "draw: 1", "draw: 3", "telt er maar 2"),
        ("shared/modules/01-samen.yaml", "kind: order", "kind: raadsel", "unknown kind of question"),
        (
            "shared/modules/01-samen.yaml",
            "image: kamer.png, alt",
            "image: weg.png, alt",
            "weg.png: no such file",
        ),
        (
            "proef/course.yaml",
            "    slots: {casus: slots/casus.yaml}\n",
            "",
            "slot casus is filled by no file",
        ),
        ("proef/course.yaml", "{casus:", "{ander: slots/casus.yaml, casus:", "has no slot ander"),
        ("proef/course.yaml", "01-samen.yaml", "09-weg.yaml", "09-weg.yaml"),
    ],
)
def test_wrong_files_are_named(root, file, old, new, said):
    path = root / file
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(ContentError, match=said):
        list(load_content(root=root))


def test_recordings_come_in_ranges_for_people_with_an_account(root, client):
    list(load_content(root=root))
    film = Document.objects.get(title="proef: film.webm")
    address = f"/mijn/leren/bestand/{film.pk}/film.webm"
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    part = client.get(address, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part["Content-Range"], b"".join(part)) == (
        206,
        "bytes 10-19/100",
        b"0123456789",
    )
    assert client.get("/mijn/leren/bestand/999999/film.webm").status_code == 404
    shutil.rmtree(root)


def test_slot_stays_empty_when_the_course_says_so(root):
    course = root / "proef" / "course.yaml"
    course.write_text(course.read_text(encoding="utf-8").replace("slots/casus.yaml", "[]"), encoding="utf-8")
    lesson = read_course(root / "proef").modules[0]["lessons"][0]
    assert "decision_case" not in {block["kind"] for block in lesson["blocks"]}
