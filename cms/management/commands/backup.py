import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.domain.backup import back_up
from cms.exceptions import BackupError


class Command(BaseCommand):
    """Copy database and files into one folder while the site runs. Exits 1 when that cannot be done."""

    help = "Kopieert databank en bestanden naar één lege map. Voorbeeld: manage.py backup /backups/2026-11-27 --json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="lege of nieuwe map")
        parser.add_argument(
            "--plain", action="store_true", help="leesbaar voor wie de map heeft, zonder BACKUP_RECIPIENTS"
        )
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and say how large it is."""
        try:
            report = back_up(options["folder"], plain=options["plain"])
        except (BackupError, OSError) as error:
            raise CommandError(str(error), returncode=1) from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report)))
        else:
            how = "versleuteld" if report.encrypted else "leesbaar voor wie de map heeft"
            self.stdout.write(f"{report.files} bestanden en de databank, {report.size / 1e6:.1f} MB, {how}")
