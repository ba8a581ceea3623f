"""What every step in the life of a recognition leaves behind: history, certificate, stream, letter, event, audit."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.certificates import reissue_certificate, revoke_certificates
from accreditation.domain.feed import publish_recognition
from accreditation.domain.letters import LetterDraft
from accreditation.domain.queries.listed import status_of
from accreditation.domain.recognition_machine import STEPS, CertificateAction, may_take
from accreditation.enums_committee import TransitionKind
from accreditation.exceptions import RecognitionError
from accreditation.models import Certificate, Letter, Recognition, RecognitionTransition
from ledger.api import OutboxMessage, publish, record_audit, ref, wait_for_turn
from people.api import User, is_network_staff, queue_mail

#: Outbox topic for everybody outside who wants to know: payload `recognition_id`, `version`, `step`.
CHANGED_TOPIC = "recognition.changed"


def locked_for(*, recognition_id: int, by: User) -> Recognition:
    """The recognition, locked, for a step of the office. Raises RecognitionError for others and for one's own."""
    wait_for_turn()
    recognition = Recognition.objects.select_for_update().get(pk=recognition_id)
    if not is_network_staff(by) or recognition.person_id == by.pk:
        raise RecognitionError(_("Dit kun jij niet doen bij deze erkenning."))
    return recognition


def require_step(recognition: Recognition, kind: TransitionKind) -> None:
    """Raise RecognitionError when the step does not fit the status of today."""
    status = status_of(recognition, day=timezone.localdate())
    if not may_take(kind, status):
        raise RecognitionError(
            _("Deze erkenning is %(status)s. Dan kan dit niet.") % {"status": status.label}
        )


def write_step(
    recognition: Recognition,
    kind: TransitionKind,
    *,
    by: User | None,
    reason: str = "",
    text: str = "",
    until: date | None = None,
) -> RecognitionTransition:
    """Write the history first; where the step changes the row, its version grows and the caller saves it."""
    if STEPS[kind].moves and kind != TransitionKind.GRANTED:
        recognition.version += 1
    return RecognitionTransition.objects.create(
        recognition=recognition,
        kind=kind,
        version=recognition.version,
        by=by,
        reason=reason,
        text=text,
        until=until,
    )


def follow_up(
    recognition: Recognition, step: RecognitionTransition, *, letter: LetterDraft | None = None
) -> None:
    """What follows once the row is saved: certificate, public stream, letter with mail, event, audit."""
    _act_on_certificate(recognition, STEPS[TransitionKind(step.kind)].certificate, by=step.by)
    publish_recognition(recognition, actor=step.by)
    if letter is not None:
        send_letter(
            Letter.objects.create(
                kind=STEPS[TransitionKind(step.kind)].letter,
                person_id=recognition.person_id,
                subject=ref(step),
                title=letter.title,
                body=letter.body,
            )
        )
    publish(
        topic=CHANGED_TOPIC,
        subject=f"user:{recognition.person_id}",
        payload={"recognition_id": recognition.pk, "version": recognition.version, "step": step.kind},
        key=f"{CHANGED_TOPIC}:{step.pk}",
    )
    record_audit(
        verb=f"recognition.{step.kind}",
        subject=ref(recognition),
        actor=step.by,
        data={"step": ref(step), "version": recognition.version, "level": recognition.level},
    )


def deliver_change(message: OutboxMessage) -> None:
    """Outbox handler: the public stream says the same as the recognition, whatever happened in between."""
    recognition = Recognition.objects.filter(pk=message.payload["recognition_id"]).first()
    if recognition is not None:
        publish_recognition(recognition)


def entitlement_key(recognition: Recognition) -> str:
    """What the certificate of a recognition proves."""
    return f"recognition:{recognition.pk}"


def send_letter(letter: Letter) -> None:
    """Tell the person by mail that a letter is there; the mail itself holds nothing of it."""
    queue_mail(
        to_user_id=letter.person_id,
        template="accreditation/email/letter",
        context={"path": f"/mijn/erkenning/brief/{letter.pk}/"},
        key=f"letter:{letter.pk}",
    )


def _act_on_certificate(recognition: Recognition, action: CertificateAction, *, by: User | None) -> None:
    """Certificates of the recognition follow; issuing and replacing are part of the grant itself."""
    key = entitlement_key(recognition)
    if action == CertificateAction.REVOKE:
        revoke_certificates(entitlement_key=key, actor=by)
    elif action == CertificateAction.REISSUE:
        standing = Certificate.objects.newest_versions().filter(entitlement_key=key, revoked_at=None).first()
        if standing is not None:
            facts = {**standing.facts, "valid_until": recognition.valid_until}
            reissue_certificate(certificate_id=standing.pk, facts=facts, actor=by)
