import json
import re
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from ledger.domain.audit import verify_audit


def number_and_hash(text: str) -> tuple[int, str]:
    """An entry's number and its hash as the daily mail gives them. Raises ArgumentTypeError."""
    found = re.fullmatch(r"([1-9][0-9]*):([0-9a-f]{64})", text.strip().lower())
    if found is None:
        raise ArgumentTypeError(
            "geef NUMMER:HASH zoals in de mail van de dag, bijvoorbeeld 1200:4f2a… (64 tekens)"
        )
    return int(found[1]), found[2]


class Command(BaseCommand):
    """Recompute the audit trail's hash chain; with --known also compare it with hashes that were kept elsewhere."""

    help = (
        "Controleert de keten van het logboek. Voorbeeld: manage.py verify_audit --json, "
        "of met wat een mail van vroeger zei: manage.py verify_audit --known 1200:4f2a…"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--known",
            type=number_and_hash,
            action="append",
            default=[],
            metavar="NUMMER:HASH",
            help="een regel uit de mail van een dag; mag meer keren",
        )
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify_audit(known=dict(options["known"]))
        if options["json"]:
            self.stdout.write(json.dumps(asdict(verdict)))
        elif verdict.ok:
            self.stdout.write(f"In orde: {verdict.entries} regels, laatste hash {verdict.head}.")
        else:
            self.stdout.write(f"De keten breekt bij regel {verdict.first_broken}.")
        if not verdict.ok:
            raise SystemExit(1)
