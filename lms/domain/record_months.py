"""Learning records by month: on PostgreSQL the table is partitioned by the month in which we heard of a record.

A partitioned table cannot keep an id unique across its months, so a narrow table beside it does: every insert, by
whatever way, writes its id there first (trigger). There too stand "one completion per enrolment" and "voided once".
SQLite has one table whose own constraints say the same.
"""

from datetime import date

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from ledger.api import RunOnConnection, guard_append_only, release_append_only

TABLE = "lms_learningrecord"
#: Months that exist ahead of today, so that a worker that stands still for a while does no harm.
AHEAD = 3

_KEYS = """
CREATE TABLE lms_record_key (
    id uuid PRIMARY KEY,
    stored_at timestamptz NOT NULL,
    completes bigint UNIQUE,
    voids uuid UNIQUE REFERENCES lms_record_key (id)
);
CREATE FUNCTION nest_record_key() RETURNS trigger AS $$
BEGIN
    INSERT INTO lms_record_key (id, stored_at, completes, voids)
    VALUES (NEW.id, NEW.stored_at, CASE WHEN NEW.kind = 'course' THEN NEW.enrolment_id END, NEW.voids_id);
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE FUNCTION nest_record_keys_empty() RETURNS trigger AS $$
BEGIN TRUNCATE lms_record_key; RETURN NULL; END $$ LANGUAGE plpgsql;
"""
_PARENT = """
ALTER TABLE lms_learningrecord RENAME TO lms_learningrecord_before;
CREATE TABLE lms_learningrecord (
    LIKE lms_learningrecord_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS
) PARTITION BY RANGE (stored_at);
CREATE TABLE lms_learningrecord_other PARTITION OF lms_learningrecord DEFAULT;
CREATE TRIGGER lms_record_key BEFORE INSERT ON lms_learningrecord
    FOR EACH ROW EXECUTE FUNCTION nest_record_key();
CREATE TRIGGER lms_record_keys_empty AFTER TRUNCATE ON lms_learningrecord
    FOR EACH STATEMENT EXECUTE FUNCTION nest_record_keys_empty();
"""
#: First a month for every record that is there, then the records: those that are voided before those that void.
_MOVE = """
SELECT nest_record_months(min(stored_at)::date, max(stored_at)::date) FROM lms_learningrecord_before;
INSERT INTO lms_learningrecord SELECT * FROM lms_learningrecord_before ORDER BY (voids_id IS NOT NULL), stored_at;
DROP TABLE lms_learningrecord_before;
ALTER TABLE lms_learningrecord ADD CONSTRAINT lms_learningrecord_pkey PRIMARY KEY (id, stored_at);
ALTER TABLE lms_learningrecord ADD CONSTRAINT lms_learningrecord_person_fk FOREIGN KEY (person_id)
    REFERENCES people_user (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE lms_learningrecord ADD CONSTRAINT lms_learningrecord_enrolment_fk FOREIGN KEY (enrolment_id)
    REFERENCES lms_enrolment (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX lms_record_of_enrolment ON lms_learningrecord (enrolment_id, stored_at DESC);
CREATE INDEX lms_record_of_person ON lms_learningrecord (person_id);
CREATE INDEX lms_record_voided ON lms_learningrecord (voids_id) WHERE voids_id IS NOT NULL;
"""
_MONTHS = """
CREATE FUNCTION nest_record_months(first date, last date) RETURNS integer AS $$
DECLARE
    month date := date_trunc('month', first);
    following date;
    made integer := 0;
BEGIN
    WHILE month <= last LOOP
        following := month + interval '1 month';
        IF to_regclass('lms_learningrecord_' || to_char(month, 'YYYYMM')) IS NULL
           AND NOT EXISTS (SELECT 1 FROM lms_learningrecord_other WHERE stored_at >= month AND stored_at < following)
        THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF lms_learningrecord FOR VALUES FROM (%L) TO (%L)',
                'lms_learningrecord_' || to_char(month, 'YYYYMM'), month, following);
            made := made + 1;
        END IF;
        month := following;
    END LOOP;
    RETURN made;
END $$ LANGUAGE plpgsql;
"""


def prepare_months(*, first: date | None = None, last: date | None = None) -> int:
    """Make the months from `first` to `last` (today to three months ahead); returns how many were new.

    What falls outside every month is kept all the same, in a partition for the rest. Nothing to do on SQLite.
    """
    if connection.vendor != "postgresql":
        return 0
    today = timezone.localdate()
    until = last or _months_later(today, AHEAD)
    with transaction.atomic(), connection.cursor() as cursor:
        # Two clocks that make the same month at once would wait for each other for ever.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [TABLE])
        cursor.execute("SELECT nest_record_months(%s, %s)", [first or today, until])
        return int(cursor.fetchone()[0])


def by_month_operation() -> RunOnConnection:
    """The migration operation that divides the table."""
    return RunOnConnection(lambda apps, editor: _divide(editor.connection), RunOnConnection.noop)


def _divide(database: BaseDatabaseWrapper) -> None:
    if database.vendor != "postgresql":
        return
    release_append_only(database, TABLE)
    today = timezone.localdate()
    with database.cursor() as cursor:
        # Deferred foreign keys of rows written in this transaction would keep the old table from being dropped.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statements in (_KEYS, _PARENT, _MONTHS, _MOVE):
            cursor.execute(statements)
        cursor.execute("SELECT nest_record_months(%s, %s)", [today, _months_later(today, AHEAD)])
    guard_append_only(database, TABLE)


def _months_later(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
