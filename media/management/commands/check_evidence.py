import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from media.domain.evidence.report import EvidenceReport, check_evidence


class Command(BaseCommand):
    """Check evidence files without storing anything. Exits 1 when one may not come in, 2 on wrong use."""

    help = (
        "Controleert bewijsstukken (pdf, jpg, png, heic) en bewaart niets.\n\n"
        "Voorbeeld: manage.py check_evidence diploma.pdf --json"
    )
    requires_system_checks = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="een bewijsstuk")
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [path for path in options["files"] if not path.is_file()]
        if missing:
            raise CommandError(f"Dit bestand bestaat niet: {missing[0]}", returncode=2)
        rows = []
        for path in options["files"]:
            with path.open("rb") as file:
                rows.append((path, check_evidence(file, name=path.name)))
        if options["json"]:
            self.stdout.write(json.dumps([as_row(path, report) for path, report in rows], ensure_ascii=False))
        else:
            for path, report in rows:
                self._tell(path, report)
        if not all(report.accepted for _path, report in rows):
            raise SystemExit(1)

    def _tell(self, path: Path, report: EvidenceReport) -> None:
        verdict = f"in orde ({report.mime}, {report.pages} blz.)" if report.accepted else "niet aanvaard"
        self.stdout.write(f"{path}: {verdict}")
        for finding in report.errors:
            self.stdout.write(f"  fout {finding.code}: {finding.message}")
        for finding in report.warnings:
            self.stdout.write(f"  let op {finding.code}: {finding.message}")


def as_row(path: Path, report: EvidenceReport) -> dict[str, Any]:
    """One file of the answer, in the agreed form."""
    return {
        "file": str(path),
        "accepted": report.accepted,
        "mime": report.mime,
        "pages": report.pages,
        "errors": [{"code": item.code, "message": item.message} for item in report.errors],
        "warnings": [{"code": item.code, "message": item.message} for item in report.warnings],
    }
