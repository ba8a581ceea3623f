"""Make groups and dates for a programme from a file, or for a built-in case."""

import json
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from lms.domain.planning.cases import CASES
from lms.domain.planning.fields import PlanningInputError
from lms.domain.planning.problem import Problem
from lms.domain.planning.reading import read_problem
from lms.domain.planning.solving import Progress, solve
from lms.domain.planning.summary import as_document

MOST_BYTES = 5_000_000


class Command(BaseCommand):
    """`manage.py plan_programme FILE.yaml | --case crisis_teams [--seconds N] [--json]`; writes nothing."""

    help = (
        "Maakt groepen, data, trainers, zalen en intervisie voor een programma.\n\n"
        "Voorbeeld: manage.py plan_programme --case crisis_teams --json\n"
        "           manage.py plan_programme voorjaar.yaml --seconds 120\n"
        "Einde: 0 een plan, 1 er is geen plan of het bestand klopt niet, 2 verkeerd gebruikt. Schrijft niets."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Keep the lines of the help as they are."""
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("file", metavar="FILE.yaml", nargs="?", help="de vraag, zie docs/planner.md")
        source.add_argument("--case", choices=sorted(CASES), help="een ingebouwde vraag")
        parser.add_argument("--seconds", type=float, default=60.0, help="hoogstens zo lang (standaard 60)")
        parser.add_argument("--workers", type=int, default=2, help="rekenkernen (standaard 2)")
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, solve and print."""
        if options["seconds"] <= 0 or options["workers"] < 1:
            raise CommandError("--seconds en --workers moeten groter zijn dan nul", returncode=2)
        with translation.override("nl-be"):
            problem = self._problem(options)
            outcome = solve(
                problem, seconds=options["seconds"], workers=options["workers"], report=self._tell
            )
            document = as_document(problem, outcome)
        if options["json"]:
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))
        else:
            self._print(document)
        if not document["feasible"]:
            raise CommandError("Er is geen plan dat aan alle regels voldoet.", returncode=1)

    def _problem(self, options: dict[str, Any]) -> Problem:
        if options["case"]:
            return read_problem(CASES[options["case"]]())
        path = Path(options["file"])
        try:
            if path.stat().st_size > MOST_BYTES:
                raise CommandError("Het bestand is groter dan 5 MB.", returncode=1)
            data = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, ValueError, yaml.YAMLError, RecursionError) as error:
            raise CommandError(f"{path}: het bestand is niet te lezen: {error}", returncode=1) from error
        try:
            return read_problem(data)
        except PlanningInputError as error:
            raise CommandError("\n".join(error.problems), returncode=1) from error

    def _tell(self, progress: Progress) -> None:
        words = progress.step
        if progress.plan is not None:
            words += f" {progress.plan.cost} (kan niet onder {progress.plan.bound})"
        self.stderr.write(f"  {100 * progress.share:3.0f} % {words}")

    def _print(self, document: dict[str, Any]) -> None:
        for group in document["groups"]:
            days = ", ".join(f"{day['date']} {day['half']}" for day in group["days"])
            trainers = ", ".join(group["trainers"])
            self.stdout.write(
                f"{group['id']:<14} {days:<42} {group['room']:<10} {group['size']:>3}  {trainers}"
            )
        for one in document["intervision"]:
            self.stdout.write(
                f"intervisie {one['team']:<14} +{one['months_after']} m {one['date']} {one['expert']}"
            )
        self.stdout.write(f"trainerdagen: {document['trainer_days']:g}")
        for line in document["explanation"]:
            self.stdout.write(line)
