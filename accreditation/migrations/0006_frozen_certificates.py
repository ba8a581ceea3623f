from django.db import migrations

from ledger.api import RunOnConnection

TABLE = "accreditation_certificate"
FIXED = ("number", "code", "kind", "person_id", "title", "entitlement_key", "version", "issued_at")


def frozen(different, text):
    """Fixed columns; a name that may only be blanked (erasure); a file, a link and a withdrawal that are written once."""
    changed = [different.format(old=f"OLD.{name}", new=f"NEW.{name}") for name in FIXED]
    changed.append(different.format(old=f"{text.format('OLD.facts')}", new=f"{text.format('NEW.facts')}"))
    changed.append("(NEW.holder_name <> OLD.holder_name AND NEW.holder_name <> '')")
    changed += [
        f"(OLD.{name} IS NOT NULL AND {different.format(old=f'OLD.{name}', new=f'NEW.{name}')})"
        for name in ("superseded_by_id", "revoked_at")
    ]
    return " OR ".join(changed)


POSTGRES = (
    """
    CREATE OR REPLACE FUNCTION nest_certificate_frozen() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION 'an issued certificate does not change'; END $$ LANGUAGE plpgsql
    """,
    f"""
    CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE} FOR EACH ROW
    WHEN ({frozen("{old} IS DISTINCT FROM {new}", "{}::text")}) EXECUTE FUNCTION nest_certificate_frozen()
    """,
)
SQLITE = (
    f"""
    CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE}
    WHEN {frozen("{old} IS NOT {new}", "{}")}
    BEGIN SELECT RAISE(ABORT, 'an issued certificate does not change'); END
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
    dependencies = [("accreditation", "0005_committee_guards")]

    operations = [
        RunOnConnection(install, remove, elidable=False),
    ]
