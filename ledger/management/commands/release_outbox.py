import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ledger.domain.outbox import outbox_status, release_deliveries


class Command(BaseCommand):
    """Let deliveries go again after a restore; a second time changes nothing."""

    help = "Laat na een restore weer vertrekken wat wacht. Voorbeeld: manage.py release_outbox --json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """End the hold and say how much is about to leave."""
        released = release_deliveries(now=timezone.now())
        waiting = outbox_status().waiting
        if options["json"]:
            self.stdout.write(json.dumps({"released": released, "waiting": waiting}))
        else:
            self.stdout.write("vrijgegeven" if released else "er werd niets vastgehouden")
            self.stdout.write(f"wachtend: {waiting}")
