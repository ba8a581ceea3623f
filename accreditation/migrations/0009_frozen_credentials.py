from django.db import migrations

from ledger.api import RunOnConnection, append_only_operation

TABLE = "accreditation_credential"
POSTGRES = (
    """
    CREATE OR REPLACE FUNCTION nest_credential_frozen() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION 'a signed credential does not change'; END $$ LANGUAGE plpgsql
    """,
    f"CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION nest_credential_frozen()",
)
SQLITE = (
    f"CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE} "
    "BEGIN SELECT RAISE(ABORT, 'a signed credential does not change'); END",
)


def install(apps, editor):
    """Erasing a person may remove a credential; nothing may alter one."""
    for statement in POSTGRES if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def remove(apps, editor):
    on_table = f" ON {TABLE}" if editor.connection.vendor == "postgresql" else ""
    editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_frozen{on_table}")


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0008_committee_life_guards"), ("ledger", "0002_append_only")]

    operations = [
        RunOnConnection(install, remove, elidable=False),
        append_only_operation("accreditation_statusplace"),
    ]
