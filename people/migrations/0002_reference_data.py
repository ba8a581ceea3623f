from django.db import migrations

from people.domain.reference_data import load_reference_data


def forwards(apps, editor):
    load_reference_data(apps)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False),
    ]
