from django.db import migrations

from ledger.api import append_only_operation


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0011_frozen_templates"), ("ledger", "0002_append_only")]

    operations = [
        append_only_operation("accreditation_withdrawalappeal"),
    ]
