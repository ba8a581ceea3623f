import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from people.domain.digest import send_digests


class Command(BaseCommand):
    """Send today's digests; for installations without Celery beat."""

    help = (
        "Zet de dagmail klaar voor wie iets te weten heeft, hoogstens één per dag. "
        "Voorbeeld: manage.py send_digests --json"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Queue the mails and say how many."""
        queued = send_digests()
        self.stdout.write(
            json.dumps({"queued": queued}) if options["json"] else f"{queued} dagmails klaargezet"
        )
