"""Asking somebody outside to confirm something, by a link without an account: ask, open, answer, prove by code.

The link goes by mail to one address. What the third person fills in counts only after a code that goes to that same
address, so that a link that was forwarded, or shown on a screen, proves nothing.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.evidence_kinds import CheckedFacts, check_facts
from accreditation.enums import EvidenceKind, EvidenceOrigin
from accreditation.exceptions import StatementError
from accreditation.models import Evidence, StatementRequest
from ledger.api import record_audit, ref
from people.api import User, add_to_digest, addresses_of, queue_account_mail

#: What somebody else can confirm.
ASKABLE = (
    EvidenceKind.INSURANCE,
    EvidenceKind.STATEMENT,
    EvidenceKind.TRAINING,
    EvidenceKind.EXPERIENCE,
)
LINK_LIVES = timedelta(days=30)
CODE_LIVES = timedelta(minutes=30)
MOST_TRIES = 5
MOST_CODES = 6
MOST_A_DAY = 8
MOST_OPEN_PER_ADDRESS = 5
KEEP_ADDRESS = timedelta(days=60)


@dataclass(frozen=True)
class Asked:
    """Whom to ask what; `data` holds the form's values for the kind."""

    kind: str
    data: Mapping[str, Any]
    name: str
    email: str


@transaction.atomic
def ask_statement(*, person: User, asked: Asked) -> StatementRequest:
    """Mail the link to the third person. Raises StatementError (with `field`) for what cannot be asked.

    Nobody asks themselves, and nobody's mailbox is filled: at most 8 questions a day, 5 open ones to one address.
    """
    if asked.kind not in ASKABLE:
        raise StatementError(_("Dit kan iemand anders niet voor je bevestigen."))
    User.objects.select_for_update().get(pk=person.pk)
    email, name = asked.email.strip(), " ".join(asked.name.split())
    _refuse_bad_recipient(person, name=name, email=email)
    now = timezone.now()
    check_facts(
        kind=asked.kind, data={**asked.data, "signed_by": name}, degrees=(), today=timezone.localdate()
    )
    token = secrets.token_urlsafe(32)
    row = StatementRequest.objects.create(
        person=person,
        kind=asked.kind,
        asked=as_json(asked.data),
        recipient_name=name[:120],
        recipient_email=email,
        token_hash=hashed(token),
        expires_at=now + LINK_LIVES,
    )
    _mail_link(row, token)
    record_audit(verb="statement.asked", subject=ref(row), actor=person, data={"kind": row.kind})
    return row


@transaction.atomic
def ask_again(*, person: User, request_id: int) -> StatementRequest:
    """A fresh link to the same person; the old link stops. Raises StatementError when it is done or asked too often."""
    row = StatementRequest.objects.select_for_update().filter(pk=request_id, person=person).first()
    if row is None or row.answered_at or row.cancelled_at or not row.recipient_email:
        raise StatementError(_("Deze vraag staat niet meer open."))
    if row.expires_at - LINK_LIVES > timezone.now() - timedelta(days=1):
        raise StatementError(_("Je stuurde deze vraag net. Wacht een dag voor je ze opnieuw stuurt."))
    token = secrets.token_urlsafe(32)
    row.token_hash, row.expires_at, row.declined_at = hashed(token), timezone.now() + LINK_LIVES, None
    row.code_hash, row.codes_sent = "", 0
    row.save(update_fields=["token_hash", "expires_at", "declined_at", "code_hash", "codes_sent"])
    _mail_link(row, token)
    record_audit(verb="statement.asked_again", subject=ref(row), actor=person)
    return row


@transaction.atomic
def cancel_statement(*, person: User, request_id: int) -> StatementRequest:
    """Take the question back; the link stops. Twice is once. Raises StatementError when it was answered."""
    row = StatementRequest.objects.select_for_update().filter(pk=request_id, person=person).first()
    if row is None or row.answered_at:
        raise StatementError(_("Deze vraag staat niet meer open."))
    if row.cancelled_at is None:
        row.cancelled_at, row.recipient_email, row.answer = timezone.now(), "", {}
        row.save(update_fields=["cancelled_at", "recipient_email", "answer"])
        record_audit(verb="statement.cancelled", subject=ref(row), actor=person)
    return row


def open_link(token: str) -> StatementRequest | None:
    """The question of a link; None for a link that never was or that a newer one replaced."""
    return StatementRequest.objects.select_related("person").filter(token_hash=hashed(token)).first()


