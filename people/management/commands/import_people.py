import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from people.domain.intake.applying import apply_batch
from people.domain.intake.rows import message_of
from people.domain.intake.staging import counts_of, stage_file
from people.enums import ImportFate
from people.exceptions import IntakeError
from people.models import ImportBatch, Team


class Command(BaseCommand):
    """Bring in people from a CSV file. Exits 1 when the file, or every row of it, was refused."""

    help = (
        "Leest mensen in uit een CSV-bestand (komma of puntkomma; UTF-8, Latin-1 of UTF-16). "
        "Kolommen: e-mail, voornaam, achternaam, en als je wilt beroep, regio, organisatie. "
        "Voorbeeld: manage.py import_people mensen.csv --team team-takje --dry-run --json"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.csv", help="het bestand")
        parser.add_argument("--team", metavar="SLUG", help="maak iedereen lid van dit team")
        parser.add_argument("--dry-run", action="store_true", help="toon wat er zou gebeuren, bewaar niets")
        parser.add_argument(
            "--with-namesakes",
            action="store_true",
            help="maak ook een account voor wie heet zoals iemand die er al is",
        )
        parser.add_argument("--invite", action="store_true", help="stuur nieuwe mensen een uitnodiging")
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, and do it unless it is a dry run; a dry run leaves nothing behind."""
        try:
            batch = self._work(options)
        except IntakeError as error:
            self._refuse(error, as_json=options["json"])
        if batch:
            raise SystemExit(batch)

    def _work(self, options: dict[str, Any]) -> int:
        team = None
        if options["team"]:
            team = Team.objects.filter(slug=options["team"]).first()
            if team is None:
                raise IntakeError("team_unknown", "Dit team bestaat niet. Kijk de slug na.")
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"{path}: dit bestand is er niet.", returncode=2)
        with path.open("rb") as file, transaction.atomic():
            batch = stage_file(file=file, file_name=path.name, actor=None, team=team)
            if not options["dry_run"]:
                batch = apply_batch(
                    batch_id=batch.pk,
                    actor=None,
                    with_namesakes=options["with_namesakes"],
                    invite=options["invite"],
                )
            counts = counts_of(batch)
            if options["json"]:
                for piece in _document(batch, counts, is_dry=options["dry_run"]):
                    self.stdout.write(piece, ending="")
                self.stdout.write("")
            else:
                self._tell(batch, counts, is_dry=options["dry_run"])
            transaction.set_rollback(options["dry_run"])
        taken = counts["create"] + counts["update"] + counts["unchanged"]
        return 1 if counts["refused"] and not taken else 0

    def _tell(self, batch: ImportBatch, counts: dict[str, int], *, is_dry: bool) -> None:
        for fate in ImportFate:
            self.stdout.write(f"{counts[fate.value]} {fate.label}")
        for row in _rows(batch, ImportFate.REFUSED, ImportFate.DUPLICATE):
            self.stderr.write(f"rij {row.number}, {row.field or 'rij'}: {message_of(row.code)}")
        if is_dry:
            self.stdout.write("Er is niets bewaard (--dry-run).")
        else:
            self.stdout.write(f"Lijst {batch.pk}. Terugdraaien: manage.py undo_import {batch.pk}")

    def _refuse(self, error: IntakeError, *, as_json: bool) -> None:
        if as_json:
            refused = [{"row": 0, "field": "", "code": error.code, "message": error.message}]
            facts = {"created": 0, "updated": 0, "unchanged": 0, "refused": refused, "duplicates": []}
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        self.stderr.write(error.message)
        raise SystemExit(1)


def _rows(batch: ImportBatch, *fates: ImportFate) -> Iterator[Any]:
    return iter(batch.rows.filter(fate__in=fates).order_by("number").iterator(chunk_size=1000))


def _document(batch: ImportBatch, counts: dict[str, int], *, is_dry: bool) -> Iterator[str]:
    """One JSON document in pieces: a list of a hundred thousand refusals is never in memory as a whole."""
    head = {
        "import": None if is_dry else batch.pk,
        "created": counts["create"],
        "updated": counts["update"],
        "unchanged": counts["unchanged"],
    }
    yield json.dumps(head)[:-1]
    for name, fate in (("refused", ImportFate.REFUSED), ("duplicates", ImportFate.DUPLICATE)):
        yield f', "{name}": ['
        for place, row in enumerate(_rows(batch, fate)):
            facts = {
                "row": row.number,
                "field": row.field,
                "code": row.code,
                "message": message_of(row.code),
            }
            yield (", " if place else "") + json.dumps(facts, ensure_ascii=False)
        yield "]"
    yield "}"
