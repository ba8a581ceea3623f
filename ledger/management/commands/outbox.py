import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ledger.domain.outbox import drain, outbox_status, retry_failed


class Command(BaseCommand):
    """Show or deliver what waits in the outbox; `retry` lets what was given up be tried anew."""

    help = (
        "Toont of verstuurt wat in de postbus wacht; retry zet wat opgegeven werd weer in de rij. "
        "Voorbeeld: manage.py outbox status --json"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=("status", "drain", "retry"))
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "drain":
            self.stderr.write(f"{drain()} verstuurd")
        elif options["action"] == "retry":
            self.stderr.write(f"{retry_failed(now=timezone.now())} opnieuw in de rij")
        status = outbox_status()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(status)))
        else:
            self.stdout.write(
                f"wachtend: {status.waiting}, opgegeven: {status.failed}, oudste: {status.oldest_seconds} s"
                + (", VASTGEHOUDEN tot release_outbox" if status.held else "")
            )
