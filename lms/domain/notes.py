"""Notes at a lesson: private words of a learner."""

from django.db import transaction
from django.utils.translation import gettext as _

from courses.api import get_outline
from lms.domain.private_texts import SavedText, keep_text, usable_text
from lms.domain.queries.enrolments import lock_enrolment
from lms.exceptions import LmsError
from lms.models import LessonNote


def save_note(*, person_id: int, course_slug: str, lesson_slug: str, text: str, revision: int) -> SavedText:
    """Keep the note of a lesson; `revision` is what the form was opened with (0 for a new one).

    Raises EnrolmentError (not_enrolled), ReflectionError (too_long), LmsError (lesson_unknown).
    """
    text = usable_text(text)
    with transaction.atomic():
        enrolment = lock_enrolment(person_id=person_id, course_slug=course_slug)
        if get_outline(enrolment.version_id).lesson(lesson_slug) is None:
            raise LmsError("lesson_unknown", _("Deze les hoort niet bij jouw versie van de cursus."))
        kept = LessonNote.objects.filter(enrolment=enrolment, lesson=lesson_slug).first()
        if kept is None:
            kept = LessonNote(enrolment=enrolment, lesson=lesson_slug, revision=0)
        return keep_text(kept, text=text, revision=revision)
