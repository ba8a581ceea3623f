import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from demo.acts.cohort_life import live_around_cohorts
from demo.acts.cohorts import hold_cohorts
from demo.acts.committee import meet_as_committee
from demo.acts.criteria import think_ahead, welcome_newcomers
from demo.acts.dossiers import apply_for_recognition
from demo.acts.duty import check_a_sample, license_in_house, license_people, meet_as_network, run_the_clock
from demo.acts.intervision import meet
from demo.acts.learning import follow_online_course
from demo.acts.packages import bring_packages
from demo.acts.people import make_organisations, make_people
from demo.acts.planning import plan_programme
from demo.acts.portfolio import keep_portfolios
from demo.acts.proof import choose_words, issue_attendance, license_trainer
from demo.acts.registers import grant_points, report_to_registers
from demo.acts.social_map import know_a_partner
from demo.clock import at, begin, moment
from ledger.api import drain, hold_deliveries
from people.models import User

LONG_AGO = -500


class Command(BaseCommand):
    """Fill an empty installation with the demo."""

    help = "Vult een lege installatie met de demo. Voorbeeld: DEMO=1 manage.py load_demo"

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the acts in order; refuses outside a demo and on data that are there already."""
        if not (settings.DEMO or settings.TESTING):
            raise CommandError("Alleen in de demo (DEMO=1).")
        if User.objects.exists():
            self.stderr.write("Er zijn al mensen: de demo laat alles zoals het is.")
            return
        begin()
        with hold_deliveries():
            with at(moment(LONG_AGO)):
                self._act("pagina's van de site", lambda: call_command("load_site", stderr=self.stderr))
                self._act("cursussen", lambda: call_command("load_content", stdout=self.stderr))
                self._act("punten van cursussen", grant_points)
                self._act("organisaties en mensen", _people)
                self._act("woorden op papier", choose_words)
                self._act("licenties en pool", license_people)
            with at(moment(-6, 10)):
                self._act("leerpakketten", bring_packages)
            self._act("online cursus", follow_online_course)
            self._act("groepen en aanwezigheid", hold_cohorts)
            self._act("plaatsen, berichten, meningen", live_around_cohorts)
            self._act("registers van beroepen", report_to_registers)
            self._act("intervisie", meet)
            self._act("plicht van teams, steekproef, netwerkmomenten", _together)
            self._act("dossiers, commissie, erkenningen", apply_for_recognition)
            self._act("vergadering, bezwaar, leven van erkenningen", meet_as_committee)
            self._act("criteria van morgen", _ahead)
            self._act("licentie van de trainer", license_trainer)
            self._act("aanwezigheid van een groep", issue_attendance)
            self._act("partner die het hoort", know_a_partner)
            self._act("mappen, verklaringen, labels", keep_portfolios)
        self._act("plan van een programma", plan_programme)
        self._act("trainer in het eigen team", license_in_house)
        self._act("getuigschriften en feed", _deliver)

    def _act(self, name: str, play: Callable[[], object]) -> None:
        started = time.perf_counter()
        play()
        self.stderr.write(f"    {name}: {time.perf_counter() - started:.1f} s")


def _ahead() -> None:
    think_ahead()
    welcome_newcomers()


def _together() -> None:
    run_the_clock()
    check_a_sample()
    meet_as_network()


def _people() -> None:
    make_organisations()
    make_people()


def _deliver() -> None:
    """Make what the past promised. Its mails were long sent: the demo does not send them today."""
    from ledger.models import OutboxEvent

    OutboxEvent.objects.waiting().filter(topic__in=("mail", "account_mail")).update(
        delivered_at=timezone.now()
    )
    drain()
