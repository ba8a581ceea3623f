from django.db import migrations

from lms.domain.record_months import by_month_operation


class Migration(migrations.Migration):
    dependencies = [("lms", "0004_append_only_records")]

    operations = [
        by_month_operation(),
    ]
