"""The dated rules that come with the duty of teams: two co-signers or the moderator, and what teams owe."""

from datetime import date

from django.db import migrations

FROM = date(2026, 1, 1)


def load_rules(apps, schema_editor):
    """The network's proposal. What was confirmed before stays confirmed: a presence is confirmed once."""
    rules = apps.get_model("lms", "IntervisionRule").objects
    last = rules.filter(valid_from__lt=FROM).order_by("-valid_from").first()
    kept = {
        name: getattr(last, name)
        for name in ("min_members", "max_members", "entry_days", "last_entry_days")
        if last is not None
    }
    rules.get_or_create(valid_from=FROM, defaults={**kept, "co_signers": 2})
    apps.get_model("lms", "TeamDutyRule").objects.get_or_create(valid_from=FROM)


class Migration(migrations.Migration):
    dependencies = [("lms", "0005_records_by_month")]

    operations = [
        migrations.RunPython(load_rules, migrations.RunPython.noop),
    ]
