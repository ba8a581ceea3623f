from django.db import migrations

from ledger.domain.append_only import append_only_operation


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        append_only_operation("ledger_auditentry"),
    ]
