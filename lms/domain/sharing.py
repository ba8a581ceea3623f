"""Sharing one reflection with one's own trainer, and taking it back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.api import get_lesson, get_outline
from ledger.api import record_audit, ref
from lms.domain.queries.enrolments import lock_enrolment
from lms.exceptions import ReflectionError
from lms.models import Enrolment, Reflection, ReflectionShare, SessionTrainer
from people.api import User


@dataclass(frozen=True, slots=True)
class TrainerName:
    """A trainer whom a learner can share with."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class SharedReflection:
    """What a trainer reads."""

    id: int
    learner: str
    course: str
    prompt: str
    text: str
    shared_at: datetime
    is_new: bool


def trainers_of(enrolment: Enrolment) -> tuple[TrainerName, ...]:
    """Who leads a session of the learner's cohort that was not called off. One query, none without a cohort."""
    if not enrolment.cohort_id:
        return ()
    rows = (
        SessionTrainer.objects.filter(
            session__cohort_id=enrolment.cohort_id, session__cancelled_at=None, trainer__is_active=True
        )
        .values_list("trainer_id", "trainer__first_name", "trainer__last_name")
        .distinct()
    )
    return tuple(
        sorted(
            (TrainerName(pk, f"{first} {last}".strip()) for pk, first, last in rows), key=lambda row: row.name
        )
    )


@transaction.atomic
def share_reflection(
    *, person: User, course_slug: str, lesson_slug: str, reflection_id: str, trainer_id: int
) -> ReflectionShare:
    """Give a trainer a copy of a reflection as it stands. Sharing again gives the newest text; twice is once.

    Raises EnrolmentError (not_enrolled), ReflectionError (not_written, not_your_trainer, reflection_unknown).
    """
    enrolment = lock_enrolment(person_id=person.pk, course_slug=course_slug)
    prompt = _prompt(enrolment, lesson_slug, reflection_id)
    kept = Reflection.objects.filter(enrolment=enrolment, reflection_id=reflection_id).first()
    if kept is None or not kept.text.strip():
        raise ReflectionError("not_written", _("Schrijf eerst iets en bewaar het. Daarna kun je het delen."))
    if trainer_id not in {trainer.id for trainer in trainers_of(enrolment)}:
        raise ReflectionError("not_your_trainer", _("Delen kan alleen met een trainer van je eigen groep."))
    share, created = ReflectionShare.objects.get_or_create(
        reflection=kept,
        trainer_id=trainer_id,
        withdrawn_at=None,
        defaults={"prompt": prompt, "text": kept.text},
    )
    if not created and share.text != kept.text:
        share.text, share.shared_at, share.read_at = kept.text, timezone.now(), None
        share.save(update_fields=["text", "shared_at", "read_at"])
    if created:
        record_audit(verb="reflection.shared", subject=ref(share), actor=person, data={"trainer": trainer_id})
    return share


@transaction.atomic
def take_back(*, person: User, course_slug: str, reflection_id: str) -> int:
    """Take a reflection back from every trainer; its copies are emptied. Returns how many there were.

    Raises EnrolmentError (not_enrolled).
    """
    enrolment = lock_enrolment(person_id=person.pk, course_slug=course_slug)
    shares = ReflectionShare.objects.filter(
        reflection__enrolment=enrolment, reflection__reflection_id=reflection_id, withdrawn_at=None
    )
    taken = list(shares)
    shares.update(withdrawn_at=timezone.now(), text="")
    for share in taken:
        record_audit(verb="reflection.taken_back", subject=ref(share), actor=person, data={})
    return len(taken)


def shared_with(trainer_id: int) -> tuple[SharedReflection, ...]:
    """What learners gave this trainer to read, newest first. One query."""
    rows = (
        ReflectionShare.objects.filter(trainer_id=trainer_id, withdrawn_at=None)
        .select_related("reflection__enrolment__person", "reflection__enrolment__course")
        .order_by("-shared_at", "-pk")
    )
    return tuple(
        SharedReflection(
            id=row.pk,
            learner=str(row.reflection.enrolment.person),
            course=row.reflection.enrolment.course.title,
            prompt=row.prompt,
            text=row.text,
            shared_at=row.shared_at,
            is_new=row.read_at is None,
        )
        for row in rows
    )


def mark_read(trainer_id: int) -> None:
    """The trainer opened the list: everything on it is read."""
    ReflectionShare.objects.filter(trainer_id=trainer_id, withdrawn_at=None, read_at=None).update(
        read_at=timezone.now()
    )


def _prompt(enrolment: Enrolment, lesson_slug: str, reflection_id: str) -> str:
    lesson = get_outline(enrolment.version_id).lesson(lesson_slug)
    if lesson is None or reflection_id not in lesson.reflection_ids:
        raise ReflectionError(
            "reflection_unknown", _("Deze reflectie hoort niet bij jouw versie van de cursus.")
        )
    blocks = get_lesson(enrolment.version_id, lesson_slug).blocks
    return str(next(block.data["prompt"] for block in blocks if block.id == reflection_id))
