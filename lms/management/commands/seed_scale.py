import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.domain.scale import fill
from lms.exceptions import LmsError


class Command(BaseCommand):
    """Fill an empty database for scale tests. Exits 1 when it is not empty, 2 on wrong use."""

    help = (
        "Vult een lege databank met verzonnen professionals en leersporen, telkens dezelfde.\n"
        "Laad eerst de inhoud: manage.py load_site en manage.py load_content.\n\n"
        "Voorbeeld: manage.py seed_scale --professionals 10000 --records 1000000 --json"
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--professionals", type=int, required=True, help="hoeveel professionals")
        parser.add_argument(
            "--records", type=int, required=True, help="hoeveel leersporen, over hen verdeeld"
        )
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["professionals"] < 1 or options["records"] < 0:
            raise CommandError(
                "Geef minstens één professional en geen negatief aantal leersporen.", returncode=2
            )
        try:
            filled = fill(professionals=options["professionals"], records=options["records"])
        except LmsError as error:
            raise CommandError(error.message, returncode=1) from error
        found = {
            "professionals": filled.professionals,
            "enrolments": filled.enrolments,
            "records": filled.records,
        }
        if options["json"]:
            self.stdout.write(json.dumps(found))
        else:
            self.stdout.write(f"{filled.professionals} professionals, {filled.records} leersporen.")