def standing_of(row: StatementRequest, *, now: datetime) -> str:
    """Where a question stands: "answered", "cancelled", "declined", "over" or "open"."""
    for word in ("answered", "cancelled", "declined"):
        if getattr(row, f"{word}_at"):
            return word
    return "over" if row.expires_at <= now else "open"


@transaction.atomic
def answer_statement(*, token: str, data: Mapping[str, Any], name: str, function: str) -> StatementRequest:
    """Keep what the third person filled in and mail a code to the address that was asked. Raises StatementError."""
    row = _open_row(token)
    name, function = " ".join(name.split())[:120], " ".join(function.split())[:120]
    check_facts(kind=row.kind, data={**data, "signed_by": name}, degrees=(), today=timezone.localdate())
    row.answer = {"data": as_json(data), "name": name, "function": function}
    _send_code(row)
    return row


@transaction.atomic
def send_code_again(*, token: str) -> StatementRequest:
    """Another code for an answer that was filled in. Raises StatementError when there is none, or too many went out."""
    row = _open_row(token)
    if not row.answer:
        raise StatementError(_("Vul eerst het formulier in."))
    _send_code(row)
    return row


def confirm_statement(*, token: str, code: str) -> Evidence:
    """The code is right: the answer becomes a piece in the portfolio, to be looked at by the office. Twice is once.

    Raises StatementError: wrong code (at most 5 tries per code), an old one, or nothing to confirm.
    """
    with transaction.atomic():
        row = StatementRequest.objects.select_for_update().filter(token_hash=hashed(token)).first()
        if row is not None and row.evidence is not None:
            return row.evidence
        row = _open_row(token)
        if not row.answer or row.code_until is None or row.code_until <= timezone.now():
            raise StatementError(_("Deze code is verlopen. Vraag een nieuwe."), field="code")
        if row.code_tries >= MOST_TRIES:
            raise StatementError(_("Te veel pogingen. Vraag een nieuwe code."), field="code")
        is_right = secrets.compare_digest(row.code_hash, hashed("".join(code.split())))
        if is_right:
            return _become_evidence(row)
        row.code_tries += 1
        row.save(update_fields=["code_tries"])
    # Outside the transaction: a wrong try must be counted.
    raise StatementError(_("Deze code klopt niet. Kijk ze nog eens na in je mail."), field="code")


@transaction.atomic
def decline_statement(*, token: str) -> StatementRequest:
    """The third person cannot or will not confirm; the professional reads it in the digest. Raises StatementError."""
    row = _open_row(token)
    row.declined_at, row.answer = timezone.now(), {}
    row.save(update_fields=["declined_at", "answer"])
    add_to_digest(
        to_user_id=row.person_id,
        text=_("%(name)s kan je vraag om een verklaring niet bevestigen. Vraag het aan iemand anders.")
        % {"name": row.recipient_name},
        path=reverse("accreditation:statements"),
        key=f"statement-declined:{row.pk}:{row.token_hash[:8]}",
    )
    record_audit(verb="statement.declined", subject=ref(row), actor="link")
    return row


def forget_addresses(*, now: datetime) -> int:
    """Blank the address of questions that are long done or over; returns how many."""
    before = now - KEEP_ADDRESS
    done = StatementRequest.objects.exclude(recipient_email="").filter(expires_at__lt=before)
    return done.update(recipient_email="")


def as_json(data: Mapping[str, Any]) -> dict[str, Any]:
    """Form values as JSON: days in ISO form, hours as text."""
    return {
        name: value.isoformat()
        if isinstance(value, date)
        else str(value)
        if isinstance(value, Decimal)
        else value
        for name, value in data.items()
        if value not in (None, "")
    }


def from_json(data: Mapping[str, Any]) -> dict[str, Any]:
    """The values back as Python; what cannot be read stays text."""
    found: dict[str, Any] = dict(data)
    for name in ("valid_from", "valid_until", "completed_on"):
        if name in found:
            found[name] = date.fromisoformat(str(found[name]))
    if "hours" in found:
        try:
            found["hours"] = Decimal(str(found["hours"]))
        except InvalidOperation:
            del found["hours"]
    return found


