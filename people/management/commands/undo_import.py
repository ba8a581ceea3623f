import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from people.domain.intake.applying import undo_batch
from people.exceptions import IntakeError


class Command(BaseCommand):
    """Take back a whole list of people. Exits 1 when that cannot be."""

    help = (
        "Draait een ingelezen lijst terug: ongebruikte accounts gaan weg, wat werd ingevuld wordt weer leeg. "
        "Wat mensen intussen zelf deden, blijft. Voorbeeld: manage.py undo_import 12 --json"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, metavar="ID", help="nummer van de lijst")
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it back and say what went and what stays."""
        try:
            undone = undo_batch(batch_id=options["batch"], actor=None)
        except IntakeError as error:
            if options["json"]:
                self.stdout.write(json.dumps({"code": error.code, "message": error.message}))
            self.stderr.write(error.message)
            raise SystemExit(1) from error
        if options["json"]:
            self.stdout.write(json.dumps({"import": options["batch"], **asdict(undone)}))
        else:
            self.stdout.write(
                f"{undone.removed} accounts weg, {undone.restored} hersteld, {undone.kept} bleven: intussen gebruikt"
            )
