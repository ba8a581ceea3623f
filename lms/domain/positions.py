"""Where somebody stopped a film or a recording."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.api import get_outline
from lms.domain.queries.enrolments import lock_enrolment
from lms.exceptions import PositionError
from lms.models import MediaPosition

#: Ten hours; nobody records longer.
LAST_SECOND = 36_000


@transaction.atomic
def keep_position(*, person_id: int, course_slug: str, lesson_slug: str, media_id: str, second: int) -> int:
    """Keep the second; the newest counts. Returns what was kept.

    Raises EnrolmentError (not_enrolled), PositionError (media_unknown, second_unknown).
    """
    if not 0 <= second <= LAST_SECOND:
        raise PositionError("second_unknown", _("Dit moment kennen we niet."))
    enrolment = lock_enrolment(person_id=person_id, course_slug=course_slug)
    lesson = get_outline(enrolment.version_id).lesson(lesson_slug)
    if lesson is None or media_id not in lesson.media_ids:
        raise PositionError("media_unknown", _("Dit fragment hoort niet bij jouw versie van de cursus."))
    MediaPosition.objects.update_or_create(
        enrolment=enrolment,
        media_id=media_id,
        defaults={"lesson": lesson_slug, "second": second, "saved_at": timezone.now()},
    )
    return second
