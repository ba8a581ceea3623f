"""Days of the network: planning, signing up, who was there, and the minutes of a network meeting."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.planning.problem import add_months
from lms.enums import NetworkEventKind
from lms.exceptions import NetworkEventError
from lms.models import NetworkEvent, NetworkEventSeat
from people.api import User

MOST_IN_SERIES = 12
CHANGEABLE = (
    "title",
    "starts_at",
    "ends_at",
    "zone_id",
    "region_id",
    "place",
    "online_url",
    "seats",
    "save_the_date",
)


@dataclass(frozen=True, kw_only=True)
class EventPlan:
    """What staff fill in; moments are aware. `times` meetings in a series, `every_months` apart, on the same day of the
    month, or the first working day after it."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone_id: int | None = None
    region_id: int | None = None
    place: str = ""
    online_url: str = ""
    seats: int | None = None
    save_the_date: bool = False
    times: int = 1
    every_months: int = 6


@transaction.atomic
def plan_events(*, actor: User, plan: EventPlan) -> tuple[NetworkEvent, ...]:
    """Plan one day or a series; every day after the first is a date to save. The same title and moment again is once.

    Raises NetworkEventError: period (ends before it begins), times (1 to 12).
    """
    if plan.ends_at <= plan.starts_at:
        raise NetworkEventError("period", _("Het einde ligt voor het begin. Kies een later uur."))
    if not 1 <= plan.times <= MOST_IN_SERIES or plan.every_months < 1:
        raise NetworkEventError("times", _("Een reeks telt 1 tot 12 keer, minstens een maand na elkaar."))
    found = []
    for number in range(plan.times):
        starts_at, ends_at = _moved(plan, number * plan.every_months)
        event, created = NetworkEvent.objects.get_or_create(
            title=plan.title,
            starts_at=starts_at,
            cancelled_at=None,
            defaults={
                "kind": plan.kind,
                "ends_at": ends_at,
                "zone_id": plan.zone_id,
                "region_id": plan.region_id,
                "place": plan.place,
                "online_url": plan.online_url,
                "seats": plan.seats,
                "save_the_date": plan.save_the_date or number > 0,
                "created_by": actor,
            },
        )
        if created:
            record_audit(verb="network_event.planned", subject=ref(event), actor=actor)
        found.append(event)
    return tuple(found)


@transaction.atomic
def change_event(*, event_id: int, actor: User, plan: EventPlan) -> NetworkEvent:
    """Change a day; calendars hear of it. Raises NetworkEventError: period, cancelled, taken (title and moment)."""
    event = NetworkEvent.objects.select_for_update(of=("self",)).get(pk=event_id)
    if event.is_cancelled:
        raise NetworkEventError("cancelled", _("Deze dag is afgelast. Plan een nieuwe."))
    if plan.ends_at <= plan.starts_at:
        raise NetworkEventError("period", _("Het einde ligt voor het begin. Kies een later uur."))
    for name in (
        "title",
        "starts_at",
        "ends_at",
        "zone_id",
        "region_id",
        "place",
        "online_url",
        "seats",
        "save_the_date",
    ):
        setattr(event, name, getattr(plan, name))
    event.sequence, event.updated_at = event.sequence + 1, timezone.now()
    try:
        with transaction.atomic():
            event.save()
    except IntegrityError as error:
        raise NetworkEventError("taken", _("Er is al een dag met die titel op dat moment.")) from error
    record_audit(verb="network_event.changed", subject=ref(event), actor=actor)
    return event


@transaction.atomic
def cancel_event(*, event_id: int, actor: User) -> None:
    """Call a day off; calendars hear of it. Twice is once. Raises NetworkEventError (over)."""
    event = NetworkEvent.objects.select_for_update(of=("self",)).get(pk=event_id)
    if event.is_cancelled:
        return
    if event.ends_at < timezone.now():
        raise NetworkEventError("over", _("Deze dag is voorbij en kan niet meer worden afgelast."))
    event.cancelled_at = event.updated_at = timezone.now()
    event.sequence += 1
    event.save(update_fields=["cancelled_at", "updated_at", "sequence"])
    record_audit(verb="network_event.cancelled", subject=ref(event), actor=actor)


