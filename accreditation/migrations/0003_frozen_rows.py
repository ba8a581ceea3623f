from django.db import migrations

from ledger.api import RunOnConnection, append_only_operation

TABLE = "accreditation_criteriaversion"

# Rules that people were judged by do not change afterwards; a draft may.
POSTGRES = (
    """
    CREATE OR REPLACE FUNCTION nest_criteria_frozen() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION 'approved criteria do not change'; END $$ LANGUAGE plpgsql
    """,
    f"""
    CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE} FOR EACH ROW
    WHEN (OLD.approved_at IS NOT NULL) EXECUTE FUNCTION nest_criteria_frozen()
    """,
)
SQLITE = (
    f"""
    CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE} WHEN OLD.approved_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'approved criteria do not change'); END
    """,
)


def install(apps, editor):
    statements = POSTGRES if editor.connection.vendor == "postgresql" else SQLITE
    with editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(apps, editor):
    on_table = f" ON {TABLE}" if editor.connection.vendor == "postgresql" else ""
    with editor.connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_frozen{on_table}")


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0001_initial"), ("ledger", "0002_append_only")]

    operations = [
        append_only_operation("accreditation_dossierround"),
        RunOnConnection(install, remove, elidable=False),
    ]
