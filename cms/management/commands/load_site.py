from typing import Any

from django.core.management.base import BaseCommand

from cms.domain.site_content import load_site


class Command(BaseCommand):
    """Make the site's own pages."""

    help = "Maakt de eigen pagina's van de site die er nog niet zijn. Voorbeeld: manage.py load_site"

    def handle(self, *args: Any, **options: Any) -> None:
        load_site()
        self.stderr.write("De pagina's van de site staan klaar.")
