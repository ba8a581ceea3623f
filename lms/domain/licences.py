"""Licences of supervisors, experts and in-house trainers, and when an expert can."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.enums import LicenceKind
from lms.exceptions import DutyError
from lms.models import ExpertAbsence, ExpertProfile, Licence
from people.api import Role, User, grant_role


@dataclass(frozen=True, kw_only=True)
class Availability:
    """When and where an expert can: ids of regions and half days such as "1-0"; none of either: no limit."""

    region_ids: tuple[int, ...]
    half_days: tuple[str, ...]
    most_per_month: int


@transaction.atomic
def grant_licence(*, kind: str, person: User, valid_from: date, valid_until: date, actor: User) -> Licence:
    """Give a licence over a period. The same kind and start again is once.

    An in-house trainer gets the role of trainer for the period: attendance is kept at the trainer's desk.
    Raises DutyError: period, oneself (nobody recognises themselves).
    """
    if valid_until < valid_from:
        raise DutyError("period", _("De laatste dag ligt voor de eerste. Kies een latere laatste dag."))
    if person.pk == actor.pk:
        raise DutyError("oneself", _("Je eigen licentie geeft een collega."))
    licence, created = Licence.objects.get_or_create(
        kind=kind,
        person=person,
        valid_from=valid_from,
        ended_on=None,
        defaults={"valid_until": valid_until, "granted_by": actor},
    )
    if not created:
        return licence
    if kind == LicenceKind.EXPERT:
        ExpertProfile.objects.get_or_create(person=person)
    if kind == LicenceKind.IN_HOUSE and Role.TRAINER not in person.roles:
        grant_role(
            user=person, role=Role.TRAINER, granted_by=actor, valid_from=valid_from, valid_until=valid_until
        )
    record_audit(verb="licence.granted", subject=ref(licence), actor=actor, data={"kind": str(kind)})
    return licence


@transaction.atomic
def end_licence(*, licence_id: int, actor: User) -> Licence:
    """End a licence as of today; what was done under it stays. Twice is once."""
    licence = Licence.objects.select_for_update(of=("self",)).get(pk=licence_id)
    if licence.ended_on is None:
        licence.ended_on = timezone.localdate()
        licence.save(update_fields=["ended_on"])
        record_audit(verb="licence.ended", subject=ref(licence), actor=actor)
    return licence


@transaction.atomic
def set_availability(*, person: User, availability: Availability, actor: User) -> ExpertProfile:
    """Say when and where an expert can. Meetings that are planned stay. Raises DutyError (most: 0 or over 40)."""
    if not 1 <= availability.most_per_month <= 40:
        raise DutyError("most", _("Kies hoeveel keer per maand: tussen 1 en 40."))
    profile, _created = ExpertProfile.objects.get_or_create(person=person)
    profile.half_days = sorted(availability.half_days)
    profile.most_per_month = availability.most_per_month
    profile.save(update_fields=["half_days", "most_per_month"])
    profile.regions.set(availability.region_ids)
    record_audit(verb="expert.availability", subject=ref(profile), actor=actor)
    return profile


@transaction.atomic
def add_absence(*, person: User, first_day: date, last_day: date) -> ExpertAbsence:
    """Note that an expert is away, both days included. Twice is once. Raises DutyError (period)."""
    if last_day < first_day:
        raise DutyError("period", _("De laatste dag ligt voor de eerste. Kies een latere laatste dag."))
    row, _created = ExpertAbsence.objects.get_or_create(person=person, first_day=first_day, last_day=last_day)
    return row


def remove_absence(*, person: User, absence_id: int) -> None:
    """An expert can after all. Only their own absence; one that is gone, or another's, changes nothing."""
    ExpertAbsence.objects.filter(person=person, pk=absence_id).delete()
