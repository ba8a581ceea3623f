"""Issue the certificates of intervision hours of a year, after a preview."""

import json
from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accreditation.domain.bulk_issue import issue_plan, plan_hours
from accreditation.exceptions import CertificateError


class Command(BaseCommand):
    """`manage.py issue_certificates hours --year 2026 [--confirm N] [--json]`."""

    help = (
        "Reikt voor een jaar de getuigschriften van bevestigde uren intervisie en supervisie uit, in twee stappen:\n"
        "zonder --confirm zie je alleen wie er een krijgt; herhaal dan het getal om het echt te doen.\n\n"
        "Voorbeeld: manage.py issue_certificates hours --year 2026\n"
        "           manage.py issue_certificates hours --year 2026 --confirm 42\n"
        "Einde: 0 gelukt, 1 het getal klopt niet meer, 2 verkeerd gebruikt. Tweemaal uitreiken kan niet."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Keep the lines of the help as they are."""
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("what", choices=("hours",), help="uren intervisie en supervisie")
        parser.add_argument("--year", type=int, required=True, help="kalenderjaar")
        parser.add_argument("--confirm", type=int, metavar="N", help="het aantal uit het overzicht")
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Preview, or issue when the number is said back."""
        plan = plan_hours(year=options["year"])
        issued = 0
        if options["confirm"] is not None:
            try:
                issued = issue_plan(plan, confirmed=options["confirm"])
            except CertificateError as error:
                raise CommandError(str(error), returncode=1) from error
        answer = {
            "due": len(plan.due),
            "issued": issued,
            "standing": plan.standing,
            "nameless": list(plan.nameless),
        }
        if options["json"]:
            self.stdout.write(json.dumps(answer))
            return
        if options["confirm"] is None:
            for each in plan.due:
                self.stdout.write(f"  {each.name}: {each.facts['hours']} uur")
        self.stdout.write(
            f"uitgereikt: {issued}; te doen: {len(plan.due) - issued}; al uitgereikt: {plan.standing}; "
            f"zonder naam: {len(plan.nameless)}"
        )
