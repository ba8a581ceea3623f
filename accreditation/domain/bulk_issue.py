"""Issuing many certificates at once, in two steps: a preview with counts, then the same count said back."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.domain.certificates import issue_certificate, json_facts, printed_name
from accreditation.enums import CertificateKind
from accreditation.exceptions import CertificateError
from accreditation.models import Certificate
from lms.api import attended_group, meeting_facts
from people.api import User

CHUNK = 500


@dataclass(frozen=True)
class Due:
    """One certificate that would be issued."""

    person_id: int
    name: str
    entitlement_key: str
    title: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class BulkPlan:
    """What would happen: who gets one, how many have one, and who cannot have one for want of a name (ids).

    `partial` (ids) were there, but not at everything that this certificate is about.
    """

    kind: str
    due: tuple[Due, ...]
    standing: int
    nameless: tuple[int, ...]
    partial: tuple[int, ...] = ()

    @property
    def digest(self) -> str:
        """Says exactly who would get what: a preview and what is done after it can be compared."""
        rows = [
            [each.entitlement_key, each.name, each.title, json_facts(each.facts)]
            for each in sorted(self.due, key=lambda each: each.entitlement_key)
        ]
        return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:32]


def plan_hours(*, year: int) -> BulkPlan:
    """Confirmed hours of intervision and supervision in a calendar year, one certificate per person. Writes nothing."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    due: list[Due] = []
    nameless: list[int] = []
    standing = 0
    for people in _chunks():
        facts = meeting_facts([person.pk for person in people])
        keys = {person.pk: f"hours:{person.pk}:{year}" for person in people}
        known = set(
            Certificate.objects.filter(entitlement_key__in=keys.values()).values_list(
                "entitlement_key", flat=True
            )
        )
        for person in people:
            hours = sum(
                (
                    each.hours
                    for each in facts.get(person.pk, ())
                    if each.confirmed and start <= each.held_on <= end
                ),
                Decimal(0),
            )
            if not hours:
                continue
            if keys[person.pk] in known:
                standing += 1
            elif not printed_name(person.full_name):
                nameless.append(person.pk)
            else:
                due.append(
                    Due(
                        person_id=person.pk,
                        name=printed_name(person.full_name),
                        entitlement_key=keys[person.pk],
                        title=_("Intervisie en supervisie in %s") % year,
                        facts={"from_day": start, "to_day": end, "hours": hours},
                    )
                )
    return BulkPlan(CertificateKind.INTERVISION, tuple(due), standing, tuple(nameless))


def plan_attendance(*, group_id: int) -> BulkPlan:
    """Who was present at every session of a group, one certificate each, with the points that hold on its last day.

    Writes nothing. Raises CertificateError for a group that is not there, has no sessions, or has a list that is open.
    """
    group = attended_group(group_id)
    if group is None or group.last_day is None:
        raise CertificateError(_("Deze groep kwam nog niet samen."))
    if group.open_lists:
        raise CertificateError(
            ngettext(
                "Van %(count)s bijeenkomst is de aanwezigheidslijst nog open. Sluit ze eerst af.",
                "Van %(count)s bijeenkomsten is de aanwezigheidslijst nog open. Sluit ze eerst af.",
                group.open_lists,
            )
            % {"count": group.open_lists}
        )
    keys = {person_id: f"attendance:{group.id}:{person_id}" for person_id in group.complete}
    known = set(
        Certificate.objects.filter(entitlement_key__in=keys.values()).values_list(
            "entitlement_key", flat=True
        )
    )
    facts = {
        "attended_on": group.last_day,
        "hours": group.hours,
        "points": [{"profession": each.profession, "points": str(each.points)} for each in group.points],
    }
    due: list[Due] = []
    nameless: list[int] = []
    people = User.objects.filter(pk__in=keys, is_active=True).order_by("last_name", "first_name", "pk")
    for person in people:
        name = printed_name(person.full_name)
        if keys[person.pk] in known:
            continue
        if not name:
            nameless.append(person.pk)
            continue
        due.append(Due(person.pk, name, keys[person.pk], group.title, facts))
    return BulkPlan(CertificateKind.ATTENDANCE, tuple(due), len(known), tuple(nameless), group.partial)


def plan_licence(*, person: User, title: str, valid_from: date, valid_until: date) -> BulkPlan:
    """One licence of a trainer for one course, from a day to a day. Writes nothing.

    The same licence again counts as standing. Raises CertificateError for days in the wrong order.
    """
    if valid_until < valid_from:
        raise CertificateError(_("De laatste dag komt voor de eerste."))
    course = hashlib.sha256(title.casefold().encode()).hexdigest()[:12]
    key = f"licence:{person.pk}:{course}:{valid_from.isoformat()}"
    if Certificate.objects.filter(entitlement_key=key).exists():
        return BulkPlan(CertificateKind.TRAINER, (), 1, ())
    name = printed_name(person.full_name)
    if not name:
        return BulkPlan(CertificateKind.TRAINER, (), 0, (person.pk,))
    facts = {"valid_from": valid_from, "valid_until": valid_until}
    return BulkPlan(CertificateKind.TRAINER, (Due(person.pk, name, key, title, facts),), 0, ())


def issue_plan(plan: BulkPlan, *, confirmed: int, actor: models.Model | None = None) -> int:
    """Issue what the preview showed; each in a transaction of its own, so that a second try goes on where it stopped.

    Raises CertificateError when `confirmed` is not the number of the preview: then something changed in between.
    """
    if confirmed != len(plan.due):
        raise CertificateError(
            _("Er zouden nu %(now)s getuigschriften komen, niet %(said)s. Kijk de lijst opnieuw na.")
            % {"now": len(plan.due), "said": confirmed}
        )
    for each in plan.due:
        issue_certificate(
            person_id=each.person_id,
            kind=plan.kind,
            entitlement_key=each.entitlement_key,
            title=each.title,
            facts=each.facts,
            actor=actor,
        )
    return len(plan.due)


def _chunks() -> Iterator[list[User]]:
    """Everybody with an open account, in portions."""
    last = 0
    while people := list(User.objects.filter(is_active=True, pk__gt=last).order_by("pk")[:CHUNK]):
        yield people
        last = people[-1].pk
