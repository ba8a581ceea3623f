"""Targets and alarms: once a day, who waits too long is told to those who can do something. Safe to repeat.

Everything goes in the daily mail of the person who can act; a line is written once per matter and stage, so that a
clock that jumps, or a round that runs twice, tells nobody twice.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.assignment import IN_PROCEDURE, assign_readers, rounds_without_readers
from accreditation.domain.procedure import procedure_rule
from accreditation.domain.queries.members import committee_members
from accreditation.domain.queries.webhook_state import endpoint_states
from accreditation.models import Condition, DossierRound, Hearing, ReaderAssignment, Recognition
from people.api import Role, User, add_to_digest, queue_mail

WEEK = timedelta(days=7)
MONTH = timedelta(days=30)


def run_alarms() -> int:
    """Seek readers again for what waits, then write every line that is due today; returns how many were looked at."""
    today = timezone.localdate()
    for round in rounds_without_readers():
        assign_readers(round=round)
    staff = _office(today)
    return (
        _tell_readers(today)
        + _tell_office_of_waiting(staff)
        + _tell_office_of_late(staff, today)
        + _tell_office_of_mandates(staff)
        + _tell_office_of_hearings(staff, today)
        + _tell_about_conditions(staff, today)
        + _tell_holders(today)
    )


def _office(today: date) -> list[int]:
    """Everybody who works for the network's office today."""
    in_force = Q(role_grants__valid_until=None) | Q(role_grants__valid_until__gte=today)
    staff = User.objects.filter(
        in_force,
        is_active=True,
        role_grants__role=Role.NETWORK_STAFF,
        role_grants__valid_from__lte=today,
    )
    return list(staff.distinct().values_list("pk", flat=True))


def _tell(people: Iterable[int], *, text: str, path: str, key: str, until: date | None = None) -> int:
    count = 0
    for person_id in people:
        add_to_digest(to_user_id=person_id, text=text, path=path, key=f"{key}:{person_id}", until=until)
        count += 1
    return count


def _tell_readers(today: date) -> int:
    """A week before the reading is due, and when it is overdue."""
    days = procedure_rule(today).reading_days
    owed = ReaderAssignment.objects.active().filter(
        opinion=None, round__decision=None, round__dossier__stage__in=IN_PROCEDURE
    )
    count = 0
    for one in owed.select_related("round"):
        due = timezone.localdate(one.assigned_at) + timedelta(days=days)
        if today < due - WEEK:
            continue
        late = today > due
        text = (
            _("De leestijd van een dossier is voorbij. Lukt het niet? Geef het door.")
            if late
            else _("Een dossier wacht op je advies. Graag binnen een week.")
        )
        stage = "late" if late else "soon"
        count += _tell(
            [one.reader_id], text=text, path=f"/commissie/lezen/{one.pk}/", key=f"reading-{stage}:{one.pk}"
        )
    return count


def _tell_office_of_waiting(staff: list[int]) -> int:
    return sum(
        _tell(
            staff,
            text=_("Een dossier wacht op lezers zonder band met de aanvrager."),
            path="/netwerk/wachtende-dossiers/",
            key=f"round-waits:{round.pk}",
        )
        for round in rounds_without_readers()
    )


def _tell_office_of_late(staff: list[int], today: date) -> int:
    """Rounds past the target, and appeals past their day."""
    rule = procedure_rule(today)
    open_rounds = DossierRound.objects.filter(decision=None, dossier__stage__in=IN_PROCEDURE)
    count = 0
    for round in open_rounds.select_related("appeal"):
        appeal = getattr(round, "appeal", None)
        due = (
            appeal.decide_by
            if appeal is not None
            else timezone.localdate(round.submitted_at) + timedelta(days=rule.decision_days)
        )
        if today > due:
            count += _tell(
                staff,
                text=_("Over een dossier had al beslist moeten zijn. Kijk wat het tegenhoudt."),
                path="/netwerk/wachtende-dossiers/",
                key=f"round-late:{round.pk}",
            )
    return count


