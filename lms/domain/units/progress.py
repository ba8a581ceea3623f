"""What a learner reached in the units of one attempt, and what follows from it."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.domain.activities import count_ending, keep_state_of
from lms.domain.records import NAMESPACE, append_record
from lms.domain.units.rules import (
    CATEGORY,
    OURS,
    SESSION,
    UnitOutcome,
    is_satisfied,
    overall_score,
    satisfied_blocks,
)
from lms.enums import AttestedBy, RecordKind
from lms.models import Enrolment, LearningRecord, UnitLaunch
from media.api import PackageUnits


def outcomes_of(registration: uuid.UUID) -> Mapping[int, UnitOutcome]:
    """How far the learner is with each unit of an attempt; units never opened are left out. One query."""
    rows = UnitLaunch.objects.filter(registration=registration).values_list(
        "unit", "completed_at", "passed_at", "scaled"
    )
    found: dict[int, list[tuple[bool, bool, float | None]]] = defaultdict(list)
    for unit, completed, passed, scaled in rows.order_by("launched_at"):
        found[unit].append((completed is not None, passed is not None, scaled))
    return {unit: _outcome(launches) for unit, launches in found.items()}


def _outcome(launches: list[tuple[bool, bool, float | None]]) -> UnitOutcome:
    scores = [scaled for _completed, _passed, scaled in launches if scaled is not None]
    return UnitOutcome(
        completed=any(completed for completed, _passed, _scaled in launches),
        passed=any(passed for _completed, passed, _scaled in launches),
        scaled=max(scores) if scores else None,
    )


def settle(*, launch: UnitLaunch, units: PackageUnits, activity: str) -> bool:
    """Say what is satisfied now (section 9.3.9), and end the activity when the whole course is.

    Called inside the transaction of whatever moved. What was said before is not said again: the record's id follows
    from attempt and object. One query when nothing is satisfied. Returns whether the activity ended.
    """
    outcomes = outcomes_of(launch.registration)
    states = [
        (unit.parents, is_satisfied(unit.move_on, outcomes.get(unit.number, UnitOutcome())))
        for unit in units.units
    ]
    done = sorted(satisfied_blocks(units.blocks, states))
    whole = all(satisfied for _parents, satisfied in states)
    if not done and not whole:
        return False
    names = {block: f"{activity}/blok/{number}" for number, block in enumerate(units.blocks, start=1)}
    objects = [(names[block], block) for block in done] + ([(activity, units.course_id)] if whole else [])
    ids = {
        uuid.uuid5(NAMESPACE, f"{launch.registration}/satisfied/{name}"): (name, publisher)
        for name, publisher in objects
    }
    said = set(LearningRecord.objects.filter(pk__in=list(ids)).values_list("pk", flat=True))
    person_id, version_id = Enrolment.objects.values_list("person_id", "version_id").get(
        pk=launch.enrolment_id
    )
    for record_id, (name, publisher) in ids.items():
        if record_id not in said:
            _say_satisfied(record_id, launch, person_id, name, publisher)
    if whole:
        keep_state_of(launch, {"ended_at": timezone.now(), "scaled": overall_score(outcomes.values())})
        count_ending(launch.enrolment_id, version_id, said_by=launch.pk)
    return whole


def _say_satisfied(
    record_id: uuid.UUID, launch: UnitLaunch, person_id: int, name: str, publisher: str
) -> None:
    context: dict[str, Any] = {
        "registration": str(launch.registration),
        "contextActivities": {
            "category": [{"objectType": "Activity", "id": CATEGORY}],
            "grouping": [{"objectType": "Activity", "id": publisher}],
        },
        "extensions": {SESSION: str(launch.pk)},
    }
    try:
        with transaction.atomic():
            append_record(
                person_id=person_id,
                enrolment_id=launch.enrolment_id,
                kind=RecordKind.ACTIVITY,
                attested_by=AttestedBy.SERVER,
                verb=OURS + "satisfied",
                object_id=name,
                registration=launch.registration,
                payload={"context": context},
                record_id=record_id,
            )
    except IntegrityError:
        # Another request said the same a moment ago.
        return
