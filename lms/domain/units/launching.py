"""Start a unit of a cmi5 package for a learner (cmi5 specification, sections 8 to 10)."""

import base64
import hashlib
import json
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from lms.domain.activities import Launched, check_attempt
from lms.domain.records import append_record, registration_of
from lms.domain.units.documents import LAUNCH_DATA, put_launch_data
from lms.domain.units.progress import settle
from lms.domain.units.rules import ADL, CATEGORY, CMI5, MASTERY, OURS, SESSION
from lms.enums import AttestedBy, RecordKind
from lms.exceptions import UnitError
from lms.models import UnitLaunch
from media.api import PackageUnit, PackageUnits, package_units, return_address, unit_address

LIFETIME = timedelta(hours=24)
#: How long the address of a launch may wait for its one use.
FETCH_LIFETIME = timedelta(minutes=30)

__all__ = ["LAUNCH_DATA", "UnitStart", "actor_of", "fetch_secret", "start_unit", "unit_iri"]


@dataclass(frozen=True, slots=True)
class UnitStart:
    """Where the browser goes now. `own_window` says that the unit may not stand inside our page."""

    url: str
    own_window: bool
    title: str


def actor_of(person_id: int, package_id: int) -> dict[str, Any]:
    """The learner as a package knows them: a number of their own for each package, that leads nowhere."""
    name = salted_hmac("nestwerk.units.actor", f"{person_id}:{package_id}").hexdigest()[:32]
    return {"objectType": "Agent", "account": {"homePage": str(settings.SITE_URL), "name": name}}


def unit_iri(activity: str, number: int) -> str:
    """Our name for a unit; its maker's own name stands in the context of every statement."""
    return f"{activity}/eenheid/{number + 1}"


def start_unit(*, launched: Launched, number: int, return_url: str) -> UnitStart:
    """Launch one unit; a launch of it that is still open counts as abandoned.

    `return_url` is the lesson, for units with a window of their own. Eleven queries at most, whatever the number of
    units. Raises RecordError (foreign_launch, attempt_closed), UnitError (unit_missing, unit_busy),
    PackageNotPlayableError.
    """
    check_attempt(launched)
    units = package_units(launched.claims.version_id)
    if not 0 <= number < len(units.units):
        raise UnitError("unit_missing", _("Dit onderdeel bestaat niet (meer). Laad de pagina opnieuw."))
    unit = units.units[number]
    fetch, secret = secrets.token_urlsafe(24), uuid.uuid4()
    now = timezone.now()
    launch = UnitLaunch(
        id=secret,
        enrolment_id=launched.enrolment_id,
        lesson=launched.lesson,
        activity_id=launched.activity_id,
        package_version_id=launched.claims.version_id,
        attempt=launched.claims.attempt,
        unit=number,
        registration=registration_of(launched.enrolment_id, launched.activity_id, launched.claims.attempt),
        fetch_key=key_of(fetch),
        launched_at=now,
        expires_at=now + LIFETIME,
    )
    back = return_url if unit.own_window else return_address(units)
    try:
        with transaction.atomic():
            _abandon_open(launch, launched, units)
            launch.save(force_insert=True)
            put_launch_data(
                launch=launch,
                activity=unit_iri(launched.claims.activity, number),
                data=_data(unit, launch, back),
            )
            _record(launch, launched, units, ADL + "launched", _launched_context(unit, launch, units))
            settle(launch=launch, units=units, activity=launched.claims.activity)
    except IntegrityError as error:
        raise UnitError(
            "unit_busy", _("Dit onderdeel gaat net open op een ander toestel. Probeer het zo meteen opnieuw.")
        ) from error
    return UnitStart(_address(units, number, launch, launched, fetch), unit.own_window, unit.title)


def fetch_secret(*, fetch: str) -> str:
    """The one-time answer of the fetch address: the authorization token of this launch.

    Raises UnitError: fetch_unknown, fetch_used (codes 3 and 1 of the specification), fetch_expired (2).
    """
    launch = UnitLaunch.objects.filter(fetch_key=key_of(fetch)).only("auth_key", "launched_at").first()
    if launch is None:
        raise UnitError("fetch_unknown", _("Deze startcode kennen we niet. Open het onderdeel opnieuw."))
    if timezone.now() > launch.launched_at + FETCH_LIFETIME:
        raise UnitError("fetch_expired", _("Deze startcode is verlopen. Open het onderdeel opnieuw."))
    token = base64.b64encode(f"{launch.pk.hex}:{secrets.token_urlsafe(24)}".encode()).decode()
    rows = UnitLaunch.objects.filter(pk=launch.pk, auth_key=None)
    if not rows.update(auth_key=key_of(token)):
        raise UnitError("fetch_used", _("Deze startcode werd al gebruikt. Open het onderdeel opnieuw."))
    return token