def _tell_office_of_mandates(staff: list[int]) -> int:
    return sum(
        _tell(
            staff,
            text=_("Het mandaat van een commissielid loopt binnenkort af."),
            path="/netwerk/commissie/",
            key=f"mandate-ends:{one.person_id}:{one.until}",
        )
        for one in committee_members()
        if one.ends_soon
    )


def _tell_office_of_hearings(staff: list[int], today: date) -> int:
    heard = Hearing.objects.filter(closed_at=None).exclude(responded_at=None, respond_by__gte=today)
    return sum(
        _tell(
            staff,
            text=_("Iemand is gehoord over een intrekking. Beslis wat er volgt."),
            path=f"/netwerk/erkenningen/{one.recognition_id}/",
            key=f"hearing-ready:{one.pk}",
        )
        for one in heard
    )


def tell_of_silent_endpoints() -> int:
    """A partner who does not hear our changes for an hour: a mail at once, for each incident one; returns how many.

    Not in the mail of the day: what a partner still shows as recognised may be withdrawn.
    """
    incidents = [one for one in endpoint_states() if one.incident]
    staff = _office(timezone.localdate()) if incidents else []
    for one in incidents:
        since = timezone.localtime(one.oldest)
        for person_id in staff:
            queue_mail(
                to_user_id=person_id,
                template="accreditation/email/endpoint_silent",
                context={
                    "name": one.endpoint.name,
                    "path": f"/netwerk/webhooks/{one.endpoint.pk}/",
                    "since": f"{since:%d/%m/%Y} om {since:%H.%M}",
                    "waiting": one.waiting,
                    "revocations": one.revocations,
                },
                key=f"webhook-alarm:{one.endpoint.pk}:{one.incident}:{person_id}",
            )
    return len(incidents) * len(staff)


def _tell_about_conditions(staff: list[int], today: date) -> int:
    """The holder a month before the day, holder and office when it passed."""
    standing = Condition.objects.filter(
        met_at=None,
        due_on__lte=today + MONTH,
        decision__recognition__withdrawn_at=None,
        decision__recognition__replaced_at=None,
        decision__recognition__isnull=False,
    ).select_related("decision__recognition")
    count = 0
    for one in standing:
        recognition = one.decision.recognition
        if one.due_on < today:
            count += _tell(
                [recognition.person_id],
                text=_(
                    "Een voorwaarde bij je erkenning is niet op tijd in orde. Je erkenning is onderbroken."
                ),
                path="/mijn/erkenning/",
                key=f"condition-late:{one.pk}",
            )
            count += _tell(
                staff,
                text=_("Een voorwaarde bij een erkenning is niet op tijd in orde."),
                path=f"/netwerk/erkenningen/{recognition.pk}/",
                key=f"condition-late:{one.pk}",
            )
        else:
            count += _tell(
                [recognition.person_id],
                text=_("Een voorwaarde bij je erkenning moet binnen een maand in orde zijn."),
                path="/mijn/erkenning/",
                key=f"condition-soon:{one.pk}",
                until=one.due_on,
            )
    return count


def _tell_holders(today: date) -> int:
    """Renewing is possible, a month is left, or only the grace is left. Keyed by the end, which a deferral moves."""
    count = 0
    rows = Recognition.objects.standing().filter(renewal_from__lte=today, grace_until__gte=today)
    for one in rows.only("pk", "person_id", "level", "valid_until", "grace_until").iterator(chunk_size=500):
        if today > one.valid_until:
            stage, until = "grace", one.grace_until
            text = _("Je erkenning is verlopen. Je kunt nog even verlengen.")
        elif today >= one.valid_until - MONTH:
            stage, until = "month", one.valid_until
            text = _("Je erkenning loopt binnen een maand af. Verleng ze nu.")
        else:
            stage, until = "open", one.valid_until
            text = _("Je kunt je erkenning verlengen. Wat al in orde is, staat klaar.")
        count += _tell(
            [one.person_id],
            text=text,
            path=f"/mijn/erkenning/verlengen/{one.level}/",
            key=f"renewal-{stage}:{one.pk}:{one.valid_until}",
            until=until,
        )
    return count
