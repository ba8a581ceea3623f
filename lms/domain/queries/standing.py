"""Where a signed-in person stands in a course, for the button on the public course page."""

from django.utils.translation import gettext as _

from courses.api import PersonState
from lms.models import Enrolment


def person_state(person_id: int, course_id: int) -> PersonState | None:
    """What the button says and where it leads, or None for somebody who has not started. One query."""
    row = (
        Enrolment.objects.current()
        .filter(person_id=person_id, course_id=course_id)
        .values_list("course__slug", "last_lesson", "completed_at")
        .first()
    )
    if row is None:
        return None
    slug, last_lesson, completed_at = row
    url = f"/mijn/leren/{slug}/"
    if completed_at is not None:
        return PersonState(_("Bekijk je cursus"), url, _("Je rondde deze cursus af."))
    if last_lesson:
        return PersonState(_("Ga verder"), f"{url}{last_lesson}/", _("Je bent met deze cursus bezig."))
    return PersonState(_("Begin met de eerste les"), url, _("Je bent ingeschreven."))
