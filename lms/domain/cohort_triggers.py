"""What the database itself refuses about cohorts and attendance, on SQLite and PostgreSQL.

A trigger is lost when SQLite rebuilds its table for a later migration; `restore_after_migrate` puts back what is
missing at the end of every `migrate`. A test looks whether they are all there.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connections, migrations
from django.db.backends.base.base import BaseDatabaseWrapper

SEATS_TAKEN = (
    "(SELECT COUNT(*) FROM lms_enrolment WHERE cohort_id = {cohort} AND withdrawn_at IS NULL AND id <> {but})"
)
CAPACITY = "(SELECT capacity FROM lms_cohort WHERE id = NEW.cohort_id)"


@dataclass(frozen=True)
class Trigger:
    """One refusal: `when` is SQL over NEW (and OLD), `first` a PostgreSQL statement that takes a lock beforehand."""

    name: str
    table: str
    event: str
    when: str
    message: str
    first: str = ""


TRIGGERS = (
    Trigger(
        name="lms_trainer_is_no_participant",
        table="lms_attendance",
        event="INSERT",
        when="EXISTS (SELECT 1 FROM lms_sessiontrainer"
        " WHERE session_id = NEW.session_id AND trainer_id = NEW.person_id)",
        message="a trainer has no attendance at their own session",
    ),
    Trigger(
        name="lms_attendance_chain",
        table="lms_attendance",
        event="INSERT",
        when="NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM lms_attendance"
        " WHERE id = NEW.replaces_id AND session_id = NEW.session_id AND person_id = NEW.person_id)",
        message="an attendance row replaces a row of the same person and session",
    ),
    Trigger(
        name="lms_attendance_after_closing",
        table="lms_attendance",
        event="INSERT",
        when="EXISTS (SELECT 1 FROM lms_session WHERE id = NEW.session_id AND closed_at IS NOT NULL"
        " AND (NEW.method <> 'correction' OR closed_by_id = NEW.recorded_by_id))",
        message="a closed list takes corrections by a second person only",
    ),
    Trigger(
        name="lms_participant_is_no_trainer",
        table="lms_sessiontrainer",
        event="INSERT",
        when="EXISTS (SELECT 1 FROM lms_attendance"
        " WHERE session_id = NEW.session_id AND person_id = NEW.trainer_id)",
        message="somebody whose attendance was recorded cannot become trainer of that session",
    ),
    Trigger(
        name="lms_cohort_seat_new",
        table="lms_enrolment",
        event="INSERT",
        when="NEW.cohort_id IS NOT NULL AND NEW.withdrawn_at IS NULL AND "
        + SEATS_TAKEN.format(cohort="NEW.cohort_id", but="COALESCE(NEW.id, 0)")
        + f" >= {CAPACITY}",
        message="cohort is full",
        first="PERFORM 1 FROM lms_cohort WHERE id = NEW.cohort_id FOR UPDATE;",
    ),
    Trigger(
        name="lms_cohort_seat_moved",
        table="lms_enrolment",
        event="UPDATE OF cohort_id, withdrawn_at",
        when="NEW.cohort_id IS NOT NULL AND NEW.withdrawn_at IS NULL"
        " AND (OLD.cohort_id IS NULL OR OLD.cohort_id <> NEW.cohort_id OR OLD.withdrawn_at IS NOT NULL) AND "
        + SEATS_TAKEN.format(cohort="NEW.cohort_id", but="NEW.id")
        + f" >= {CAPACITY}",
        message="cohort is full",
        first="PERFORM 1 FROM lms_cohort WHERE id = NEW.cohort_id FOR UPDATE;",
    ),
    Trigger(
        name="lms_cohort_capacity",
        table="lms_cohort",
        event="UPDATE OF capacity",
        when="NEW.capacity < " + SEATS_TAKEN.format(cohort="NEW.id", but="0"),
        message="cohort has more members than that",
    ),
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger; safe to run again."""
    remove(connection)
    with connection.cursor() as cursor:
        for trigger in TRIGGERS:
            if connection.vendor == "postgresql":
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger AS $$ BEGIN {trigger.first} "
                    f"IF {trigger.when} THEN RAISE EXCEPTION '{trigger.message}' USING ERRCODE = 'check_violation'; "
                    "END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
                )
                cursor.execute(
                    f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {trigger.name}()"
                )
            else:
                cursor.execute(
                    f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
                    f"FOR EACH ROW WHEN {trigger.when} BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"
                )


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger away."""
    with connection.cursor() as cursor:
        for trigger in TRIGGERS:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {trigger.name}()")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of triggers that the database lacks."""
    catalogue = (
        "SELECT tgname FROM pg_trigger"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        return {trigger.name for trigger in TRIGGERS} - {row[0] for row in cursor.fetchall()}


def restore_after_migrate(*, using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate: the triggers stand as soon as their tables do."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if {trigger.table for trigger in TRIGGERS} <= tables and missing(connection):
        install(connection)


def cohort_triggers_operation() -> migrations.RunPython:
    """The migration operation that installs the triggers."""
    return migrations.RunPython(
        lambda apps, editor: install(editor.connection),
        lambda apps, editor: remove(editor.connection),
        elidable=False,
    )
