"""Finding a learner's own enrolment. Somebody else's cannot be found by these."""

from django.utils.translation import gettext as _

from lms.exceptions import EnrolmentError
from lms.models import CheckAttempt, Enrolment

# Plain text: every page of a course starts with it, and putting the queryset together costs four times the answer.
CURRENT_ENROLMENT = f"""
SELECT {", ".join(f"e.{field.column}" for field in Enrolment._meta.concrete_fields)}
  FROM lms_enrolment e JOIN wagtailcore_page c ON c.id = e.course_id
 WHERE e.person_id = %(person)s AND e.withdrawn_at IS NULL AND c.slug = %(course)s
"""  # noqa: S608 - column names of the model


def current_enrolment(*, person_id: int, course_slug: str) -> Enrolment | None:
    """The open enrolment of this person in this course. One query."""
    found = Enrolment.objects.raw(CURRENT_ENROLMENT, {"person": person_id, "course": course_slug})
    return next(iter(found), None)


def lock_enrolment(*, person_id: int, course_slug: str) -> Enrolment:
    """The same, locked until the end of the transaction. Raises EnrolmentError (not_enrolled)."""
    enrolment = (
        Enrolment.objects.current()
        .select_for_update(of=("self",))
        .filter(person_id=person_id, course__slug=course_slug)
        .first()
    )
    if enrolment is None:
        raise not_enrolled()
    return enrolment


def not_enrolled() -> EnrolmentError:
    """The refusal for everything that asks an enrolment."""
    return EnrolmentError("not_enrolled", _("Je bent niet ingeschreven voor deze cursus."))


def attempts_of(*, enrolment: Enrolment, check_id: str) -> list[CheckAttempt]:
    """All attempts at one check, oldest first. One query."""
    return list(CheckAttempt.objects.filter(enrolment=enrolment, check_id=check_id).order_by("number"))