def hashed(secret: str) -> str:
    """SHA-256 of a secret, hexadecimal: what the database may know of it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _become_evidence(row: StatementRequest) -> Evidence:
    answer = row.answer
    checked = check_facts(
        kind=row.kind,
        data={**from_json(answer["data"]), "signed_by": answer["name"]},
        degrees=(),
        today=timezone.localdate(),
    )
    piece = _write_piece(row, checked)
    row.evidence, row.answered_at, row.code_hash = piece, timezone.now(), ""
    row.save(update_fields=["evidence", "answered_at", "code_hash"])
    add_to_digest(
        to_user_id=row.person_id,
        text=_("%(name)s heeft je verklaring bevestigd. Ze zit in je map.") % {"name": row.recipient_name},
        path=reverse("accreditation:evidence", args=[piece.pk]),
        key=f"statement-answered:{row.pk}",
    )
    record_audit(
        verb="statement.answered",
        subject=ref(row),
        actor="link",
        data={"evidence": ref(piece), "kind": row.kind},
    )
    return piece


def _write_piece(row: StatementRequest, checked: CheckedFacts) -> Evidence:
    proof = {
        "attested_by": row.answer["name"],
        "attested_function": row.answer["function"],
        "attested_at": row.recipient_email.rpartition("@")[2],
    }
    return Evidence.objects.create(
        person_id=row.person_id,
        kind=checked.kind,
        criterion_ids=checked.criterion_ids,
        title=checked.title,
        facts={**checked.facts, **proof},
        valid_from=checked.valid_from,
        valid_until=checked.valid_until,
        origin=EvidenceOrigin.ATTESTED,
        origin_ref=f"attested:{row.pk}",
    )


def _open_row(token: str) -> StatementRequest:
    row = (
        StatementRequest.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(token_hash=hashed(token))
        .first()
    )
    if row is None or standing_of(row, now=timezone.now()) != "open" or not row.person.is_active:
        raise StatementError(_("Deze vraag staat niet meer open."))
    return row


def _refuse_bad_recipient(person: User, *, name: str, email: str) -> None:
    if not name or any(mark in name.lower() for mark in ("http", "www.", "://", "@")):
        raise StatementError(
            _("Vul de naam in van de persoon aan wie je het vraagt."), field="recipient_name"
        )
    if email.lower() in addresses_of(person.pk):
        raise StatementError(
            _("Dit is je eigen adres. Vraag het aan iemand die het voor je kan bevestigen."),
            field="recipient_email",
        )
    mine = StatementRequest.objects.filter(person=person)
    if mine.filter(created_at__gt=timezone.now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise StatementError(_("Je vroeg vandaag al veel verklaringen. Probeer het morgen opnieuw."))
    waiting = StatementRequest.objects.filter(
        recipient_email__iexact=email, answered_at=None, declined_at=None, cancelled_at=None
    )
    if waiting.filter(expires_at__gt=timezone.now()).count() >= MOST_OPEN_PER_ADDRESS:
        raise StatementError(
            _("Bij dit adres staan al verschillende vragen open. Vraag eerst om die te beantwoorden."),
            field="recipient_email",
        )


def _send_code(row: StatementRequest) -> None:
    if row.codes_sent >= MOST_CODES:
        raise StatementError(
            _("Er gingen al veel codes naar dit adres. Vraag de professional om een nieuwe link.")
        )
    code = f"{secrets.randbelow(1_000_000):06d}"
    row.code_hash, row.code_until, row.code_tries = hashed(code), timezone.now() + CODE_LIVES, 0
    row.codes_sent += 1
    row.save(update_fields=["answer", "code_hash", "code_until", "code_tries", "codes_sent"])
    context = {"code": f"{code[:3]} {code[3:]}", "name": row.recipient_name, "person": row.person.full_name}
    _mail(
        "statement_code", row, context, key=f"statement-code:{row.pk}:{row.token_hash[:8]}:{row.codes_sent}"
    )


def _mail_link(row: StatementRequest, token: str) -> None:
    context = {
        "name": row.recipient_name,
        "person": row.person.full_name,
        "kind": str(EvidenceKind(row.kind).label),
        "url": settings.SITE_URL + reverse("accreditation:statement", args=[token]),
        "until": row.expires_at,
    }
    _mail("statement_asked", row, context, key=f"statement:{row.pk}:{row.token_hash[:16]}")


def _mail(template: str, row: StatementRequest, context: dict[str, Any], *, key: str) -> None:
    """Sealed in the outbox: it carries a secret and the address of somebody who has no account."""
    context |= {"site_url": settings.SITE_URL, "SITE_URL": settings.SITE_URL}
    text = render_to_string(f"accreditation/email/{template}.txt", context)
    subject, _sep, body = text.partition("\n")
    mail = EmailMultiAlternatives(
        subject=subject.removeprefix("Onderwerp:").strip(), body=body.strip() + "\n", to=[row.recipient_email]
    )
    mail.attach_alternative(render_to_string(f"accreditation/email/{template}.html", context), "text/html")
    queue_account_mail(mail=mail, key=key)
