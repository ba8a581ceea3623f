"""When a member reads, and how much at a time. Both only steer new dossiers: what somebody reads stays theirs."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.exceptions import CommitteeError
from accreditation.models import Absence, ReadingLimit
from ledger.api import record_audit, ref
from people.api import User

MOST = 50


@transaction.atomic
def add_absence(*, member: User, first_day: date, last_day: date) -> Absence:
    """No new dossiers on these days. Twice is once.

    Raises CommitteeError for a period that ended or is turned around.
    """
    if last_day < first_day:
        raise CommitteeError(_("De laatste dag ligt voor de eerste. Draai ze om."))
    if last_day < timezone.localdate():
        raise CommitteeError(_("Die dagen zijn voorbij. Kies dagen die nog komen."))
    absence, created = Absence.objects.get_or_create(member=member, first_day=first_day, last_day=last_day)
    if created:
        record_audit(verb="member.absent", subject=ref(member), actor=member, data={"until": str(last_day)})
    return absence


@transaction.atomic
def remove_absence(*, member: User, absence_id: int) -> int:
    """The member is there after all; returns 0 when it was gone already or is somebody else's."""
    removed, _per_model = Absence.objects.filter(pk=absence_id, member=member).delete()
    if removed:
        record_audit(verb="member.present", subject=ref(member), actor=member)
    return removed


@transaction.atomic
def set_reading_limit(*, member: User, at_most: int | None) -> None:
    """How many dossiers at the same time; None takes the limit away. Raises CommitteeError outside 0 to MOST."""
    if at_most is None:
        ReadingLimit.objects.filter(member=member).delete()
    elif not 0 <= at_most <= MOST:
        raise CommitteeError(_("Kies een getal tussen 0 en %(most)s.") % {"most": MOST})
    else:
        ReadingLimit.objects.update_or_create(member=member, defaults={"at_most": at_most})
    record_audit(verb="member.reading_limit", subject=ref(member), actor=member, data={"at_most": at_most})


def absent_on(day: date) -> frozenset[int]:
    """Ids of members who are away on a day."""
    return frozenset(
        Absence.objects.filter(first_day__lte=day, last_day__gte=day).values_list("member_id", flat=True)
    )


def reading_limits() -> dict[int, int]:
    """The limit of every member who set one."""
    return dict(ReadingLimit.objects.values_list("member_id", "at_most"))
