"""Act 7: the words on the paper, signed by two invented people, the licence of a trainer, and a group's attendance."""

from datetime import timedelta

from accreditation.domain.bulk_issue import plan_attendance
from accreditation.domain.certificates import issue_certificate
from accreditation.domain.issue_batches import confirm_batch
from accreditation.domain.paper_words import built_in_words
from accreditation.enums import CertificateKind
from accreditation.models import CertificateTemplate
from demo.acts.people import by_account, today
from demo.clock import at, moment
from lms.models import Cohort

SIGNATORIES = (
    ("Marijke Rietveld", "voorzitter van het netwerk"),
    ("Tom Oeverland", "verantwoordelijke vorming"),
)


def choose_words() -> None:
    """Published templates for courses, and for attendance in French; they come before anything is issued."""
    words = built_in_words(CertificateKind.COURSE)
    (first, first_function), (second, second_function) = SIGNATORIES
    template = CertificateTemplate.objects.create(
        kind=CertificateKind.COURSE,
        language="nl",
        heading=words.heading,
        says=words.says,
        does=words.does,
        motto=words.motto,
        signatory_1=first,
        function_1=first_function,
        signatory_2=second,
        function_2=second_function,
        live=False,
    )
    template.save_revision().publish()
    french = CertificateTemplate.objects.create(
        kind=CertificateKind.ATTENDANCE,
        language="fr",
        heading="Attestation de présence",
        says="Nestwerk certifie que",
        does="a participé à :",
        motto="La santé mentale des parents et des bébés, portée ensemble.",
        live=False,
    )
    french.save_revision().publish()


def license_trainer() -> None:
    """The demo's trainer may teach for five years."""
    day = today()
    issue_certificate(
        person_id=by_account("trainer").pk,
        kind=CertificateKind.TRAINER,
        entitlement_key="licence:trainer:1",
        title="Basisopleiding perinatale mentale gezondheid",
        facts={"valid_from": day, "valid_until": day + timedelta(days=5 * 365)},
        actor=by_account("netwerk"),
    )


def issue_attendance() -> None:
    """Who was at all three days of the first series gets a paper with the points."""
    group = Cohort.objects.get(name="Basiskennis, reeks 1")
    with at(moment(-12, 11)):
        plan = plan_attendance(group_id=group.pk)
        confirm_batch(
            plan=plan,
            digest=plan.digest,
            confirmed=len(plan.due),
            about=f"{group.course.title}: {group.name}",
            by=by_account("netwerk"),
        )
