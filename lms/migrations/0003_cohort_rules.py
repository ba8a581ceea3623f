"""What the database refuses about attendance and seats, and the rule of intervision groups to start with."""

from datetime import date

from django.db import migrations

from ledger.api import append_only_operation


def load_first_rule(apps, schema_editor):
    """Groups of 4 to 8 (the proposal of the network), one co-signer, a month to enter a meeting."""
    apps.get_model("lms", "IntervisionRule").objects.get_or_create(
        valid_from=date(2020, 1, 1),
        defaults={
            "min_members": 4,
            "max_members": 8,
            "co_signers": 1,
            "entry_days": 30,
            "last_entry_days": 365,
        },
    )


class Migration(migrations.Migration):
    dependencies = [("lms", "0001_initial"), ("ledger", "0002_append_only")]

    operations = [
        migrations.RunPython(load_first_rule, migrations.RunPython.noop),
        append_only_operation("lms_attendance"),
    ]
