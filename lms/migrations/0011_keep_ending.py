from django.db import migrations

from lms.domain.claim_rows import keep_ending_operation


class Migration(migrations.Migration):
    dependencies = [("lms", "0010_seats_by_list")]

    operations = [
        keep_ending_operation(),
    ]
