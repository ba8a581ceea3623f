import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.domain.backup import restore
from cms.exceptions import BackupError


class Command(BaseCommand):
    """Put a backup back. Exits 1 for a backup that is refused, and when an erasure has to be finished by hand."""

    help = (
        "Zet een kopie terug (stop eerst web, worker en beat), wist opnieuw wie na de kopie gewist werd, en houdt alle "
        "mails vast tot release_outbox. Voorbeeld: manage.py restore /backups/2026-11-27 --overwrite --json"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="map van een kopie")
        parser.add_argument(
            "--overwrite", action="store_true", help="vervang een site waar al mensen in staan"
        )
        parser.add_argument(
            "--erasures",
            type=Path,
            metavar="DIR",
            help="een nieuwere kopie: wie daarin gewist is, blijft gewist",
        )
        parser.add_argument(
            "--key", type=Path, metavar="FILE", help="de sleutel van een versleutelde kopie (backup_key)"
        )
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what was erased again, and what waits for a person."""
        try:
            report = restore(
                options["folder"],
                overwrite=options["overwrite"],
                erasures_of=options["erasures"],
                key=options["key"],
            )
        except (BackupError, OSError) as error:
            raise CommandError(str(error), returncode=1) from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report), ensure_ascii=False))
        else:
            again = len(report.erasures.again)
            self.stdout.write(f"kopie van {report.made_at}: {report.files} bestanden, {again} opnieuw gewist")
            self.stdout.write("Niets vertrekt tot: manage.py release_outbox")
        for number, reason in report.erasures.refused:
            self.stderr.write(f"persoon {number} is nog niet opnieuw gewist: {reason}")
        if report.erasures.refused:
            raise SystemExit(1)
