import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from media.domain.packages.inspect import inspect_package
from media.domain.packages.report import LibrarySpec, PackageReport
from media.domain.queries.packages import known_libraries


class Command(BaseCommand):
    """Check learning packages without storing anything. Exits 1 when one may not come in, 2 on wrong use."""

    help = (
        "Controleert leerpakketten (H5P, SCORM, cmi5) en bewaart niets.\n\n"
        "Voorbeeld: manage.py check_package oefening.h5p --json"
    )
    requires_system_checks = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="een .h5p- of .zip-bestand")
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [path for path in options["files"] if not path.is_file()]
        if missing:
            raise CommandError(f"Dit bestand bestaat niet: {missing[0]}", returncode=2)
        known = self._known()
        rows = []
        for path in options["files"]:
            with path.open("rb") as file:
                rows.append((path, inspect_package(file, known=known)))
        if options["json"]:
            self.stdout.write(json.dumps([as_row(path, report) for path, report in rows], ensure_ascii=False))
        else:
            for path, report in rows:
                self._tell(path, report)
        if not all(report.accepted for _path, report in rows):
            raise SystemExit(1)

    def _known(self) -> list[LibrarySpec]:
        """Libraries that this installation approved; without a database a package must bring its own."""
        try:
            return known_libraries()
        except DatabaseError:
            self.stderr.write("Geen databank: goedgekeurde bibliotheken tellen nu niet mee.")
            return []

    def _tell(self, path: Path, report: PackageReport) -> None:
        verdict = "in orde" if report.accepted else "niet aanvaard"
        self.stdout.write(f"{path}: {verdict} ({report.kind or 'onbekend'}) {report.title}")
        for finding in report.errors:
            self.stdout.write(f"  fout {finding.code}: {finding.message}")
        for finding in report.warnings:
            self.stdout.write(f"  let op {finding.code}: {finding.message}")


def as_row(path: Path, report: PackageReport) -> dict[str, Any]:
    """One file of the answer, in the agreed form."""
    return {
        "file": str(path),
        "accepted": report.accepted,
        "kind": report.kind,
        "title": report.title,
        "errors": [{"code": item.code, "message": item.message} for item in report.errors],
        "warnings": [{"code": item.code, "message": item.message} for item in report.warnings],
        "main_library": report.main_library,
        "libraries": [
            {
                "name": spec.ref.machine_name,
                "version": spec.version,
                "state": spec.state or "new",
                "hash": spec.content_hash,
            }
            for spec in report.libraries
        ],
        "size": report.size,
        "files": report.file_count,
        "remote_hosts": list(report.remote_hosts),
        "csp_relaxations": list(report.csp_relaxations),
        "sha256": report.sha256,
    }
