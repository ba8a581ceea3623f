"""Packages inside a lesson: starting them, and taking in what their browser claims.

Everything that comes back is a claim: bound to the launch token, checked for form, kept as attested by the browser.
A course may count it for its progress; alone it never brings hours for a recognition.
"""

import json
import uuid
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import DateTimeField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.api import Outline, get_outline
from ledger.api import publish
from lms.domain.claim_rows import KeptClaim, write_claim
from lms.domain.completion import COMPLETION_TOPIC, judge_work
from lms.domain.queries.work import StateLine, marks_of_enrolment
from lms.domain.records import activity_iri, append_record, record_hash, registration_of
from lms.enums import AttestedBy, RecordKind
from lms.exceptions import RecordError
from lms.models import ActivityState, Enrolment, LearningRecord, UnitLaunch
from media.api import (
    MAX_STATE_BYTES,
    CheckedStatement,
    Ending,
    LaunchClaims,
    PlayerLaunch,
    StatementError,
    ending_statement,
    launch_package,
    read_launch_token,
    validate_statement,
)

#: In the place of a number of activities, where a course counts none: no ending is its last step.
COUNTS_NONE = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Launched:
    """Which activity of which enrolment a token was given for."""

    claims: LaunchClaims
    enrolment_id: int
    lesson: str
    activity_id: str
    version_id: int | None


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """Where a statement ended up. `repeated` means that the very same one was here before."""

    id: str
    ended: bool
    repeated: bool = False


def launch_activity(
    *,
    enrolment: Enrolment,
    outline: Outline,
    lesson_slug: str,
    activity_id: str,
    package_version_id: int,
    state: StateLine | None,
) -> PlayerLaunch:
    """Start a package where the learner left it. Writes nothing; one query. Raises PackageNotPlayableError.

    After an ending the next launch is a new attempt; the package's own state is kept. A cmi5 course goes on in the
    same attempt: its units keep what they were told.
    """
    return launch_package(
        version_id=package_version_id,
        person_id=enrolment.person_id,
        activity=activity_iri(outline.course_page_id, activity_id),
        enrolment_ref=f"{enrolment.pk}/{lesson_slug}/{activity_id}/{enrolment.version_id}",
        state_json=state.state if state else None,
        attempt=state.attempt if state else 1,
        ended=state is not None and state.ended,
    )


def read_launch(*, token: str, person_id: int) -> Launched:
    """Read a launch token of this person. Raises LaunchTokenError, or RecordError (foreign_launch)."""
    claims = read_launch_token(token)
    if claims.person_id != person_id:
        raise foreign_launch()
    enrolment_id, lesson, activity_id, *version = claims.enrolment_ref.split("/", 3)
    return Launched(claims, int(enrolment_id), lesson, activity_id, int(version[0]) if version else None)


def foreign_launch() -> RecordError:
    """The refusal for a launch that is not this person's (any more); tells nothing about whose it is."""
    return RecordError(
        "foreign_launch", _("Deze activiteit werd niet door jou gestart. Laad de pagina opnieuw.")
    )


def receive_statement(*, launched: Launched, raw: Mapping[str, Any]) -> StoredStatement:
    """Keep one statement as a claim of the browser.

    One query on PostgreSQL, whatever the number of lessons; three more where it may end the last activity of a course
    that counts them.
    The id, when given, makes repeats harmless; actor, registration and time of storing are ours.
    Raises StatementError, or RecordError (foreign_launch, attempt_closed, other_content).
    """
    now = timezone.now()
    statement = validate_statement(raw, activity=launched.claims.activity, received_at=now)
    check_storable(statement.payload)
    ending = ending_statement(statement, main_library=launched.claims.main_library)
    facts = _facts(launched, statement)
    record_id = statement.id or uuid.uuid4()
    moment = statement.timestamp or now
    needed = _activities_needed(launched) if ending.ends else None
    try:
        if needed is not None:
            with _whole(False):
                kept = _keep_claim(launched, facts, record_id, moment, now, ending, needed)
            if kept.kept:
                return StoredStatement(str(record_id), ended=True)
        with _whole(ending.ends):
            kept = _keep_claim(launched, facts, record_id, moment, now, ending)
            if ending.ends:
                count_ending(launched.enrolment_id, kept.version_id, said_by=record_id, locked=True)
    except IntegrityError:
        return _repeated(statement, facts)
    return StoredStatement(str(record_id), ended=ending.ends)


