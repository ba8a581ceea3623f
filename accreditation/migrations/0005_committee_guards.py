from django.db import migrations

from ledger.api import RunOnConnection, append_only_operation

# A round and a person: is the person the applicant, or does a conflict of interest stand?
TIED = """
EXISTS (
    SELECT 1 FROM accreditation_dossierround r
    JOIN accreditation_dossier d ON d.id = r.dossier_id
    LEFT JOIN accreditation_conflictofinterest c ON c.dossier_id = d.id AND c.member_id = {user}
    WHERE r.id = {round} AND (d.person_id = {user} OR c.id IS NOT NULL)
)
"""
READER_TIED = TIED.format(round="NEW.round_id", user="NEW.reader_id")
DECIDER_TIED = TIED.format(round="NEW.round_id", user="NEW.decided_by_id")
OPINION_TIED = TIED.format(
    round="(SELECT round_id FROM accreditation_readerassignment WHERE id = NEW.assignment_id)",
    user="(SELECT reader_id FROM accreditation_readerassignment WHERE id = NEW.assignment_id)",
)
OPINION_RELEASED = """
EXISTS (SELECT 1 FROM accreditation_readerassignment a
        WHERE a.id = NEW.assignment_id AND a.released_at IS NOT NULL)
"""
OPINION_TOO_LATE = """
EXISTS (SELECT 1 FROM accreditation_readerassignment a
        JOIN accreditation_decision d ON d.round_id = a.round_id WHERE a.id = NEW.assignment_id)
"""
OPINIONS_LACKING = """
(SELECT COUNT(*) FROM accreditation_opinion o
 JOIN accreditation_readerassignment a ON a.id = o.assignment_id
 WHERE a.round_id = NEW.round_id AND a.released_at IS NULL) < 2
"""


def changed(*columns, distinct):
    return " OR ".join(f"NEW.{column} {distinct} OLD.{column}" for column in columns)


def guards(distinct):
    """Name, table, moment, refusals (condition, message). `distinct`: the database's null-safe "differs from"."""
    return (
        (
            "reader_not_tied",
            "accreditation_readerassignment",
            "INSERT",
            [(READER_TIED, "conflict of interest")],
        ),
        (
            "assignment_fixed",
            "accreditation_readerassignment",
            "UPDATE",
            [
                (changed("round_id", "reader_id", "assigned_at", distinct=distinct), "assignment is fixed"),
                ("OLD.released_at IS NOT NULL", "assignment was released"),
            ],
        ),
        (
            "opinion_allowed",
            "accreditation_opinion",
            "INSERT",
            [
                (OPINION_TIED, "conflict of interest"),
                (OPINION_RELEASED, "assignment was released"),
                (OPINION_TOO_LATE, "round is decided"),
            ],
        ),
        (
            "decision_allowed",
            "accreditation_decision",
            "INSERT",
            [(DECIDER_TIED, "conflict of interest"), (OPINIONS_LACKING, "two opinions are needed")],
        ),
        (
            "recognition_one_way",
            "accreditation_recognition",
            "UPDATE",
            [
                (
                    changed(
                        "person_id", "level", "decision_id", "valid_from", "valid_until", distinct=distinct
                    ),
                    "recognition is fixed",
                ),
                (
                    "OLD.withdrawn_at IS NOT NULL AND ("
                    + changed("withdrawn_at", "withdrawn_by_id", "withdrawal_reason", distinct=distinct)
                    + ")",
                    "withdrawal is final",
                ),
                (
                    f"OLD.replaced_at IS NOT NULL AND ({changed('replaced_at', distinct=distinct)})",
                    "replacement is final",
                ),
                ("NEW.version < OLD.version", "version only grows"),
            ],
        ),
    )


def install(apps, editor):
    with editor.connection.cursor() as cursor:
        if editor.connection.vendor == "postgresql":
            for name, table, moment, refusals in guards("IS DISTINCT FROM"):
                checks = "\n".join(
                    f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
                    for condition, message in refusals
                )
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION nest_{name}() RETURNS trigger AS $$ BEGIN {checks} RETURN NEW; END $$ LANGUAGE plpgsql"
                )
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION nest_{name}()"
                )
            return
        for name, table, moment, refusals in guards("IS NOT"):
            for index, (condition, message) in enumerate(refusals):
                cursor.execute(
                    f"CREATE TRIGGER {name}_{index} BEFORE {moment} ON {table} WHEN {condition} "
                    f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
                )


def remove(apps, editor):
    with editor.connection.cursor() as cursor:
        for name, table, _moment, refusals in guards("IS NOT"):
            if editor.connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS nest_{name}()")
            else:
                for index in range(len(refusals)):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}_{index}")


def first_rule(apps, editor):
    """The proposals of the training policy; the network changes them by adding a later rule."""
    rules = apps.get_model("accreditation", "ProcedureRule")
    rules.objects.get_or_create(valid_from="2024-01-01")


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0004_proposed_criteria"), ("ledger", "0002_append_only")]

    operations = [
        append_only_operation("accreditation_conflictofinterest"),
        append_only_operation("accreditation_opinion"),
        append_only_operation("accreditation_decision"),
        append_only_operation("accreditation_letter"),
        RunOnConnection(install, remove, elidable=False),
        migrations.RunPython(first_rule, migrations.RunPython.noop, elidable=False),
    ]
