from django.db import migrations

from ledger.api import append_only_operation


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0006_frozen_certificates"), ("ledger", "0002_append_only")]

    operations = [
        append_only_operation("accreditation_feedevent"),
    ]
