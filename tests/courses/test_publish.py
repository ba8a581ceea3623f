from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from courses.api import (
    CompletionRule,
    CourseNotPublishableError,
    UnknownContentError,
    get_check,
    get_lesson,
    get_outline,
    latest_version_id,
    mark_check,
    publish_course,
)
from courses.domain.facts import rule_sentences
from courses.domain.queries.versions import forget_versions
from courses.models import CoursePage, CourseVersion, LessonPage, VersionCheck, VersionCheckKey, VersionLesson
from ledger.models import AuditEntry
from tests.factories.courses import (
    add_lesson,
    add_module,
    make_check_block,
    make_course,
    make_published_course,
    make_question,
    make_reflection_block,
    make_text_block,
)

pytestmark = pytest.mark.django_db


def test_publish_makes_a_version_with_lessons_and_checks():
    outline = make_published_course(level="basic", continued_training_hours=Decimal("3"))
    assert (outline.number, outline.level, outline.continued_training_hours) == (1, "basic", Decimal(3))
    assert [lesson.slug for lesson in outline.lessons] == ["les-1", "les-2"]
    assert outline.lessons[1].check_ids == ("kleine-signalen-toets",)
    assert outline.lessons[1].reflection_ids == ("kleine-signalen-stilstaan",)
    assert outline.check_ids == ("kleine-signalen-toets",)
    assert get_outline(outline.version_id) == outline
    lesson = get_lesson(outline.version_id, "les-2")
    assert [block.kind for block in lesson.blocks] == ["html", "reflection", "check"]
    assert "<p>Kleine signalen.</p>" in lesson.blocks[0].html
    assert lesson.blocks[1].data == {"prompt": "Wat zag je vandaag?", "help": ""}
    check = get_check(outline.version_id, "kleine-signalen-toets")
    assert (check.pass_mark, check.lesson_slug) == (80, "les-2")
    assert check.questions[0].options == (("a", "Antwoord a"), ("b", "Antwoord b"), ("c", "Antwoord c"))
    entry = AuditEntry.objects.get(verb="course.published")
    assert entry.data["number"] == 1


def test_publish_twice_makes_one_version():
    outline = make_published_course()
    course = CoursePage.objects.get()
    assert publish_course(course=course) == outline
    assert CourseVersion.objects.count() == 1
    assert AuditEntry.objects.filter(verb="course.published").count() == 1


def test_hours_written_differently_are_the_same_content():
    make_published_course(continued_training_hours=Decimal("3"), days=Decimal("0.5"))
    CoursePage.objects.update(continued_training_hours=Decimal("3.00"), days=Decimal("0.50"))
    assert publish_course(course=CoursePage.objects.get()).number == 1


def test_a_version_stays_what_it_was():
    first = make_published_course()
    lesson = LessonPage.objects.get(slug="les-2")
    check = make_check_block("kleine-signalen-toets", [make_question("ander")])
    lesson.body = [make_text_block("<p>Nieuw.</p>"), check]
    lesson.title = "Een andere titel"
    lesson.save_revision().publish()
    second = publish_course(course=CoursePage.objects.get())
    assert (first.number, second.number) == (1, 2)
    forget_versions()
    assert get_outline(first.version_id) == first
    assert [question.id for question in get_check(first.version_id, "kleine-signalen-toets").questions] == [
        "vraag-1", "vraag-2",
    ]  # fmt: skip
    assert [question.id for question in get_check(second.version_id, "kleine-signalen-toets").questions] == [
        "ander"
    ]
    assert latest_version_id(second.course_page_id) == second.version_id
    assert mark_check(first.version_id, "kleine-signalen-toets", {"vraag-1": ["a"]}).maximum == 2


def test_drafts_and_offline_lessons_stay_out():
    make_published_course()
    lesson = LessonPage.objects.get(slug="les-1")
    lesson.body = [make_text_block("<p>Nog niet af.</p>")]
    lesson.save_revision()
    course = CoursePage.objects.get()
    assert publish_course(course=course).number == 1
    lesson.unpublish()
    assert [lesson.slug for lesson in publish_course(course=course).lessons] == ["les-2"]


def test_wagtails_publication_makes_the_version():
    make_published_course()
    course = CoursePage.objects.get()
    course.title = "Kleine signalen, grote steun"
    course.save_revision().publish()
    assert CourseVersion.objects.latest_of(course.pk).outline["title"] == "Kleine signalen, grote steun"


def test_wagtails_publication_of_an_empty_course_makes_none():
    course = make_course()
    course.save_revision().publish()
    assert latest_version_id(course.pk) is None


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (CourseVersion, "number"),
        (VersionLesson, "position"),
        (VersionCheck, "check_id"),
        (VersionCheckKey, "key"),
    ],
)
def test_rows_of_a_version_are_append_only(model, field):
    make_published_course()
    row = model.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{field: 7})
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete("default")


def test_warm_reads_make_no_query(django_assert_num_queries):
    outline = make_published_course()
    with django_assert_num_queries(4):
        read_everything(outline)
    with django_assert_num_queries(0):
        read_everything(outline)


def read_everything(outline):
    get_outline(outline.version_id)
    get_lesson(outline.version_id, "les-1")
    get_check(outline.version_id, "kleine-signalen-toets")
    mark_check(outline.version_id, "kleine-signalen-toets", {})


