"""Attendance files for registers: what waits, making a file once, its log, and the alarm before the month is over."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.point_rules import last_day_to_report
from lms.domain.queries.points import Credit, credits, present_rows, rule_on, session_amount
from lms.enums import ReceiptKind, RegisterLayout
from lms.exceptions import RegisterError
from lms.models import (
    RegisterFile,
    RegisterLine,
    RegisterReceipt,
    RegisterRule,
    Session,
    SessionApproval,
)
from people.api import RegisterNumber, User, csv_lines, format_riziv, people_of_profession, register_numbers

#: How many months back a presence may still be reported or corrected.
MONTHS_BACK = 13
#: Days before the last day on which the office is warned.
WARN_DAYS = (10, 3)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One presence that the register does not know yet. `problem` says why it cannot be sent, or is empty."""

    credit: Credit
    amount: Decimal
    number: str
    problem: str
    corrects_id: int | None = None


@dataclass(frozen=True, slots=True)
class MonthOfRegister:
    """What waits for one register and month (its first day), and the last day to report it."""

    rule: RegisterRule
    month: date
    waiting: tuple[Waiting, ...]
    open_lists: int

    @property
    def due(self) -> date:
        """The last day to report this month."""
        return last_day_to_report(self.month)

    @property
    def ready(self) -> tuple[Waiting, ...]:
        """What can be sent."""
        return tuple(one for one in self.waiting if not one.problem)

    @property
    def stuck(self) -> tuple[Waiting, ...]:
        """What first needs something."""
        return tuple(one for one in self.waiting if one.problem)

    @property
    def has_deadline(self) -> bool:
        """Whether the register sets a last day: RIZIV does; for the others a file is a service to the professional."""
        return self.rule.layout == RegisterLayout.RIZIV

    @property
    def is_late(self) -> bool:
        """Whether a last day there is has passed."""
        return self.has_deadline and timezone.localdate() > self.due


def months_of_registers() -> tuple[MonthOfRegister, ...]:
    """Every register and past month in which something waits, oldest first. A fixed number of queries per register."""
    today = timezone.localdate()
    first = _first_month(today)
    rows = list(
        present_rows()
        .select_related("person")
        .filter(session__closed_at__isnull=False, session__starts_at__date__gte=first)
    )
    counted = credits(rows)
    open_sessions: dict[date, int] = defaultdict(int)
    still_open = Session.objects.held().filter(
        closed_at=None, ends_at__lte=timezone.now(), starts_at__date__gte=first, approvals__isnull=False
    )
    for starts_at in still_open.distinct().values_list("starts_at", flat=True):
        open_sessions[timezone.localdate(starts_at).replace(day=1)] += 1
    found: list[MonthOfRegister] = []
    for rule in RegisterRule.objects.on(today).exclude(layout=RegisterLayout.NONE):
        by_month: dict[date, list[Waiting]] = defaultdict(list)
        for one in _waiting(rule, counted):
            day = timezone.localdate(one.credit.attendance.session.starts_at)
            by_month[day.replace(day=1)].append(one)
        found.extend(
            MonthOfRegister(rule, month, tuple(waiting), open_sessions[month])
            for month, waiting in by_month.items()
        )
    return tuple(sorted(found, key=lambda one: (one.month, one.rule.name)))


def _first_month(today: date) -> date:
    month = today.replace(day=1)
    for _number in range(MONTHS_BACK):
        month = (month - timedelta(days=1)).replace(day=1)
    return month


def _waiting(rule: RegisterRule, counted: list[Credit]) -> list[Waiting]:
    """What one register does not know yet, or knows differently. Five queries."""
    people = people_of_profession(rule.profession_id, {one.attendance.person_id for one in counted})
    mine = [one for one in counted if one.attendance.person_id in people]
    if not mine:
        return []
    versions = list(RegisterRule.objects.filter(key=rule.key).order_by("valid_from"))
    sessions = {one.attendance.session_id for one in mine}
    approvals = {
        row.session_id: row
        for row in SessionApproval.objects.filter(register=rule.key, session_id__in=sessions)
    }
    sent = {
        (line.attendance.session_id, line.person_id): line
        for line in RegisterLine.objects.filter(
            register=rule.key, attendance__session_id__in=sessions, corrected_by=None
        ).select_related("attendance")
    }
    numbers: dict[int, RegisterNumber] = {}
    if rule.layout == RegisterLayout.RIZIV:
        numbers = register_numbers(people)
    found = []
    for one in mine:
        row = one.attendance
        held = rule_on(versions, timezone.localdate(row.session.starts_at))
        approval = approvals.get(row.session_id)
        amount = session_amount(one, held, approval) if held else Decimal(0)
        if not amount:
            continue
        before = sent.get((row.session_id, row.person_id))
        if before is not None and (before.minutes, before.amount) == (one.minutes, amount):
            continue
        number = numbers.get(row.person_id)
        problem = number.problem if number else ""
        if rule.layout == RegisterLayout.RIZIV and not (approval and approval.activity_number):
            problem = _("De bijeenkomst heeft nog geen activiteitnummer.")
        found.append(
            Waiting(one, amount, number.number if number else "", problem, before.pk if before else None)
        )
    return found


