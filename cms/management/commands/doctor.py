import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from cms.domain.doctor import examine


class Command(BaseCommand):
    """Says what is in order and how to mend what is not."""

    help = "Kijkt alle onderdelen na. Voorbeeld: manage.py doctor --json"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 1 when any part is not in order."""
        findings = examine()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in findings]))
        else:
            for finding in findings:
                word = "in orde" if finding.ok else "TE DOEN"
                self.stdout.write(f"{finding.part:16} {word:8} {finding.detail}  {finding.fix}".rstrip())
        if not all(finding.ok for finding in findings):
            raise SystemExit(1)
