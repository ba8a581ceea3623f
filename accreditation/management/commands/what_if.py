"""Work out what a draft of the criteria would do to everybody."""

import json
from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accreditation.domain.what_if import run_what_if


class Command(BaseCommand):
    """`manage.py what_if RUN [--json]`: does the work of a run that the office started."""

    help = (
        "Rekent een berekening van het bureau door over alle professionals (wat als deze versie zou gelden).\n\n"
        "Voorbeeld: manage.py what_if 12 --json\n"
        "Einde: 0 klaar, 1 er is niets (meer) te doen, 2 verkeerd gebruikt."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Keep the lines of the help as they are."""
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("run", metavar="RUN", type=int, help="nummer van de berekening")
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work and print the counts."""
        run = run_what_if(options["run"])
        if run is None:
            raise CommandError("Er is niets (meer) te doen voor deze berekening.", returncode=1)
        counts = {key: value for key, value in run.summary.items() if not isinstance(value, list)}
        if options["json"]:
            self.stdout.write(json.dumps(counts))
            return
        for key, value in counts.items():
            self.stdout.write(f"{key}: {value}")
