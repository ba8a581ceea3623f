"""Reflections: private words of a learner, saved while typing, never overwritten unseen."""

from django.db import transaction
from django.utils.translation import gettext as _

from courses.api import get_outline
from lms.domain.completion import complete_if_due
from lms.domain.private_texts import SavedText, keep_text, usable_text
from lms.domain.queries.enrolments import lock_enrolment
from lms.exceptions import ReflectionError
from lms.models import Reflection


def save_reflection(
    *, person_id: int, course_slug: str, lesson_slug: str, reflection_id: str, text: str, revision: int
) -> SavedText:
    """Keep a reflection; `revision` is what the form was opened with (0 for a new one). The same text twice is once.

    Raises EnrolmentError (not_enrolled), ReflectionError (reflection_unknown, too_long).
    """
    text = usable_text(text)
    with transaction.atomic():
        return _save(person_id, course_slug, lesson_slug, reflection_id, text, revision)


def _save(
    person_id: int, course_slug: str, lesson_slug: str, reflection_id: str, text: str, revision: int
) -> SavedText:
    enrolment = lock_enrolment(person_id=person_id, course_slug=course_slug)
    outline = get_outline(enrolment.version_id)
    lesson = outline.lesson(lesson_slug)
    if lesson is None or reflection_id not in lesson.reflection_ids:
        raise ReflectionError(
            "reflection_unknown", _("Deze reflectie hoort niet bij jouw versie van de cursus.")
        )
    kept = Reflection.objects.filter(enrolment=enrolment, reflection_id=reflection_id).first()
    if kept is None:
        kept = Reflection(enrolment=enrolment, lesson=lesson_slug, reflection_id=reflection_id, revision=0)
    saved = keep_text(kept, text=text, revision=revision)
    if outline.rule.reflections and not saved.conflict:
        complete_if_due(enrolment)
    return saved
