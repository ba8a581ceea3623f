from django.db import migrations

from ledger.api import RunOnConnection


def index_words(apps, schema_editor):
    """Dutch full text of PostgreSQL; elsewhere words are compared in the process."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX listing_words_dutch ON accreditation_listingwords USING gin (to_tsvector('dutch', words))"
        )


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0012_append_only_withdrawal_appeals")]

    operations = [
        RunOnConnection(index_words, RunOnConnection.noop),
    ]
