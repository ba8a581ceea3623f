"""Real courses with learners in them. `make_learning_course` has three lessons: reading, a reflection, a check."""

from uuid import uuid4

from courses.api import Outline
from courses.domain.publish import publish_course
from ledger.api import OutboxMessage
from ledger.models import OutboxEvent
from lms.domain.completion import COMPLETION_TOPIC, deliver_completion
from lms.domain.enrolment import enrol
from lms.models import Enrolment
from media.enums import PackageKind, VersionState
from media.models import LearningPackage, PackageVersion
from people.models import User
from tests.factories.courses import (
    add_lesson,
    add_module,
    make_check_block,
    make_course,
    make_question,
    make_reflection_block,
    make_text_block,
)
from tests.factories.people import UserFactory

#: Question id to the right options of the check that `make_learning_course` makes.
RIGHT = {f"vraag-{number}": ["a"] for number in range(1, 5)} | {"vraag-5": ["a", "c"]}
WRONG = {question: ["b"] for question in RIGHT}


def make_package(slug: str = "sorteren", library: str = "Nestwerk.Sorteren 1.0") -> PackageVersion:
    """A package version that may be played (its files are not needed here)."""
    package = LearningPackage.objects.create(slug=slug, title="Sorteer de signalen")
    return PackageVersion.objects.create(
        package=package,
        number=1,
        sha256=uuid4().hex * 2,
        kind=PackageKind.H5P,
        title="Sorteer de signalen",
        main_library=library,
        original_name="sorteren.h5p",
        size=1000,
        file_count=3,
        storage_prefix=f"packages/{slug}",
        state=VersionState.READY,
    )


def make_unit(number: int = 1, **values: object) -> dict[str, object]:
    """One unit of a cmi5 course as the check stores it."""
    return {
        "id": f"https://maker.test/au/{number}",
        "title": f"Deel {number}",
        "href": "index.html?stijl=1",
        "remote": False,
        "tracked": True,
        "blocks": [],
        "group": [],
        "move_on": "CompletedOrPassed",
        "launch_method": "AnyWindow",
        "mastery_score": None,
        "launch_parameters": "",
        "entitlement_key": "",
        **values,
    }


def make_units_package(*units: dict[str, object], blocks: tuple[str, ...] = ()) -> PackageVersion:
    """A cmi5 version with these units (its files are not needed here), under the slug of `make_activity_block`."""
    package = LearningPackage.objects.create(slug="sorteren", title="Eenheden")
    return PackageVersion.objects.create(
        package=package,
        number=1,
        sha256=uuid4().hex * 2,
        kind=PackageKind.CMI5,
        title="Eenheden",
        original_name="cmi5.zip",
        size=1000,
        file_count=3,
        structure={
            "course": {"id": "https://maker.test/cursus", "title": "Cursus"},
            "blocks": [{"id": block, "title": block, "parents": []} for block in blocks],
            "units": list(units) or [make_unit()],
        },
        storage_prefix="versions/eenheden",
        state=VersionState.READY,
    )


def make_activity_block(key: str = "oefening", package: str = "sorteren") -> dict[str, object]:
    """A block that plays a package."""
    return {"type": "h5p", "value": {"key": key, "title": "Sorteer", "intro": "", "package": package}}


def make_learning_course(slug: str = "kleine-signalen", *, activity: bool = False, **fields) -> Outline:
    """Lesson les-1 is text, les-2 has a reflection (and an activity), les-3 a check of five questions, 80 % to pass."""
    course = make_course(slug, **fields)
    module = add_module(course)
    add_lesson(module, "les-1")
    second = [make_text_block(), make_reflection_block(f"{slug}-stilstaan")]
    if activity:
        second.append(make_activity_block(f"{slug}-oefening"))
    add_lesson(module, "les-2", second)
    questions = [make_question(f"vraag-{number}") for number in range(1, 5)]
    questions.append(make_question("vraag-5", "multiple", ("a", "c")))
    add_lesson(module, "les-3", [make_text_block(), make_check_block(f"{slug}-toets", questions)])
    return publish_course(course=course)


def make_learner(slug: str = "kleine-signalen", person: User | None = None, **fields) -> Enrolment:
    """Somebody who is enrolled in the course with this slug."""
    return enrol(person=person or UserFactory(**fields), course_slug=slug)


def as_form(answers: dict[str, list[str]], number: int = 1) -> dict[str, object]:
    """Answers as the check's form posts them."""
    return {"poging": str(number), **{f"vraag-{question}": options for question, options in answers.items()}}


def deliver_completions() -> None:
    """What the outbox does with courses that are due; certificates stay undrawn."""
    for event in OutboxEvent.objects.filter(topic=COMPLETION_TOPIC).order_by("pk"):
        deliver_completion(
            OutboxMessage(
                event.event_id, event.topic, event.subject, event.key, event.payload, event.created_at, 1
            )
        )
