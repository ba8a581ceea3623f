"""Completing a course: by the rule of its version, once, announced inside the transaction."""

from django.db import transaction
from django.utils import timezone

from courses.api import Outline, get_outline
from ledger.api import OutboxMessage, record_audit, ref
from lms.domain.completion_rules import Verdict, Work, judge
from lms.domain.queries.attendance import attendance_share
from lms.domain.queries.work import EnrolmentWork, marks_of_enrolment, work_of_enrolment
from lms.domain.records import ADL, append_record, course_iri
from lms.enums import AttestedBy, RecordKind
from lms.models import Enrolment
from lms.signals import course_completed

#: The outbox's word for a course that may be completed by what a browser or a unit reported.
COMPLETION_TOPIC = "lms.completion"


def read_work(enrolment: Enrolment, outline: Outline, *, lesson: str = "") -> EnrolmentWork:
    """What the learner did so far. One query, two where the rule asks attendance."""
    share = attendance_share(enrolment, settled=True) if outline.rule.attendance_share else 0
    return work_of_enrolment(enrolment_id=enrolment.pk, lesson=lesson, attendance_share=share)


def judge_work(outline: Outline, work: Work) -> Verdict:
    """The verdict of the version's own rule."""
    return judge(outline.rule, outline.lessons, work)


def complete_if_due(enrolment: Enrolment) -> Verdict:
    """Complete the course when the rule is met; call it after every write that can move progress.

    The caller holds a transaction with the enrolment's row locked, so that two devices at once cannot both miss the
    last step. Completing twice is once: the column and a unique learning record stand behind it.
    """
    outline = get_outline(enrolment.version_id)
    share = attendance_share(enrolment, settled=True) if outline.rule.attendance_share else 0
    verdict = judge_work(outline, marks_of_enrolment(enrolment.pk, attendance_share=share))
    if not verdict.met or enrolment.completed_at is not None or enrolment.withdrawn_at is not None:
        return verdict
    now = timezone.now()
    enrolment.completed_at = now
    enrolment.save(update_fields=["completed_at"])
    append_record(
        person_id=enrolment.person_id,
        enrolment_id=enrolment.pk,
        kind=RecordKind.COURSE,
        attested_by=AttestedBy.SERVER,
        verb=ADL + "completed",
        object_id=course_iri(enrolment.course_id),
        result={"completion": True, "version": outline.number},
        happened_at=now,
    )
    course_completed.send(sender=Enrolment, enrolment_id=enrolment.pk, person_id=enrolment.person_id)
    record_audit(
        verb="enrolment.completed",
        subject=ref(enrolment),
        data={"course": enrolment.course_id, "version": outline.number},
    )
    return verdict


def deliver_completion(message: OutboxMessage) -> None:
    """Handler of COMPLETION_TOPIC: look again under the enrolment's lock, complete when it is due. Twice is once."""
    with transaction.atomic():
        rows = Enrolment.objects.current().select_for_update(of=("self",))
        enrolment = rows.filter(pk=message.payload["enrolment"]).first()
        if enrolment is not None:
            complete_if_due(enrolment)