@transaction.atomic
def take_seat(*, event_id: int, person: User) -> NetworkEventSeat:
    """Sign up for a day. Twice is once. Raises NetworkEventError: closed (called off, begun, a date to save), full."""
    event = NetworkEvent.objects.select_for_update(of=("self",)).get(pk=event_id)
    if event.is_cancelled or event.save_the_date or event.starts_at <= timezone.now():
        raise NetworkEventError("closed", _("Voor deze dag kun je je nu niet inschrijven."))
    seat = NetworkEventSeat.objects.filter(event=event, person=person).first()
    if seat is not None and seat.withdrawn_at is None:
        return seat
    taken = NetworkEventSeat.objects.filter(event=event, withdrawn_at=None).count()
    if event.seats is not None and taken >= event.seats:
        raise NetworkEventError("full", _("Deze dag is net volzet."))
    if seat is None:
        return NetworkEventSeat.objects.create(event=event, person=person)
    seat.withdrawn_at, seat.signed_up_at = None, timezone.now()
    seat.save(update_fields=["withdrawn_at", "signed_up_at"])
    return seat


@transaction.atomic
def give_seat_back(*, event_id: int, person: User) -> None:
    """Sign off. Twice is once. Raises NetworkEventError (recorded): presence was noted."""
    seat = (
        NetworkEventSeat.objects.select_for_update(of=("self",))
        .filter(event_id=event_id, person=person)
        .first()
    )
    if seat is None or seat.withdrawn_at is not None:
        return
    if seat.present is not None:
        raise NetworkEventError("recorded", _("Je aanwezigheid is al genoteerd."))
    seat.withdrawn_at = timezone.now()
    seat.save(update_fields=["withdrawn_at"])


@transaction.atomic
def record_presence(*, event_id: int, actor: User, present_ids: frozenset[int]) -> int:
    """Note who of those signed up was there; a later list corrects an earlier one. Returns how many were there.

    Raises NetworkEventError (not_yet): the day has not begun.
    """
    event = NetworkEvent.objects.select_for_update(of=("self",)).get(pk=event_id)
    if event.is_cancelled or event.starts_at > timezone.now():
        raise NetworkEventError("not_yet", _("De aanwezigheid noteer je vanaf het begin van de dag."))
    seats = list(NetworkEventSeat.objects.filter(event=event, withdrawn_at=None))
    for seat in seats:
        seat.present, seat.recorded_by, seat.recorded_at = (
            seat.person_id in present_ids,
            actor,
            timezone.now(),
        )
    NetworkEventSeat.objects.bulk_update(seats, ["present", "recorded_by", "recorded_at"])
    there = sum(bool(seat.present) for seat in seats)
    record_audit(verb="network_event.presence", subject=ref(event), actor=actor, data={"present": there})
    return there


@transaction.atomic
def publish_minutes(*, event_id: int, actor: User, minutes: str, presentation_url: str) -> NetworkEvent:
    """Publish the minutes and the presentation of a network meeting; publishing again replaces the words.

    Raises NetworkEventError: case (case consultation has no minutes), not_yet, empty.
    """
    event = NetworkEvent.objects.select_for_update(of=("self",)).get(pk=event_id)
    if event.kind != NetworkEventKind.MEETING:
        raise NetworkEventError("case", _("Van een casusbespreking bewaren we geen verslag."))
    if event.starts_at > timezone.now():
        raise NetworkEventError("not_yet", _("Een verslag publiceer je na de ontmoeting."))
    if not (minutes.strip() or presentation_url):
        raise NetworkEventError("empty", _("Schrijf een verslag of geef de link naar de presentatie."))
    event.minutes, event.presentation_url = minutes.strip(), presentation_url
    event.minutes_published_at = timezone.now()
    event.save(update_fields=["minutes", "presentation_url", "minutes_published_at"])
    record_audit(verb="network_event.minutes", subject=ref(event), actor=actor)
    return event


def _moved(plan: EventPlan, months: int) -> tuple[datetime, datetime]:
    """Begin and end some months later at the same hour of the clock, never in a weekend."""
    begins, ends = timezone.localtime(plan.starts_at), timezone.localtime(plan.ends_at)
    if not months:
        return plan.starts_at, plan.ends_at
    day = add_months(begins.date(), months)
    while day.isoweekday() > 5:
        day = day.fromordinal(day.toordinal() + 1)
    last = day.fromordinal(day.toordinal() + (ends.date() - begins.date()).days)
    return (
        timezone.make_aware(datetime.combine(day, begins.time())),
        timezone.make_aware(datetime.combine(last, ends.time())),
    )
