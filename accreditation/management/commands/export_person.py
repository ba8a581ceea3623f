import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accreditation.domain.export_zip import write_export
from people.api import person_or_none


class Command(BaseCommand):
    """Everything we hold about one person, as a zip. Exits 1 for a number that is nobody's."""

    help = (
        "Maakt een zip met alles over één persoon: overzicht (pdf), bestanden, gegevens (json). "
        "Voorbeeld: manage.py export_person 12 --out persoon-12.zip --json"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", type=int, metavar="ID", help="nummer van de persoon")
        parser.add_argument("--out", type=Path, help="waarheen (standaard: persoon-ID.zip hier)")
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the zip and say what is in it."""
        person = person_or_none(options["person"])
        if person is None:
            raise CommandError(f"Er is geen persoon met nummer {options['person']}.", returncode=1)
        path: Path = options["out"] or Path(f"persoon-{person.pk}.zip")
        if not path.parent.is_dir():
            raise CommandError(f"Deze map bestaat niet: {path.parent}", returncode=2)
        with path.open("wb") as target:
            summary = write_export(person=person, target=target, actor=None)
        if options["json"]:
            facts = {"person": person.pk, "file": str(path), **asdict(summary)}
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
            return
        self.stdout.write(
            f"{path}: {summary.files} bestanden, {summary.rows} regels in {summary.data_classes} soorten"
        )
        for name in summary.missing_files:
            self.stderr.write(f"  niet gevonden in de opslag: {name}")
