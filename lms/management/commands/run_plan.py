"""Carry out one search for a plan that somebody asked for on the screen."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lms.domain.plan_runs import execute_run


class Command(BaseCommand):
    """`manage.py run_plan RUN`; started by the site itself where there are no Celery workers."""

    help = "Voert een gevraagde berekening van een plan uit. Voorbeeld: manage.py run_plan 12"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("run", type=int, metavar="RUN")

    def handle(self, *args: Any, **options: Any) -> None:
        """Search; a run that was carried out before is left alone."""
        execute_run(options["run"])
