"""A finished course earns a certificate, once."""

import logging

from accreditation.domain.certificates import issue_certificate
from accreditation.enums import CertificateKind
from accreditation.exceptions import CertificateError
from accreditation.models import Certificate
from lms.api import learning_facts

logger = logging.getLogger("nestwerk.certificates")


def issue_course_certificate(*, enrolment_id: int, person_id: int) -> Certificate | None:
    """Certificate with the course's own facts; None when the course is not finished after all.

    A person without a name gets none yet, and keeps the completion: the course counts all the same.
    """
    completions = learning_facts(person_id).completions
    fact = next((row for row in completions if row.enrolment_id == enrolment_id), None)
    if fact is None:
        return None
    try:
        return issue_certificate(
            person_id=person_id,
            kind=CertificateKind.COURSE,
            entitlement_key=f"enrolment:{enrolment_id}",
            title=fact.course_title,
            facts={
                "enrolment_id": enrolment_id,
                "course_slug": fact.course_slug,
                "course_version": fact.version_number,
                "level": fact.level,
                "completed_on": fact.completed_on,
                "hours": fact.hours,
            },
        )
    except CertificateError:
        logger.warning("no certificate for enrolment %s: the person has no name yet", enrolment_id)
        return None


def receive_course_completed(*, enrolment_id: int, person_id: int, **_: object) -> None:
    """Receiver of lms.api.course_completed, inside the transaction that completed the course."""
    issue_course_certificate(enrolment_id=enrolment_id, person_id=person_id)
