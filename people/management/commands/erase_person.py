import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people.domain.erasure import erase_person, erasure_refusals, rehearse_erasure
from people.exceptions import ErasureError
from people.models import User


class Command(BaseCommand):
    """Erase one person, with a checklist. Exits 1 when something has to be ended first, or for nobody's number."""

    help = (
        "Wist één persoon en toont de checklist: wat weg is, wat leeg is, en wat blijft en waarom. "
        "Voorbeeld: manage.py erase_person 12 --rehearse --json"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", type=int, metavar="ID", help="nummer van de persoon")
        parser.add_argument(
            "--rehearse", action="store_true", help="toon wat er zou gebeuren, verander niets"
        )
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or rehearse it, and show the checklist."""
        number = options["person"]
        refused: tuple[str, ...] = ()
        try:
            if options["rehearse"]:
                if not User.objects.filter(pk=number).exists():
                    raise ErasureError("Deze persoon bestaat niet.")
                lines, refused = rehearse_erasure(user_id=number), erasure_refusals(number)
            else:
                lines = erase_person(user_id=number, by=None)
        except ErasureError as error:
            raise CommandError(str(error), returncode=1) from error
        if options["json"]:
            facts = {
                "person": number,
                "erased": not options["rehearse"],
                "refused": list(refused),
                "checklist": [asdict(line) for line in lines],
            }
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        else:
            words = {"deleted": "gewist", "blanked": "leeggemaakt", "kept": "blijft", "done": "gedaan"}
            for line in lines:
                why = f" ({line.why})" if line.why else ""
                self.stdout.write(f"[x] {line.part}: {line.count} {words[line.what]}{why}")
        for reason in refused:
            self.stderr.write(reason)
        if refused:
            raise SystemExit(1)
