from django.db import migrations

from accreditation.domain.criteria_sets import load_proposal


def forwards(apps, editor):
    load_proposal(apps)


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0003_frozen_rows"), ("people", "0002_reference_data")]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False),
    ]
