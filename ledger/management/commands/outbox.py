import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from ledger.domain.outbox import drain, outbox_status


class Command(BaseCommand):
    """Show or deliver what waits in the outbox."""

    help = "Toont of verstuurt wat in de postbus wacht. Voorbeeld: manage.py outbox status --json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=("status", "drain"))
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "drain":
            self.stderr.write(f"{drain()} verstuurd")
        status = outbox_status()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(status)))
        else:
            self.stdout.write(
                f"wachtend: {status.waiting}, opgegeven: {status.failed}, oudste: {status.oldest_seconds} s"
                + (", VASTGEHOUDEN tot release_outbox" if status.held else "")
            )