def _whole(several: bool) -> AbstractContextManager[Any]:
    """A transaction where several statements must hold together; a single one is a transaction by itself."""
    return transaction.atomic() if several or connection.in_atomic_block else nullcontext()


def _activities_needed(launched: Launched) -> int | None:
    """How many activities the course counts; more than anybody can end where it counts none.

    None where only the longer way is right: on SQLite, and for a launch from before the token named its version.
    """
    if connection.vendor != "postgresql" or launched.version_id is None:
        return None
    outline = get_outline(launched.version_id)
    if not outline.rule.activities:
        return COUNTS_NONE
    return len({activity for lesson in outline.lessons for activity in lesson.activity_ids})


def _keep_claim(
    launched: Launched,
    facts: Mapping[str, Any],
    record_id: uuid.UUID,
    happened_at: datetime,
    now: datetime,
    ending: Ending,
    needed: int | None = None,
) -> KeptClaim:
    """Write the record and what it ends; one query on PostgreSQL. Raises RecordError as `check_attempt`.

    With `needed` nothing is written when this may be the last step of the course.
    """
    claims = launched.claims
    if connection.vendor != "postgresql":
        version_id = check_attempt(launched)
        append_record(**facts, happened_at=happened_at, record_id=record_id)
        if ending.ends:
            _keep_state(launched, {"ended_at": now, "scaled": ending.scaled})
        return KeptClaim(version_id, is_open=True)
    kept = write_claim(
        facts={**facts, "id": record_id, "activity_id": launched.activity_id, "attempt": claims.attempt},
        content_hash=record_hash(**facts),
        happened_at=happened_at,
        now=now,
        ending=_columns_of_ending(launched, ending, needed),
    )
    if kept is None:
        raise foreign_launch()
    if not kept.is_open:
        raise attempt_closed()
    return kept


def _columns_of_ending(launched: Launched, ending: Ending, needed: int | None) -> dict[str, Any]:
    if not ending.ends:
        return {}
    columns = {
        "lesson": launched.lesson,
        "scaled": ending.scaled,
        "package_version_id": launched.claims.version_id,
    }
    return columns if needed is None else {**columns, "needed": needed}


def save_state(*, launched: Launched, state_json: str) -> None:
    """Keep the package's own bookmark; two queries, three the first time.

    Raises RecordError (attempt_closed, foreign_launch) and StatementError (state_too_large).
    """
    text = state_json.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    if len(text.encode()) > MAX_STATE_BYTES:
        raise StatementError(
            "state_too_large", _("Wat deze activiteit wil onthouden, is te groot. Je kunt wel verder werken.")
        )
    check_attempt(launched)
    _keep_state(launched, {"state": text})


def _facts(launched: Launched, statement: CheckedStatement) -> dict[str, Any]:
    """What a record of this statement says, apart from its times."""
    claims = launched.claims
    return {
        "person_id": claims.person_id,
        "enrolment_id": launched.enrolment_id,
        "kind": RecordKind.ACTIVITY,
        "attested_by": AttestedBy.BROWSER,
        "verb": statement.verb,
        "object_id": statement.object_id,
        "registration": registration_of(launched.enrolment_id, launched.activity_id, claims.attempt),
        "result": result_of(statement),
        "payload": statement.payload,
    }


def result_of(statement: CheckedStatement) -> dict[str, Any]:
    """The result as we keep it: only what was said, the score with our own `scaled`."""
    score = statement.score
    result: dict[str, Any] = {
        "score": {"raw": score.raw, "min": score.min, "max": score.max, "scaled": score.scaled}
        if score
        else None,
        "success": statement.success,
        "completion": statement.completion,
        "response": statement.response or None,
        "duration": statement.duration or None,
    }
    return {name: value for name, value in result.items() if value is not None}


def check_storable(payload: Mapping[str, Any]) -> None:
    """Refuse text that no database column can hold: NUL characters and halves of characters."""
    try:
        text = json.dumps(payload, ensure_ascii=False)
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _unusable_text() from error
    if "\\u0000" in text:
        raise _unusable_text()


