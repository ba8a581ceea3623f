import json
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from courses.api import (
    ContentError,
    course_by_slug,
    get_check,
    get_lesson,
    get_outline,
    load_content,
    mark_check,
)
from courses.domain.content.files import CONTENT
from courses.models import CourseIndexPage, CoursePage, CourseVersion, LessonPage, ModulePage, VersionCheckKey
from media.models import PackageVersion
from tests.courses.test_load_kinds import right

COURSE = """
slug: proef
title: Proefcursus
summary: Kort.
level: orientation
form: online
professions: [midwife]
goals: ["Na deze cursus kun je kijken."]
completion: {lessons: all, checks: all, reflections: 0, attendance_share: 0}
reviewed_on: 2026-10-15
modules: [01-een.yaml]
"""
MODULE = """
slug: een
title: Module een
goal: Kijken
intro: "Een **begin**."
minutes: 5
lessons:
  - slug: les-een
    title: Les een
    minutes: 5
    blocks:
      - {kind: text, markdown: "## Kijk\\n\\nTekst."}
      - kind: check
        id: toets
        title: Toets
        pass_mark: 80
        questions:
          - id: v1
            kind: single
            prompt: Wat?
            options:
              - {id: a, text: Ja, correct: true, feedback: Goed}
              - {id: b, text: Nee, correct: false, feedback: Nog niet}
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    place = tmp_path / "inhoud" / "proef"
    (place / "modules").mkdir(parents=True)
    (place / "course.yaml").write_text(COURSE, encoding="utf-8")
    (place / "modules" / "01-een.yaml").write_text(MODULE, encoding="utf-8")
    return place


def load(place, **options):
    return list(load_content(root=place.parent, **options))


@pytest.mark.django_db
def test_real_content_loads_whole():
    loaded = {course.slug: course for course in load_content()}
    assert set(loaded) == {
        "kleine-signalen",
        "hoe-gaat-het-echt",
        "crisisteams-halve-dag",
        "basiskennis-ppimh",
    }
    childcare = loaded["kleine-signalen"]
    assert (childcare.modules, childcare.lessons, childcare.packages, childcare.version) == (5, 20, 4, 1)
    outline = get_outline(course_by_slug("kleine-signalen").version_id)
    assert len(outline.check_ids) == 5
    for lesson in outline.lessons:
        content = get_lesson(outline.version_id, lesson.slug)
        assert content.blocks
        assert content.sources
        for block in content.blocks:
            assert block.html or block.data
            assert "<script" not in block.html
            assert " style=" not in block.html
    for check_id in outline.check_ids:
        assert len(get_check(outline.version_id, check_id).questions) >= 5
    assert sum(bool(lesson.activity_ids) for lesson in outline.lessons) == 4
    assert {version.state for version in PackageVersion.objects.all()} == {"ready"}
    # Three days without lessons: the page asks for nothing that is not there.
    days = get_outline(course_by_slug("basiskennis-ppimh").version_id)
    assert days.rule_sentences == ("Je bent bij alle bijeenkomsten aanwezig.",)


@pytest.mark.anywhere
@pytest.mark.django_db
def test_every_question_of_the_real_content_can_be_answered_right():
    list(load_content())
    for row in VersionCheckKey.objects.select_related("version_check"):
        if row.key.get("kind") == "case":
            continue
        answers = {question["id"]: right(question) for question in row.key["questions"]}
        marked = mark_check(row.version_check.version_id, row.version_check.check_id, answers)
        assert (marked.scaled_percent, marked.passed) == (100, True)
        for question in marked.questions:
            assert all(question.feedback_per_option.values())


@pytest.mark.django_db
def test_second_load_changes_nothing(folder, django_assert_max_num_queries):
    assert [course.state for course in load(folder)] == ["loaded"]
    before = list(CoursePage.objects.values("latest_revision_id", "last_published_at"))
    with django_assert_max_num_queries(6):
        assert [course.state for course in load(folder)] == ["unchanged"]
    assert list(CoursePage.objects.values("latest_revision_id", "last_published_at")) == before
    assert CourseVersion.objects.count() == 1


@pytest.mark.django_db
def test_load_leaves_an_authors_work_alone(folder):
    load(folder)
    course = CoursePage.objects.get()
    course.title = "Door de auteur"
    course.save_revision().publish()
    load(folder)
    assert CoursePage.objects.get().title == "Door de auteur"
    assert [course.state for course in load(folder, force=True)] == ["loaded"]
    assert CoursePage.objects.get().title == "Proefcursus"


@pytest.mark.django_db
def test_forced_load_of_the_same_files_makes_no_new_version(folder):
    load(folder)
    revisions = LessonPage.objects.get().latest_revision_id
    assert [course.version for course in load(folder, force=True)] == [1]
    assert LessonPage.objects.get().latest_revision_id == revisions


@pytest.mark.django_db
def test_changed_file_makes_a_new_version_and_keeps_the_old_one(folder):
    load(folder)
    first = course_by_slug("proef").version_id
    file = folder / "modules" / "01-een.yaml"
    changed = (
        file.read_text()
        .replace("slug: les-een", "slug: les-nieuw")
        .replace("correct: true", "correct: false")
    )
    file.write_text(changed.replace("text: Nee, correct: false", "text: Nee, correct: true"))
    assert [course.version for course in load(folder)] == [2]
    second = course_by_slug("proef").version_id
    assert mark_check(first, "toets", {"v1": ["a"]}).passed
    assert mark_check(second, "toets", {"v1": ["b"]}).passed
    assert [lesson.slug for lesson in get_outline(second).lessons] == ["les-nieuw"]
    assert LessonPage.objects.get(slug="les-een").live is False


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: text", "kind: raadsel", "unknown kind 'raadsel'"),
        ("    title: Les een\n", "", "les-een misses title"),
        ("id: toets\n        title: Toets", "title: Toets", "misses or mistakes 'id'"),
        ("correct: true", "correct: false", "precies één juist antwoord"),
        ("goal: Kijken", "goal: [", "01-een.yaml"),
    ],
)
def test_wrong_module_files_are_refused_and_nothing_stays(folder, old, new, said):
    file = folder / "modules" / "01-een.yaml"
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(ContentError, match=said):
        load(folder)
    assert not CoursePage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[midwife]", "[tovenaar]", "unknown professions tovenaar"),
        ("level: orientation", "level: hoog", "unknown level or form"),
        ("summary: Kort.", "", "misses summary"),
        ("01-een.yaml", "09-weg.yaml", "09-weg.yaml"),
    ],
)
def test_wrong_course_files_are_refused_and_nothing_stays(folder, old, new, said):
    file = folder / "course.yaml"
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(ContentError, match=said):
        load(folder)
    assert not CoursePage.objects.exists()


@pytest.mark.django_db
def test_hostile_markdown_is_disarmed(folder):
    file = folder / "modules" / "01-een.yaml"
    file.write_text(
        file.read_text().replace("Tekst.", "<img src=x onerror=alert(1)><script>1</script>Tekst.")
    )
    load(folder)
    html = get_lesson(course_by_slug("proef").version_id, "les-een").blocks[0].html
    assert "Tekst." in html
    assert "onerror" not in html
    assert "script" not in html


@pytest.mark.django_db
def test_empty_folder_is_refused(tmp_path):
    with pytest.raises(ContentError):
        list(load_content(root=tmp_path))


@pytest.mark.django_db
def test_command_reports_as_json(folder, capsys):
    call_command("load_content", "--dir", str(folder), "--json")
    report = json.loads(capsys.readouterr().out)
    assert report == {
        "courses": [
            {
                "slug": "proef",
                "title": "Proefcursus",
                "state": "loaded",
                "modules": 1,
                "lessons": 1,
                "packages": 0,
                "version": 1,
            }
        ]
    }


@pytest.mark.django_db
def test_command_exits_one_on_refusal(folder, capsys):
    shutil.rmtree(folder / "modules")
    with pytest.raises(SystemExit) as caught:
        call_command("load_content", "--dir", str(folder))
    assert caught.value.code == 1
    assert "01-een.yaml" in capsys.readouterr().err


@pytest.mark.django_db
def test_index_is_made_once():
    from courses.api import ensure_course_index

    first = ensure_course_index()
    assert ensure_course_index() == first
    assert CourseIndexPage.objects.count() == 1
    assert first.url_path.endswith("/cursussen/")


@pytest.mark.django_db
def test_modules_become_pages(folder):
    load(folder)
    module = ModulePage.objects.get()
    assert (module.goal, module.intro) == ("Kijken", "<p>Een <strong>begin</strong>.</p>")
    assert CONTENT.is_dir()


@pytest.mark.django_db
def test_new_library_of_our_own_reaches_a_course_that_was_loaded_before(folder, monkeypatch):
    activity = "      - {kind: h5p, id: sorteer, title: Sorteer, package: stapels}\n"
    module = folder / "modules" / "01-een.yaml"
    module.write_text(module.read_text().replace("      - kind: check\n", f"{activity}      - kind: check\n"))
    cards = [{"text": f"Kaart {n}", "pile": "a", "feedback": "Omdat."} for n in range(6)]
    piles = [{"id": "a", "label": "Gewoon"}, {"id": "b", "label": "Opletten"}]
    package = {"title": "Stapels", "instruction": "Leg.", "piles": piles, "cards": cards, "closing": "Klaar."}
    (folder / "h5p").mkdir()
    (folder / "h5p" / "stapels.json").write_text(json.dumps(package), encoding="utf-8")
    assert [(course.packages, course.version) for course in load(folder)] == [(1, 1)]
    assert [course.state for course in load(folder)] == ["unchanged"]
    assert course_by_slug("proef").version_id == get_outline(course_by_slug("proef").version_id).version_id

    from courses.domain.content import packages as loader

    original = loader.pack_sorting_package
    monkeypatch.setattr(
        loader,
        "pack_sorting_package",
        lambda content, target: original({**content, "closing": "Nieuw."}, target),
    )
    assert [(course.state, course.version) for course in load(folder)] == [("unchanged", 2)]