@pytest.mark.parametrize("lessons", [1, 3])
def test_publishing_costs(lessons, django_assert_num_queries):
    make_published_course(lessons=lessons)
    course = CoursePage.objects.get()
    course.title = "Anders"
    course.save()
    with django_assert_num_queries(15):
        publish_course(course=course)


@pytest.mark.parametrize("read", [
    lambda: get_outline(99999),
    lambda: get_lesson(99999, "les-1"),
    lambda: get_check(99999, "toets"),
    lambda: mark_check(99999, "toets", {}),
])  # fmt: skip
def test_unknown_content_is_said(read):
    with pytest.raises(UnknownContentError):
        read()


def test_a_course_of_days_needs_no_lessons():
    course = make_course(
        form="in_person", complete_lessons=False, complete_checks=False, complete_attendance=100
    )
    outline = publish_course(course=course)
    assert (outline.lessons, outline.rule) == ((), CompletionRule(False, False, 100, 0))


def problems(course):
    with pytest.raises(CourseNotPublishableError) as caught:
        publish_course(course=course)
    assert not CourseVersion.objects.exists()
    return caught.value.problems


def test_a_course_without_lessons_is_refused():
    assert problems(make_course()) == (
        "Deze cursus heeft nog geen gepubliceerde lessen. Publiceer eerst een les, of vraag aanwezigheid bij de "
        "bijeenkomsten.",
    )


def test_a_course_without_a_rule_is_refused():
    course = make_course(complete_lessons=False, complete_checks=False)
    add_lesson(add_module(course))
    assert problems(course) == ("Kies minstens één voorwaarde bij 'Wanneer is de cursus afgewerkt?'.",)


def test_wrong_checks_are_refused_with_their_place():
    course = make_course()
    module = add_module(course)
    questions = [
        make_question("geen", right=()),
        make_question("twee", right=("a", "b")),
        make_question("niets", "multiple", right=()),
        make_question("geen"),
    ]
    add_lesson(module, "les-1", [make_check_block("toets", questions)])
    place = "Les 'Les les-1', toets 'Wat neem je mee?', vraag"
    assert problems(course) == (
        "Les 'Les les-1': in toets 'Wat neem je mee?' heten twee vragen 'geen'.",
        f"{place} 'Wat past bij geen?': Duid precies één juist antwoord aan.",
        f"{place} 'Wat past bij twee?': Duid precies één juist antwoord aan.",
        f"{place} 'Wat past bij niets?': Duid minstens één juist antwoord aan.",
    )


def test_names_that_occur_twice_are_refused():
    course = make_course()
    add_lesson(add_module(course, "een"), "les", [make_reflection_block("stil"), make_text_block()])
    add_lesson(add_module(course, "twee"), "les", [make_reflection_block("stil")])
    assert problems(course) == (
        "Twee lessen hebben hetzelfde adres 'les'. Geef één ervan een ander adres.",
        "De vaste naam 'stil' staat twee keer in de cursus. Geef één blok een andere naam.",
    )


def test_a_missing_package_an_empty_lesson_and_too_few_reflections_are_refused():
    course = make_course(complete_reflections=2)
    module = add_module(course)
    activity = {"type": "h5p", "value": {"title": "Sorteer", "intro": "", "package": "weg", "key": "sorteer"}}
    add_lesson(module, "les-1", [activity])
    lesson = add_lesson(module, "les-2")
    lesson.body = []
    lesson.save()
    add_module(course, "leeg")
    assert problems(course) == (
        "Module 'Module leeg' heeft nog geen gepubliceerde lessen.",
        "De cursus vraagt 2 reflecties, maar er staan er maar 0 in de lessen.",
        "Les 'Les les-1': het leerpakket van oefening 'Sorteer' is er niet of wacht nog op goedkeuring.",
        "Les 'Les les-2' is nog leeg.",
    )


def test_rule_in_plain_dutch():
    assert rule_sentences(CompletionRule(lessons=True, checks=True, attendance_share=80, reflections=1)) == (
        "Je doorloopt alle lessen, in je eigen tempo.",
        "Je slaagt voor elke toets. Je mag zo vaak opnieuw proberen als je wilt.",
        "Je schrijft minstens 1 reflectie. Alleen jij leest die.",
        "Je bent bij minstens 80 % van de bijeenkomsten aanwezig.",
    )
    assert rule_sentences(CompletionRule(False, False, 100, 0)) == (
        "Je bent bij alle bijeenkomsten aanwezig.",
    )


def test_module_shared_as_an_alias_follows_its_original_into_the_next_version():
    first, second = make_course("eerste"), make_course("tweede")
    module = add_module(first, "samen")
    lesson = add_lesson(module, "les-1", [make_text_block("<p>Vroeger.</p>")])
    module.create_alias(parent=CoursePage.objects.get(pk=second.pk), recursive=True)
    before = publish_course(course=second)
    lesson.body = [("text", {"text": "<p>Vandaag.</p>"})]
    lesson.save_revision().publish()
    after = publish_course(course=second)
    assert (before.number, after.number) == (1, 2)
    assert "Vroeger" in get_lesson(before.version_id, "les-1").blocks[0].html
    assert "Vandaag" in get_lesson(after.version_id, "les-1").blocks[0].html
