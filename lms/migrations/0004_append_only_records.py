from django.db import migrations

from ledger.api import append_only_operation


class Migration(migrations.Migration):
    dependencies = [("lms", "0003_cohort_rules"), ("ledger", "0002_append_only")]

    operations = [
        append_only_operation("lms_learningrecord"),
    ]
