from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.domain.backup_keys import new_key
from cms.exceptions import BackupError


class Command(BaseCommand):
    """Make the key of encrypted backups. Exits 1 when the file cannot be written or is there already."""

    help = (
        "Maakt de sleutel waarmee versleutelde kopieën opengaan, en toont de instelling voor de site. Bewaar het "
        "bestand ergens anders dan de kopieën. Voorbeeld: manage.py backup_key /veilig/nestwerk.key"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="nieuw bestand")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it and print the line for the settings."""
        try:
            public = new_key(options["file"])
        except BackupError as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(f"BACKUP_RECIPIENTS={public}")
