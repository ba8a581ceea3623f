"""Correct names on certificates."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from accreditation.domain.corrections import ReissueReport, reissue_changed_names


class Command(BaseCommand):
    """Give a new version to each certificate whose holder changed names; the old paper then says it was replaced."""

    help = (
        "Geeft elk getuigschrift waarvan de houder van naam veranderde een nieuwe versie. Kijk eerst met --dry-run "
        "wat er zou gebeuren. Voorbeeld: manage.py reissue_certificates --since 2026-11-01 --dry-run"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", type=date.fromisoformat, help="enkel wat sinds deze dag is uitgereikt (JJJJ-MM-DD)"
        )
        parser.add_argument(
            "--templates", action="store_true", help="ook wat een ouder sjabloon heeft dan het huidige"
        )
        parser.add_argument("--dry-run", action="store_true", help="enkel tellen; niets schrijven")
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        report = reissue_changed_names(
            since=options["since"], is_preview=options["dry_run"], with_new_words=options["templates"]
        )
        self.stdout.write(
            _as_json(report, options["dry_run"]) if options["json"] else _as_text(report, options)
        )
        if report.refused:
            raise SystemExit(1)


def _as_json(report: ReissueReport, is_preview: bool) -> str:
    return json.dumps(
        {
            "dry_run": is_preview,
            "reissued": [{"replaces": row.replaces, "number": row.number} for row in report.reissued],
            "unchanged": report.unchanged,
            "refused": [{"number": number, "message": reason} for number, reason in report.refused],
        }
    )


def _as_text(report: ReissueReport, options: dict[str, Any]) -> str:
    verb = "Opnieuw uit te geven" if options["dry_run"] else "Opnieuw uitgegeven"
    lines = [f"{verb}: {len(report.reissued)}; ongewijzigd: {report.unchanged}"]
    lines += [f"  {row.replaces} -> {row.number or '...'}" for row in report.reissued]
    lines += [f"  {number} geweigerd: {reason}" for number, reason in report.refused]
    return "\n".join(lines)