def make_file(*, register: str, month: date, actor: User) -> tuple[RegisterFile, bytes]:
    """Make one file of everything that can be sent for a month; a presence is never in two files of one register.

    Two people at once: the second waits, and finds nothing left. Raises RegisterError: unknown, nothing_to_send.
    """
    with transaction.atomic():
        rules = RegisterRule.objects.select_for_update(of=("self",)).filter(key=register)
        if not list(rules.order_by("pk")):
            raise RegisterError("unknown", _("Dit register kennen we niet."))
        found = next(
            (one for one in months_of_registers() if one.rule.key == register and one.month == month), None
        )
        if found is None or not found.ready:
            raise RegisterError("nothing_to_send", _("Er is voor deze maand niets nieuws om te melden."))
        content = _content(found.rule, found.ready)
        number = (
            RegisterFile.objects.filter(register=register).aggregate(last=Max("number"))["last"] or 0
        ) + 1
        file = RegisterFile.objects.create(
            register=register,
            number=number,
            month=month,
            rows=len(found.ready),
            sha256=hashlib.sha256(content).hexdigest(),
            made_by=actor,
        )
        try:
            with transaction.atomic():
                RegisterLine.objects.bulk_create(
                    RegisterLine(
                        file=file,
                        register=register,
                        attendance=one.credit.attendance,
                        person_id=one.credit.attendance.person_id,
                        minutes=one.credit.minutes,
                        amount=one.amount,
                        corrects_id=one.corrects_id,
                    )
                    for one in found.ready
                )
        except IntegrityError as error:
            raise RegisterError(
                "nothing_to_send", _("Iemand maakte dit bestand net. Kijk in de lijst.")
            ) from error
        RegisterReceipt.objects.create(file=file, kind=ReceiptKind.MADE, by=actor)
        record_audit(
            verb="register.file_made",
            subject=ref(file),
            actor=actor,
            data={"register": register, "rows": file.rows},
        )
    return file, content


def note_receipt(*, file_id: int, kind: ReceiptKind, reference: str, actor: User) -> RegisterReceipt:
    """Add what happened to a file. Raises RegisterError (unknown, reference_missing)."""
    file = RegisterFile.objects.filter(pk=file_id).first()
    if file is None:
        raise RegisterError("unknown", _("Dit bestand kennen we niet."))
    if kind in (ReceiptKind.RECEIVED, ReceiptKind.REFUSED) and not reference.strip():
        raise RegisterError("reference_missing", _("Schrijf het kenmerk of de reden van het register erbij."))
    with transaction.atomic():
        row = RegisterReceipt.objects.create(file=file, kind=kind, by=actor, reference=reference.strip()[:80])
        record_audit(verb="register.receipt", subject=ref(file), actor=actor, data={"kind": kind})
    return row


def content_of(file: RegisterFile) -> bytes:
    """The file again, from its lines. Its sum differs where a name or number changed since; the first sum is kept."""
    lines = list(file.lines.select_related("attendance__session__cohort__course", "person").order_by("pk"))
    rule = RegisterRule.objects.filter(key=file.register).latest("valid_from")
    numbers = register_numbers({line.person_id for line in lines})
    return _content(
        rule,
        tuple(
            Waiting(
                Credit(line.attendance, line.minutes),
                line.amount,
                numbers[line.person_id].number,
                "",
                line.corrects_id,
            )
            for line in lines
        ),
    )


def _content(rule: RegisterRule, lines: tuple[Waiting, ...]) -> bytes:
    """The layout of a register. RIZIV: activity number, date, duration, organiser, name, RIZIV number, proof."""
    sessions = {one.credit.attendance.session_id for one in lines}
    numbers = dict(
        SessionApproval.objects.filter(register=rule.key, session_id__in=sessions).values_list(
            "session_id", "activity_number"
        )
    )
    if rule.layout == RegisterLayout.RIZIV:
        heads = [
            _("activiteitnummer"),
            _("datum"),
            _("duur (minuten)"),
            _("organisator"),
            _("naam"),
            _("RIZIV-nummer"),
            _("bewijs van aanwezigheid"),
        ]
    else:
        heads = [
            _("datum"),
            _("opleiding"),
            _("duur (minuten)"),
            _("organisator"),
            _("naam"),
            rule.get_unit_display(),
        ]
    rows = []
    for one in lines:
        row = one.credit.attendance
        day = f"{timezone.localdate(row.session.starts_at):%d/%m/%Y}"
        name = f"{row.person.last_name}, {row.person.first_name}".strip(", ")
        if rule.layout == RegisterLayout.RIZIV:
            rows.append(
                [
                    numbers.get(row.session_id, ""),
                    day,
                    one.credit.minutes,
                    settings.ORGANISER_NAME,
                    name,
                    format_riziv(one.number),
                    _proof(one),
                ]
            )
        else:
            title = f"{row.session.cohort.course.title}: {row.session.title}"
            amount = str(one.amount).replace(".", ",")
            rows.append([day, title, one.credit.minutes, settings.ORGANISER_NAME, name, amount])
    return "".join(csv_lines(heads, rows)).encode()


def _proof(one: Waiting) -> str:
    """How the presence was established, and the number of the row that says so."""
    row = one.credit.attendance
    said = _("%(method)s, regel %(row)s") % {"method": row.get_method_display(), "row": row.pk}
    return f"{said} ({_('verbetering')})" if one.corrects_id else said
