"""Statements that a cmi5 unit sends by itself: checked against its launch, kept as claims, and what follows."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.domain.activities import check_storable, result_of
from lms.domain.records import activity_iri, append_record, record_hash
from lms.domain.units.launching import actor_of, key_of, unit_iri
from lms.domain.units.progress import settle
from lms.domain.units.rules import (
    SERVER_VERBS,
    SESSION,
    UNIT_VERBS,
    LaunchFacts,
    is_defined,
    order_problem,
    result_problem,
)
from lms.enums import AttestedBy, RecordKind
from lms.exceptions import RecordError, UnitError
from lms.models import LearningRecord, UnitLaunch
from media.api import (
    CheckedStatement,
    PackageUnit,
    PackageUnits,
    StatementError,
    units_of,
    validate_statement,
)

MAX_STATEMENTS = 50
MAX_LISTED = 100


@dataclass(frozen=True, slots=True)
class Caller:
    """The launch that an authorization token stands for, with all that its statements are compared with."""

    launch: UnitLaunch
    units: PackageUnits
    unit: PackageUnit
    activity: str
    actor: Mapping[str, Any]
    person_id: int

    @property
    def iri(self) -> str:
        """Our name for the unit."""
        return unit_iri(self.activity, self.unit.number)


def caller_of(token: str, *, lock: bool = False) -> Caller:
    """Who speaks with this token. One query. Raises UnitError: token_unknown, token_expired.

    With `lock` the launch stays locked until the end of the transaction, so that two reports cannot pass each other.
    """
    rows = UnitLaunch.objects.select_related("enrolment", "package_version").filter(
        auth_key=key_of(token), enrolment__withdrawn_at=None
    )
    launch = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if launch is None:
        raise UnitError("token_unknown", _("Deze toegang kennen we niet. Open het onderdeel opnieuw."))
    if timezone.now() >= launch.expires_at:
        raise UnitError(
            "token_expired", _("Je opende dit onderdeel meer dan een dag geleden. Open het opnieuw.")
        )
    units = units_of(launch.package_version)
    enrolment = launch.enrolment
    return Caller(
        launch=launch,
        units=units,
        unit=units.units[launch.unit],
        activity=activity_iri(enrolment.course_id, launch.activity_id),
        actor=actor_of(enrolment.person_id, units.package_id),
        person_id=enrolment.person_id,
    )


@transaction.atomic
def receive_statements(*, token: str, raw: Sequence[Mapping[str, Any]]) -> list[str]:
    """Keep the statements of one request, all or none. Returns their ids.

    Five queries for one statement that ends a unit, two for one about a part of it, whatever the size of the package.
    Raises UnitError (see `_check_rules`, `caller_of`), StatementError, RecordError (other_content).
    """
    if len(raw) > MAX_STATEMENTS:
        raise StatementError("too_many", _("Stuur hoogstens 50 resultaten tegelijk."))
    caller = caller_of(token, lock=True)
    ids: list[str] = []
    for item in raw:
        now = timezone.now()
        checked = validate_statement(item, activity=caller.iri, received_at=now, only_own=False)
        if checked.id is None:
            checked = replace(checked, id=uuid.uuid4())
        ids.append(str(checked.id))
        _receive(caller, item, checked, now)
    return ids


def _receive(caller: Caller, raw: Mapping[str, Any], checked: CheckedStatement, now: datetime) -> None:
    check_storable(checked.payload)
    _check_actor(caller, raw)
    facts = _record_facts(caller, checked)
    if _is_repeated(checked, facts):
        return
    defined = is_defined(raw)
    _check_rules(caller, raw, checked, defined=defined)
    try:
        with transaction.atomic():
            append_record(**facts, happened_at=checked.timestamp or now, record_id=checked.id)
    except IntegrityError as error:
        raise _other_content() from error
    if defined:
        _move(caller, checked, now)


def _check_actor(caller: Caller, raw: Mapping[str, Any]) -> None:
    """A unit speaks about the learner for whom it was launched, in this registration and this session."""
    actor = raw.get("actor")
    account = actor.get("account") if isinstance(actor, Mapping) else None
    context = raw.get("context")
    if account != caller.actor["account"] or not isinstance(context, Mapping):
        raise UnitError(
            "foreign_actor", _("Dit resultaat gaat over iemand anders dan wie dit onderdeel opende.")
        )
    if str(context.get("registration", "")).lower() != str(caller.launch.registration):
        raise UnitError("foreign_registration", _("Dit resultaat hoort bij een andere inschrijving."))
    extensions = context.get("extensions")
    session = extensions.get(SESSION) if isinstance(extensions, Mapping) else None
    if session != str(caller.launch.pk):
        raise UnitError("foreign_session", _("Dit resultaat hoort bij een andere start van dit onderdeel."))


def _check_rules(caller: Caller, raw: Mapping[str, Any], checked: CheckedStatement, *, defined: bool) -> None:
    """The order and form that cmi5 asks. Raises UnitError with code verb_not_allowed, closed, object_foreign, ..."""
    launch = caller.launch
    if checked.verb in SERVER_VERBS:
        raise _refused("verb_not_allowed")
    if launch.abandoned_at is not None:
        raise _refused("abandoned")
    if not defined:
        if launch.initialized_at is None or launch.terminated_at is not None:
            raise _refused("before_initialized" if launch.initialized_at is None else "after_terminated")
        return
    if checked.object_id != caller.iri:
        raise _refused("object_foreign")
    problem = order_problem(checked.verb, _facts_of(launch))
    problem = problem or result_problem(checked.verb, raw, mastery=caller.unit.mastery_score)
    if problem:
        raise _refused(problem)


def _facts_of(launch: UnitLaunch) -> LaunchFacts:
    """What was reported before. The query is made only when a unit says completed, passed or failed."""
    earlier = UnitLaunch.objects.filter(registration=launch.registration, unit=launch.unit)
    done = list(earlier.values_list("completed_at", "passed_at"))
    return LaunchFacts(
        initialized=launch.initialized_at is not None,
        terminated=launch.terminated_at is not None,
        completed=any(completed for completed, _passed in done),
        passed=any(passed for _completed, passed in done),
        failed=launch.failed_at is not None,
    )


def _move(caller: Caller, checked: CheckedStatement, now: datetime) -> None:
    """Note what was reported, and see whether the unit, a block or the whole course is satisfied by it."""
    name = UNIT_VERBS[checked.verb]
    values: dict[str, Any] = {f"{name}_at": now}
    if checked.score is not None and checked.score.scaled is not None:
        values["scaled"] = checked.score.scaled
    UnitLaunch.objects.filter(pk=caller.launch.pk).update(**values)
    for field, value in values.items():
        setattr(caller.launch, field, value)
    if name in {"completed", "passed"}:
        settle(launch=caller.launch, units=caller.units, activity=caller.activity)


def _record_facts(caller: Caller, checked: CheckedStatement) -> dict[str, Any]:
    return {
        "person_id": caller.person_id,
        "enrolment_id": caller.launch.enrolment_id,
        "kind": RecordKind.ACTIVITY,
        "attested_by": AttestedBy.BROWSER,
        "verb": checked.verb,
        "object_id": checked.object_id,
        "registration": caller.launch.registration,
        "result": result_of(checked),
        "payload": checked.payload,
    }


def _is_repeated(checked: CheckedStatement, facts: Mapping[str, Any]) -> bool:
    """Whether this very statement is here already. Raises RecordError other_content when its id says something else."""
    kept = LearningRecord.objects.filter(pk__in=[checked.id]).values_list("content_hash", flat=True).first()
    if kept is None:
        return False
    if kept != record_hash(**facts):
        raise _other_content()
    return True


def _other_content() -> RecordError:
    return RecordError(
        "other_content", _("Onder dit nummer bewaarden we al een ander resultaat. Dat blijft staan.")
    )


def _refused(code: str) -> UnitError:
    return UnitError(code, _("Dit resultaat kan nu niet (%s). Wat er al stond, blijft staan.") % code)


def list_statements(
    *,
    token: str,
    statement_id: uuid.UUID | None = None,
    verb: str = "",
    limit: int = 0,
    ascending: bool = False,
) -> list[dict[str, Any]]:
    """What the unit may read back: the records of its own attempt, newest first. Two queries. Raises UnitError."""
    caller = caller_of(token)
    rows = LearningRecord.objects.filter(
        registration=caller.launch.registration, enrolment_id=caller.launch.enrolment_id
    )
    if statement_id is not None:
        rows = rows.filter(pk=statement_id)
    if verb:
        rows = rows.filter(verb=verb)
    rows = rows.order_by("stored_at" if ascending else "-stored_at")
    return [as_statement(row, caller.actor) for row in rows[: min(limit or MAX_LISTED, MAX_LISTED)]]


def as_statement(record: LearningRecord, actor: Mapping[str, Any]) -> dict[str, Any]:
    """A record in the words of xAPI."""
    payload = dict(record.payload)
    payload.setdefault("verb", {"id": record.verb})
    payload.setdefault("object", {"objectType": "Activity", "id": record.object_id})
    if record.result and "result" not in payload:
        payload["result"] = record.result
    return {
        **payload,
        "id": str(record.pk),
        "actor": dict(actor),
        "timestamp": record.happened_at.isoformat(),
        "stored": record.stored_at.isoformat(),
        "version": "1.0.3",
    }
