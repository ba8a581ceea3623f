from django.db import migrations

from ledger.api import append_only_operation


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial"), ("ledger", "0002_append_only")]

    operations = [
        append_only_operation("courses_courseversion"),
        append_only_operation("courses_versionlesson"),
        append_only_operation("courses_versioncheck"),
        append_only_operation("courses_versioncheckkey"),
    ]
