"""The queue of a full cohort: seats that come free are offered in order, each for a while."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.enums import WaitingState
from lms.exceptions import CohortError
from lms.models import Cohort, Enrolment, Session, WaitingEntry
from people.api import add_to_digest, queue_mail

SALT = "lms.seat-offer"


def begins_at(cohort: Cohort) -> datetime:
    """When a cohort begins: its first session that was not called off, or the first moment of its first day."""
    first = Session.objects.held().filter(cohort=cohort).aggregate(first=Min("starts_at"))["first"]
    if first is not None:
        return first
    return timezone.make_aware(datetime.combine(cohort.starts_on, datetime.min.time()))


def free_seats(cohort: Cohort, *, but_of: int | None = None) -> int:
    """Seats that nobody has and nobody was offered; `but_of`: a person whose own offer does not count. Two queries."""
    members = Enrolment.objects.current().filter(cohort=cohort).count()
    held = WaitingEntry.objects.filter(
        cohort=cohort, state=WaitingState.OFFERED, offer_until__gt=timezone.now()
    )
    if but_of is not None:
        held = held.exclude(person_id=but_of)
    return int(cohort.capacity) - members - held.count()


@transaction.atomic
def offer_seats(cohort_id: int) -> int:
    """Offer every free seat to whoever waits longest; a mail tells them. Returns how many were offered.

    Offers that ran out pass on. Nothing is offered once the cohort began: then the list stops, and who waited hears
    it. Safe to repeat.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort_id)
    now = timezone.now()
    open_entries = cohort.waiting_entries.filter(state__in=(WaitingState.WAITING, WaitingState.OFFERED))
    for entry in open_entries.filter(state=WaitingState.OFFERED, offer_until__lte=now):
        _end(entry, WaitingState.EXPIRED)
        _tell(
            entry, _("Je antwoordde niet op tijd op de plaats in %(group)s. Iemand anders krijgt nu de kans.")
        )
    starts = begins_at(cohort)
    if starts <= now:
        for entry in open_entries:
            _end(entry, WaitingState.STOPPED)
            _tell(
                entry,
                _("%(group)s is begonnen, en er kwam geen plaats vrij. Bekijk gerust een andere groep."),
            )
        return 0
    offered = 0
    free = free_seats(cohort)
    for entry in open_entries.filter(state=WaitingState.WAITING).order_by("pk")[: max(free, 0)]:
        entry.state, entry.offered_at = WaitingState.OFFERED, now
        entry.offer_until = min(now + timedelta(hours=cohort.offer_hours), starts)
        entry.save(update_fields=["state", "offered_at", "offer_until"])
        queue_mail(
            to_user_id=entry.person_id,
            template="lms/email/seat_offered",
            context={
                "group": cohort.name,
                "course": cohort.course.title,
                "until": timezone.localtime(entry.offer_until).strftime("%d/%m/%Y, %H.%M u."),
                "path": f"/mijn/plaats/{offer_token(entry)}/",
            },
            key=f"seat-offer:{entry.pk}",
            until=entry.offer_until,
        )
        record_audit(verb="seat.offered", subject=ref(cohort), actor=None, data={"entry": entry.pk})
        offered += 1
    return offered


def pass_offers_on() -> int:
    """Look at every cohort where somebody waits: pass on what ran out, stop what began. Returns how many offers."""
    cohorts = (
        WaitingEntry.objects.filter(state__in=(WaitingState.WAITING, WaitingState.OFFERED))
        .order_by("cohort_id")
        .values_list("cohort_id", flat=True)
        .distinct()
    )
    return sum(offer_seats(cohort_id) for cohort_id in list(cohorts))


def offer_token(entry: WaitingEntry) -> str:
    """What the link in the mail carries: the entry, and nothing about the person."""
    return signing.Signer(salt=SALT, sep="~").sign(str(entry.pk))


def entry_of_token(token: str) -> WaitingEntry | None:
    """The entry that a link is about, offered or not any more; None for a link that was never ours."""
    try:
        number = int(signing.Signer(salt=SALT, sep="~").unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return WaitingEntry.objects.select_related("cohort__course", "person").filter(pk=number).first()


def close_entries(*, person_id: int, cohort_id: int, state: WaitingState) -> bool:
    """End the person's open place in a queue; whether there was one."""
    entry = (
        WaitingEntry.objects.select_for_update(of=("self",))
        .filter(
            person_id=person_id,
            cohort_id=cohort_id,
            state__in=(WaitingState.WAITING, WaitingState.OFFERED),
        )
        .first()
    )
    if entry is None:
        return False
    _end(entry, state)
    return True


def check_waits_can_begin(cohort: Cohort) -> None:
    """Raises CohortError (cohort_over) for a cohort that began: nobody is offered a seat there any more."""
    if begins_at(cohort) <= timezone.now():
        raise CohortError("cohort_over", _("Deze groep is al begonnen. Kies een groep die nog komt."))


def _end(entry: WaitingEntry, state: WaitingState) -> None:
    entry.state, entry.ended_at = state, timezone.now()
    entry.save(update_fields=["state", "ended_at"])


def _tell(entry: WaitingEntry, text: str) -> None:
    add_to_digest(
        to_user_id=entry.person_id,
        text=text % {"group": entry.cohort.name},
        path="/cursussen/",
        key=f"waiting:{entry.pk}:{entry.state}",
    )
