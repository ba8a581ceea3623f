"""Act 2: people follow the online course, some to the end, some half-way, some just started."""

from collections.abc import Mapping, Sequence
from zlib import crc32

from courses.api import (
    MarkedQuestion,
    Outline,
    PublicQuestion,
    QuestionKind,
    follow_case,
    get_check,
    get_lesson,
    get_outline,
    mark_check,
)
from demo.acts.people import by_account, crowd
from demo.clock import at, moment
from lms.domain.cases import decide
from lms.domain.checks import CheckAddress, hand_in, start_attempt
from lms.domain.enrolment import enrol
from lms.domain.polls import vote
from lms.domain.progress import mark_lesson, remember_lesson
from lms.domain.reflections import save_reflection
from lms.models import Enrolment
from people.models import User

COURSE, MIDWIVES = "kleine-signalen", "hoe-gaat-het-echt"


def follow_online_course() -> None:
    """Eleven finish, nine are under way, three have only enrolled; midwives follow their own path besides.

    The demo's learner is in the third module of one course and at the beginning of another.
    """
    workers = crowd("childcare_worker")
    for place, person in enumerate(workers[:9]):
        _follow(person, started=-150 + place * 11, share=1.0)
    for place, person in enumerate(crowd("midwife")[:2]):
        _follow(person, started=-120 + place * 20, share=1.0)
    for place, person in enumerate(workers[9:18]):
        _follow(person, started=-40 + place * 4, share=0.15 + 0.08 * place)
    for place, person in enumerate(workers[18:21]):
        _follow(person, started=-3 + place, share=0.0)
    for place, person in enumerate(crowd("midwife")[2:5]):
        _follow(person, started=-30 + place * 9, share=(1.0, 0.6, 0.2)[place], course=MIDWIVES)
    learner = by_account("deelnemer")
    _follow(learner, started=-20, share=0.55)
    _follow(learner, started=-6, share=0.2, course=MIDWIVES)


def _follow(person: User, *, started: int, share: float, course: str = COURSE) -> None:
    """Enrol, read lesson after lesson in small sittings, pass the checks on the way."""
    with at(moment(started, 20)):
        enrolment = enrol(person=person, course_slug=course)
    outline = get_outline(enrolment.version_id)
    lessons = outline.lessons
    count = round(len(lessons) * share)
    if not count:
        return
    # One sitting per three lessons: the clock is moved only that often.
    for start in range(0, count, 3):
        with at(moment(min(started + 1 + start, -1), 20, 15)):
            for lesson in lessons[start : min(start + 3, count)]:
                mark_lesson(person=person, course_slug=course, lesson_slug=lesson.slug)
                _vote(person, outline, lesson.slug)
                for check_id in lesson.check_ids:
                    _pass_check(person, outline, lesson.slug, check_id)
    if share < 1:
        enrolment = Enrolment.objects.get(pk=enrolment.pk)
        following = lessons[count] if count < len(lessons) else lessons[-1]
        remember_lesson(enrolment=enrolment, lesson_slug=following.slug)
    if person.email.startswith("deelnemer"):
        _reflect(person, outline.slug, lessons[:count])


def _vote(person: User, outline: Outline, lesson_slug: str) -> None:
    """A voice in every poll of the lesson."""
    for block in get_lesson(outline.version_id, lesson_slug).blocks:
        if block.kind == "poll":
            options = [option for option, _text in block.data["options"]]
            weight = crc32(f"{person.email}/{block.id}".encode()) % (len(options) + 1)
            vote(
                person_id=person.pk,
                course_slug=outline.slug,
                lesson_slug=lesson_slug,
                poll_id=block.id,
                choices=[options[min(weight, len(options) - 1)]],
            )


def _pass_check(person: User, outline: Outline, lesson_slug: str, check_id: str) -> None:
    """Do it as somebody who read well would: the right answers, or the decisions that fit."""
    address = CheckAddress(person.pk, outline.slug, lesson_slug, check_id)
    check = get_check(outline.version_id, check_id)
    if check.is_case:
        _walk_case(address, outline.version_id)
        return
    if check.time_limit:
        start_attempt(address=address)
    kinds = {question.id: question.kind for question in check.questions}
    marked = mark_check(outline.version_id, check_id, {})
    answers = {question.id: right_answer(kinds[question.id], question) for question in marked.questions}
    if not (check.attempts or check.wait_minutes or check.time_limit):
        first = {**answers, **_slips(person, check.questions, answers)}
        if hand_in(address=address, number=1, given=first).passed:
            return
        hand_in(address=address, number=2, given=answers)
        return
    hand_in(address=address, number=1, given=answers)


def _slips(
    person: User, questions: Sequence[PublicQuestion], right: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    """What somebody gets wrong the first time: who reads fast more, and the last questions of a check more."""
    haste = crc32(person.email.encode()) % 45
    wrong: dict[str, list[str]] = {}
    for place, question in enumerate(questions):
        others = [option for option, _text in question.options if option not in right[question.id]]
        chance = crc32(f"{person.email}/{question.id}".encode()) % 100
        if question.kind == QuestionKind.SINGLE and others and chance < haste + place * 4 - 5:
            wrong[question.id] = [others[chance % len(others)]]
    return wrong


def _walk_case(address: CheckAddress, version_id: int) -> None:
    """From step to step, each time with a choice that fits."""
    way = follow_case(version_id, address.check_id, {})
    while not way.is_ended:
        choice = next((choice for choice in way.here.choices if choice.fits), way.here.choices[0])
        way = decide(address=address, number=1, step=way.here.id, choice=choice.id).way


def right_answer(kind: str, question: MarkedQuestion) -> list[str]:
    """The right answer to a question that was marked, in the form that answers have."""
    if kind == QuestionKind.ORDER:
        return [f"{item}:{place}" for place, item in enumerate(question.correct_options, start=1)]
    if question.solution:
        return [f"{part}:{right}" for part, right in question.solution.items()]
    return list(question.correct_options)


def _reflect(person: User, course: str, lessons: tuple[object, ...]) -> None:
    for lesson in lessons:
        for reflection_id in getattr(lesson, "reflection_ids", ()):
            save_reflection(
                person_id=person.pk,
                course_slug=course,
                lesson_slug=getattr(lesson, "slug", ""),
                reflection_id=reflection_id,
                text="Ik zie dat ik bij het brengen vaak meteen over praktische dingen begin. Morgen wacht ik even.",
                revision=0,
            )
            return
