import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from ledger.domain.audit import verify_audit


class Command(BaseCommand):
    """Recompute the audit trail's hash chain."""

    help = "Controleert de keten van het logboek. Voorbeeld: manage.py verify_audit --json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify_audit()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(verdict)))
        elif verdict.ok:
            self.stdout.write(f"In orde: {verdict.entries} regels, laatste hash {verdict.head}.")
        else:
            self.stdout.write(f"De keten breekt bij regel {verdict.first_broken}.")
        if not verdict.ok:
            raise SystemExit(1)
