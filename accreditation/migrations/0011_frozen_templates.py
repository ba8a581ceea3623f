from django.db import migrations

from ledger.api import RunOnConnection, append_only_operation

TABLE = "accreditation_certificate"
POSTGRES = f"""
CREATE TRIGGER {TABLE}_words_frozen BEFORE UPDATE ON {TABLE} FOR EACH ROW
WHEN (OLD.template_version_id IS DISTINCT FROM NEW.template_version_id) EXECUTE FUNCTION nest_certificate_frozen()
"""
SQLITE = f"""
CREATE TRIGGER {TABLE}_words_frozen BEFORE UPDATE ON {TABLE} WHEN OLD.template_version_id IS NOT NEW.template_version_id
BEGIN SELECT RAISE(ABORT, 'an issued certificate does not change'); END
"""


def install(apps, editor):
    """A certificate keeps the words that it was issued with."""
    editor.execute(POSTGRES if editor.connection.vendor == "postgresql" else SQLITE)


def remove(apps, editor):
    on_table = f" ON {TABLE}" if editor.connection.vendor == "postgresql" else ""
    editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_words_frozen{on_table}")


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0010_first_labels"), ("ledger", "0002_append_only")]

    operations = [
        RunOnConnection(install, remove, elidable=False),
        append_only_operation("accreditation_templateversion"),
    ]