def key_of(secret: str) -> str:
    """What we keep of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _abandon_open(launch: UnitLaunch, launched: Launched, units: PackageUnits) -> None:
    """A unit that was left without a word is abandoned when it is opened anew (section 9.3.6)."""
    rows = UnitLaunch.objects.filter(
        registration=launch.registration, unit=launch.unit, terminated_at=None, abandoned_at=None
    )
    for old in rows.select_for_update():
        UnitLaunch.objects.filter(pk=old.pk).update(abandoned_at=launch.launched_at)
        seconds = int((launch.launched_at - old.launched_at).total_seconds())
        _record(
            old,
            launched,
            units,
            OURS + "abandoned",
            _context(units.units[old.unit], old),
            {"duration": f"PT{seconds}S"},
        )


def _record(
    launch: UnitLaunch,
    launched: Launched,
    units: PackageUnits,
    verb: str,
    context: dict[str, Any],
    result: dict[str, Any] | None = None,
) -> None:
    append_record(
        person_id=launched.claims.person_id,
        enrolment_id=launch.enrolment_id,
        kind=RecordKind.ACTIVITY,
        attested_by=AttestedBy.SERVER,
        verb=verb,
        object_id=unit_iri(launched.claims.activity, launch.unit),
        registration=launch.registration,
        result=result,
        payload={"context": context},
    )


def _context(unit: PackageUnit, launch: UnitLaunch) -> dict[str, Any]:
    return {
        "registration": str(launch.registration),
        "contextActivities": {
            "category": [{"objectType": "Activity", "id": CATEGORY}],
            "grouping": [{"objectType": "Activity", "id": unit.publisher_id}],
        },
        "extensions": {SESSION: str(launch.pk)},
    }


def _launched_context(unit: PackageUnit, launch: UnitLaunch, units: PackageUnits) -> dict[str, Any]:
    context = _context(unit, launch)
    extensions = {
        f"{CMI5}extensions/launchmode": "Normal",
        f"{CMI5}extensions/launchurl": units.addresses[unit.number].partition("?")[0],
        f"{CMI5}extensions/moveon": unit.move_on,
    }
    if unit.launch_parameters:
        extensions[f"{CMI5}extensions/launchparameters"] = unit.launch_parameters
    context["extensions"] |= extensions
    if unit.mastery_score is not None:
        context["extensions"][MASTERY] = unit.mastery_score
    return context


def _data(unit: PackageUnit, launch: UnitLaunch, return_url: str) -> dict[str, Any]:
    """LMS.LaunchData (section 10)."""
    data: dict[str, Any] = {
        "contextTemplate": {
            "contextActivities": {"grouping": [{"objectType": "Activity", "id": unit.publisher_id}]},
            "extensions": {SESSION: str(launch.pk)},
        },
        "launchMode": "Normal",
        "launchMethod": "OwnWindow" if unit.own_window else "AnyWindow",
        "moveOn": unit.move_on,
        "returnURL": return_url,
    }
    if unit.launch_parameters:
        data["launchParameters"] = unit.launch_parameters
    if unit.mastery_score is not None:
        data["masteryScore"] = unit.mastery_score
    if unit.entitlement_key:
        data["entitlementKey"] = {"courseStructure": unit.entitlement_key}
    return data


def _address(units: PackageUnits, number: int, launch: UnitLaunch, launched: Launched, fetch: str) -> str:
    site = str(settings.SITE_URL)
    parameters = {
        "endpoint": f"{site}/xapi/",
        "fetch": f"{site}/xapi/cmi5/{fetch}/",
        "actor": json.dumps(actor_of(launched.claims.person_id, units.package_id), separators=(",", ":")),
        "registration": str(launch.registration),
        "activityId": unit_iri(launched.claims.activity, number),
    }
    return unit_address(units, number, parameters)