def _unusable_text() -> StatementError:
    return StatementError(
        "text_unusable", _("Een tekst in dit resultaat bevat tekens die we niet kunnen bewaren.")
    )


def check_attempt(launched: Launched) -> int:
    """Its course version, when the enrolment is open, this person's, and no newer attempt was begun. One query."""
    attempt = ActivityState.objects.filter(enrolment=OuterRef("pk"), activity_id=launched.activity_id)
    row = (
        Enrolment.objects.current()
        .filter(pk=launched.enrolment_id, person_id=launched.claims.person_id)
        .values_list("version_id", Subquery(attempt.values("attempt")[:1]))
        .first()
    )
    if row is None:
        raise foreign_launch()
    if row[1] is not None and row[1] > launched.claims.attempt:
        raise attempt_closed()
    return int(row[0])


def attempt_closed() -> RecordError:
    """The refusal for an attempt after which another was begun."""
    return RecordError(
        "attempt_closed", _("Je begon deze activiteit intussen opnieuw. Laad de pagina opnieuw.")
    )


def count_ending(enrolment_id: int, version_id: int, *, said_by: uuid.UUID, locked: bool = False) -> None:
    """Let an ending move the course, where its version counts activities. Two queries at most there, none elsewhere.

    The player waits for no certificate: a course that is due is completed by the outbox, right after the commit or by a
    worker. `said_by` is the record or attempt that ended; `locked` says that the transaction holds the enrolment's row,
    so that two devices cannot both miss the last step; without that the outbox is always asked to look. The claim is
    never enough alone for hours that count for a recognition: such a version is not published.
    """
    outline = get_outline(version_id)
    if not outline.rule.activities:
        return
    settled = locked and not outline.rule.attendance_share
    if settled and not judge_work(outline, marks_of_enrolment(enrolment_id)).met:
        return
    publish(
        topic=COMPLETION_TOPIC,
        subject=f"enrolment:{enrolment_id}",
        payload={"enrolment": enrolment_id},
        key=f"completion:{enrolment_id}:{said_by}",
    )


def _keep_state(launched: Launched, values: dict[str, Any]) -> None:
    """Write into the one state row of this activity. A newer attempt starts without an ending. One query."""
    claims = launched.claims
    _write_state(
        launched.enrolment_id,
        launched.lesson,
        launched.activity_id,
        claims.attempt,
        claims.version_id,
        values,
    )


def keep_state_of(launch: UnitLaunch, values: dict[str, Any]) -> None:
    """The same for a unit that reports by itself."""
    _write_state(
        launch.enrolment_id,
        launch.lesson,
        launch.activity_id,
        launch.attempt,
        launch.package_version_id,
        values,
    )


def _write_state(
    enrolment_id: int, lesson: str, activity_id: str, attempt: int, version_id: int, values: dict[str, Any]
) -> None:
    now = timezone.now()
    fields = {"saved_at": now, "attempt": attempt, "package_version_id": version_id, **values}
    rows = ActivityState.objects.filter(enrolment_id=enrolment_id, activity_id=activity_id)
    if "ended_at" in values:
        first = Coalesce("first_ended_at", Value(now, output_field=DateTimeField()))
        if rows.filter(attempt__lte=attempt).update(**fields, first_ended_at=first):
            return
        fields |= {"first_ended_at": now}
    else:
        # Only a save of a newer attempt clears the ending; within one attempt the ending stays.
        if rows.filter(attempt=attempt).update(saved_at=now, **values):
            return
        fields |= {"ended_at": None, "scaled": None}
        if rows.filter(attempt__lte=attempt).update(**fields):
            return
    ActivityState.objects.bulk_create(
        [ActivityState(enrolment_id=enrolment_id, activity_id=activity_id, lesson=lesson, **fields)],
        ignore_conflicts=True,
    )


def _repeated(statement: CheckedStatement, facts: Mapping[str, Any]) -> StoredStatement:
    """The id was here before: fine when it says the same, refused when it does not."""
    known = LearningRecord.objects.filter(pk__in=[statement.id] if statement.id else [])
    kept = known.values_list("content_hash", flat=True).first()
    if kept is None or kept != record_hash(**facts):
        raise RecordError(
            "other_content", _("Onder dit nummer bewaarden we al een ander resultaat. Dat blijft staan.")
        )
    return StoredStatement(str(statement.id), ended=False, repeated=True)
