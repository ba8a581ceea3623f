from django.db import migrations

from ledger.api import RunOnConnection, append_only_operation
from lms.domain import cohort_triggers
from lms.domain.register_data import load_first_rules


def load(apps, schema_editor):
    """The first rules of presence and of registers."""
    load_first_rules(apps)


def triggers_off(apps, schema_editor):
    """SQLite cannot make a table anew while a trigger of another one names it."""
    cohort_triggers.remove(schema_editor.connection)


def triggers_on(apps, schema_editor):
    """They stand again."""
    cohort_triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("lms", "0006_rules_of_trust"),
        ("ledger", "0002_append_only"),
        ("people", "0002_reference_data"),
    ]

    operations = [
        RunOnConnection(triggers_on, triggers_off),
        append_only_operation("lms_registerfile"),
        append_only_operation("lms_registerline"),
        append_only_operation("lms_registerreceipt"),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
