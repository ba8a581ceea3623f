"""Starting and leaving a course."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.api import CourseSummary, course_by_slug, prerequisites_of
from ledger.api import record_audit, ref
from lms.domain.cohorts import join_cohort
from lms.domain.waiting import begins_at, offer_seats
from lms.exceptions import EnrolmentError
from lms.models import Attendance, Cohort, Enrolment
from lms.signals import seats_changed
from people.api import User


def enrol(
    *, person: User, course_slug: str, cohort_id: int | None = None, code: str = "", admitted: bool = False
) -> Enrolment:
    """Enrol somebody in the newest version of a course. Twice is once; coming back finds the work of before.

    `code` and `admitted` are for the cohort (see `join_cohort`). Raises EnrolmentError (course_missing,
    course_not_open, prerequisite_missing) and whatever the cohort refuses.
    """
    course = course_by_slug(course_slug)
    if course is None:
        raise EnrolmentError("course_missing", _("Deze cursus bestaat niet (meer)."))
    if course.version_id is None:
        raise EnrolmentError("course_not_open", _("Deze cursus is nog niet open. Kom later eens terug."))
    with transaction.atomic():
        enrolment, verb = _open_enrolment(person, course, course.version_id)
        if verb:
            check_prerequisites(person, course)
        if cohort_id is not None and enrolment.cohort_id != cohort_id:
            join_cohort(enrolment=enrolment, cohort_id=cohort_id, code=code, admitted=admitted)
        if verb:
            record_audit(
                verb=verb,
                subject=ref(enrolment),
                actor=person,
                data={"course": course.page_id, "version": enrolment.version_id},
            )
    return enrolment


def check_prerequisites(person: User, course: CourseSummary) -> None:
    """What comes first is done, or being followed. Raises EnrolmentError (prerequisite_missing)."""
    earlier = dict(prerequisites_of(course.page_id))
    followed = Enrolment.objects.current().filter(person=person, course_id__in=earlier)
    for course_id in followed.values_list("course_id", flat=True) if earlier else ():
        del earlier[course_id]
    if earlier:
        raise EnrolmentError(
            "prerequisite_missing",
            _("Schrijf je eerst in voor %(titles)s. Daarna kun je hier verder.")
            % {"titles": ", ".join(earlier.values())},
        )


def _open_enrolment(person: User, course: CourseSummary, version_id: int) -> tuple[Enrolment, str]:
    """The open enrolment and the verb for the audit trail, "" when it was there already."""
    enrolments = Enrolment.objects.select_for_update().filter(person=person, course_id=course.page_id)
    found = list(enrolments.order_by("-enrolled_at"))
    for enrolment in found:
        if enrolment.withdrawn_at is None:
            return enrolment, ""
    for enrolment in found:
        if enrolment.version_id == version_id:
            enrolment.withdrawn_at = None
            enrolment.save(update_fields=["withdrawn_at"])
            return enrolment, "enrolment.reopened"
    enrolment, created = Enrolment.objects.get_or_create(
        person=person,
        course_id=course.page_id,
        withdrawn_at=None,
        defaults={"version_id": version_id},
    )
    return enrolment, "enrolment.created" if created else ""


def last_day_to_leave(cohort: Cohort) -> date:
    """The last day on which a member may leave or swap: as set, or the day before the first session. One query."""
    return cohort.withdraw_until or timezone.localdate(begins_at(cohort)) - timedelta(days=1)


def check_may_leave(cohort: Cohort, *, person_id: int) -> None:
    """Raises EnrolmentError: too_late (after the last day to leave), was_present (attendance was recorded)."""
    last = last_day_to_leave(cohort)
    if last < timezone.localdate():
        raise EnrolmentError(
            "too_late",
            _("Je groep verlaten kon tot %(day)s. Kun je toch niet komen? Laat het je trainer weten.")
            % {"day": f"{last:%d/%m/%Y}"},
        )
    if Attendance.objects.present().filter(session__cohort=cohort, person_id=person_id).exists():
        raise EnrolmentError(
            "was_present", _("Je was al bij een bijeenkomst van deze groep. Praat met je trainer.")
        )


@transaction.atomic
def withdraw(*, person: User, course_slug: str) -> None:
    """Leave a course; what was done stays, for who comes back. A seat that comes free is offered. Twice is once.

    Raises EnrolmentError: completed (a completion may already carry a certificate), too_late, was_present.
    """
    enrolment = (
        Enrolment.objects.current()
        .select_for_update(of=("self",))
        .filter(person=person, course__slug=course_slug)
        .first()
    )
    if enrolment is None:
        return
    if enrolment.is_completed:
        raise EnrolmentError(
            "completed", _("Je rondde deze cursus al af. Ze blijft bij je cursussen staan, als bewijs.")
        )
    if enrolment.cohort is not None and enrolment.cohort.ends_on >= timezone.localdate():
        check_may_leave(enrolment.cohort, person_id=person.pk)
    left, enrolment.cohort = enrolment.cohort_id, None
    enrolment.withdrawn_at = timezone.now()
    enrolment.save(update_fields=["withdrawn_at", "cohort"])
    record_audit(verb="enrolment.withdrawn", subject=ref(enrolment), actor=person)
    if left is not None:
        seats_changed.send(sender=Cohort, cohort_id=left)
        offer_seats(left)
