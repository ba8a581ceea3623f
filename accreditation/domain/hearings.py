"""The right to be heard: a withdrawal is announced, the person answers, and only then it may follow."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accreditation.domain.procedure import procedure_rule
from accreditation.domain.recognition_letters import hearing_letter, kept_letter
from accreditation.domain.recognition_steps import follow_up, locked_for, require_step, write_step
from accreditation.enums_committee import TransitionKind, WithdrawalGround
from accreditation.exceptions import RecognitionError
from accreditation.models import Hearing, Recognition
from ledger.api import record_audit, ref, wait_for_turn
from people.api import User

K = TransitionKind
#: Grounds that need a hearing first.
HEARD_GROUNDS = tuple(ground for ground in WithdrawalGround if ground != WithdrawalGround.OWN_REQUEST)


def open_hearing(recognition: Recognition) -> Hearing | None:
    """The hearing that is going on, if any."""
    return Hearing.objects.filter(recognition=recognition, closed_at=None).first()


def heard_hearing(recognition: Recognition) -> Hearing | None:
    """The open hearing once the person was heard: an answer came, or the time to answer passed."""
    hearing = open_hearing(recognition)
    if hearing is None or (hearing.responded_at is None and timezone.localdate() <= hearing.respond_by):
        return None
    return hearing


@transaction.atomic
def announce_withdrawal(*, recognition_id: int, by: User, ground: str, reason: str) -> Hearing:
    """Tell the person what is intended, why, and until when they can answer. A hearing that is open stays as it is.

    Raises RecognitionError without a reason, for an unknown ground, or when nothing is left to withdraw.
    """
    recognition = locked_for(recognition_id=recognition_id, by=by)
    words = reason.strip()
    if ground not in [one.value for one in HEARD_GROUNDS]:
        raise RecognitionError(_("Kies waarom je de erkenning wilt intrekken."))
    if not words:
        raise RecognitionError(_("Schrijf waarom. De persoon leest het in de brief."))
    standing = open_hearing(recognition)
    if standing is not None:
        return standing
    require_step(recognition, K.HEARD)
    today = timezone.localdate()
    hearing = Hearing.objects.create(
        recognition=recognition,
        ground=ground,
        reason=words,
        opened_by=by,
        respond_by=today + timedelta(days=procedure_rule(today).hearing_days),
    )
    step = write_step(recognition, K.HEARD, by=by, reason=ground, text=words, until=hearing.respond_by)
    follow_up(
        recognition,
        step,
        letter=hearing_letter(
            first_name=recognition.person.first_name,
            level=recognition.level,
            ground=str(WithdrawalGround(ground).label).capitalize() + ".",
            reason=words,
            respond_by=hearing.respond_by,
        ),
    )
    return hearing


@transaction.atomic
def answer_hearing(*, hearing_id: int, person: User, response: str) -> Hearing:
    """The person's own words, once; a late answer still counts while nothing was decided. Raises RecognitionError."""
    words = response.strip()
    if not words:
        raise RecognitionError(_("Schrijf eerst je antwoord."))
    wait_for_turn()
    hearing = (
        Hearing.objects.select_for_update(of=("self",))
        .filter(pk=hearing_id, recognition__person=person)
        .first()
    )
    if hearing is None:
        raise RecognitionError(_("We vinden deze vraag niet bij jouw erkenning."))
    if hearing.responded_at is not None:
        if hearing.response == words:
            return hearing
        raise RecognitionError(
            _("Je antwoordde al. Wil je iets toevoegen? Antwoord op de mail bij de brief.")
        )
    if hearing.closed_at is not None:
        raise RecognitionError(_('Hierover is al beslist. Lees de brief bij "Mijn erkenning".'))
    hearing.response, hearing.responded_at = words, timezone.now()
    hearing.save(update_fields=["response", "responded_at"])
    record_audit(verb="hearing.answered", subject=ref(hearing), actor=person)
    return hearing


@transaction.atomic
def keep_recognition(*, hearing_id: int, by: User, text: str = "") -> Hearing:
    """The recognition stays after all. Twice is once. Raises RecognitionError when it was withdrawn."""
    named = Hearing.objects.get(pk=hearing_id)
    recognition = locked_for(recognition_id=named.recognition_id, by=by)
    hearing = Hearing.objects.select_for_update().get(pk=hearing_id)
    if hearing.closed_at is not None and not hearing.withdrawn:
        return hearing
    require_step(recognition, K.KEPT)
    hearing.closed_at = timezone.now()
    hearing.save(update_fields=["closed_at"])
    step = write_step(recognition, K.KEPT, by=by, text=text.strip())
    follow_up(
        recognition,
        step,
        letter=kept_letter(first_name=recognition.person.first_name, level=recognition.level, text=text),
    )
    return hearing


def close_with_withdrawal(recognition: Recognition, *, ground: str) -> None:
    """Close the hearing of a withdrawal that goes through; part of that transaction.

    Raises RecognitionError when the person was not heard: neither an answer nor the end of the time to answer.
    """
    hearing = open_hearing(recognition)
    if ground != WithdrawalGround.OWN_REQUEST:
        if hearing is None:
            raise RecognitionError(_("Laat de persoon eerst weten wat je van plan bent, en luister."))
        if hearing.responded_at is None and timezone.localdate() <= hearing.respond_by:
            raise RecognitionError(
                _("De persoon kan nog antwoorden tot en met %(day)s. Wacht dat af.")
                % {"day": date_format(hearing.respond_by, "j F Y")}
            )
    if hearing is not None:
        hearing.closed_at, hearing.withdrawn = timezone.now(), True
        hearing.save(update_fields=["closed_at", "withdrawn"])
