from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accreditation.domain.recognition_diagram import states_document

PAGE = "docs/recognition_states.md"


class Command(BaseCommand):
    """Draw the states of a recognition and a dossier from the code."""

    help = (
        "Schrijft docs/recognition_states.md uit de code. "
        "Voorbeeld: manage.py recognition_diagram; met --check alleen nagaan of het bestand klopt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="schrijf niets, geef 1 als het bestand achterloopt"
        )
        parser.add_argument("--to", default=PAGE, help="ander bestand dan docs/recognition_states.md")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page, or say that it is behind."""
        path = Path(settings.BASE_DIR) / options["to"]
        document = states_document()
        if options["check"]:
            if not path.exists() or path.read_text(encoding="utf-8") != document:
                raise CommandError(f"{options['to']} loopt achter. Voer uit: manage.py recognition_diagram")
            return
        path.write_text(document, encoding="utf-8")
        self.stdout.write(f"{options['to']} geschreven")
