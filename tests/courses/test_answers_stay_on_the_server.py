"""The answers of a check are nowhere that a browser, a search or another floor's page can reach."""

import dataclasses
import json

import pytest

from courses.api import get_check, get_lesson, get_outline, mark_check
from courses.models import CoursePage, CourseVersion, LessonPage, VersionCheck, VersionLesson
from tests.factories.courses import (
    add_lesson,
    add_module,
    make_check_block,
    make_course,
    make_published_course,
    make_text_block,
)

pytestmark = pytest.mark.django_db

SECRETS = ("GEHEIM-OPTIE", "GEHEIM-VRAAG")


@pytest.fixture
def outline():
    course = make_course()
    question = {
        "type": "single",
        "value": {
            "key": "v1",
            "prompt": "Wat zeg je?",
            "options": [
                {"key": "a", "text": "Eerste", "correct": False, "feedback": "GEHEIM-OPTIE a"},
                {"key": "b", "text": "Tweede", "correct": True, "feedback": "GEHEIM-OPTIE b"},
            ],
            "feedback": "GEHEIM-VRAAG",
        },
    }
    add_lesson(add_module(course), "les-1", [make_text_block(), make_check_block("toets", [question])])
    from courses.api import publish_course

    return publish_course(course=course)


def everything(value):
    """All text of dataclasses, mappings and lists."""

    def plain(item):
        if dataclasses.is_dataclass(item):
            return {field.name: plain(getattr(item, field.name)) for field in dataclasses.fields(item)}
        if hasattr(item, "items"):
            return {key: plain(inner) for key, inner in item.items()}
        if isinstance(item, list | tuple):
            return [plain(inner) for inner in item]
        return str(item)

    return json.dumps(plain(value))


def assert_silent(text):
    assert not [word for word in (*SECRETS, "correct", "option_feedback") if word in text]


def test_api_before_the_answer_is_silent(outline):
    version = outline.version_id
    assert_silent(everything(get_outline(version)))
    assert_silent(everything(get_lesson(version, "les-1")))
    assert_silent(everything(get_check(version, "toets")))


def test_rows_other_than_the_key_are_silent(outline):
    assert_silent(json.dumps(list(CourseVersion.objects.values_list("outline", flat=True))))
    assert_silent(json.dumps(list(VersionLesson.objects.values_list("blocks", "sources"))))
    assert_silent(json.dumps(list(VersionCheck.objects.values_list("public", flat=True))))


@pytest.mark.parametrize("path", ["/cursussen/", "/cursussen/kleine-signalen/"])
def test_public_pages_are_silent(outline, client, path):
    assert_silent(client.get(path).content.decode())


def test_search_index_is_silent(outline):
    from wagtail.search.backends import get_search_backend

    assert list(get_search_backend().search("GEHEIM", LessonPage)) == []
    names = {field.field_name for field in LessonPage.get_searchable_search_fields()}
    assert "body" not in names


def test_lesson_page_itself_is_never_served(outline, client):
    lesson = LessonPage.objects.get()
    response = client.get(f"/cursussen/kleine-signalen/module-1/{lesson.slug}/")
    assert (response.status_code, response["Location"]) == (302, "/mijn/leren/kleine-signalen/les-1/")
    response = client.get("/cursussen/kleine-signalen/module-1/")
    assert (response.status_code, response["Location"]) == (302, "/cursussen/kleine-signalen/")


def test_marking_tells_only_after_the_answer(outline):
    marked = mark_check(outline.version_id, "toets", {"v1": ["a"]})
    assert marked.questions[0].feedback_per_option["b"] == "GEHEIM-OPTIE b"


def test_the_key_keeps_its_own_table(outline):
    assert {field.name for field in VersionCheck._meta.get_fields()} == {
        "id", "version", "check_id", "lesson_slug", "public",
    }  # fmt: skip
    assert CoursePage.objects.count() == 1
    assert make_published_course("tweede").number == 1
