"""The main job, once through: from sign-up to the flag on the social map, and its withdrawal. Screens only."""

from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Browser

from accreditation.enums import CertificateKind
from accreditation.models import (
    Certificate,
    Decision,
    DossierRound,
    Opinion,
    Recognition,
)
from ledger.domain.audit import verify_audit
from ledger.domain.outbox import outbox_status
from lms.models import (
    Attendance,
)
from people.enums import Role
from tests.factories.people import OrganisationFactory, ProfileFactory, UserFactory, user_with
from tests.journeys.hands import Hands, Post, wait_until
from tests.journeys.house import EMAIL, House
from tests.journeys.steps_dossier import gathers_and_hands_in, is_judged
from tests.journeys.steps_flag import flag_goes, flag_shows, is_recognised
from tests.journeys.steps_learning import learns, shows_certificate, signs_up
from tests.journeys.steps_together import is_there, meets_peers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(site) -> House:
    """The real site, the real courses, and the people who work with them."""
    call_command("load_site", verbosity=0)
    call_command("load_content", verbosity=0)
    employer = OrganisationFactory(name="Vroedvrouwenpraktijk De Kring", slug="de-kring")
    tied = user_with(Role.COMMITTEE_MEMBER, first_name="Esdoorn", last_name="Takkenbos")
    ProfileFactory(user=tied, employer=employer)
    members = []
    for first, last in (("Iris", "Boomkruin"), ("Viool", "Beekloop"), ("Heide", "Maanlicht")):
        member = user_with(Role.COMMITTEE_MEMBER, first_name=first, last_name=last)
        ProfileFactory(user=member)
        members.append(member)
    peers = [UserFactory(first_name="Peer", last_name=f"Takje-{number}") for number in range(3)]
    return House(
        trainer=user_with(Role.TRAINER, first_name="Linde", last_name="Vogelzang"),
        office=user_with(Role.NETWORK_STAFF, first_name="Vlier", last_name="Zonnewende"),
        tied=tied,
        members=members,
        peers=peers,
    )


def test_from_sign_up_to_flag_and_withdrawal(
    browser: Browser, site: str, house: House, tasks_run: str, tmp_path: Path
) -> None:
    post = Post(tmp_path / "mail")
    newcomer = Hands(browser, site, email=EMAIL)
    signs_up(newcomer, post)
    learns(newcomer)
    shows_certificate(newcomer, site)
    is_there(browser, site, newcomer, house)
    meets_peers(browser, site, newcomer, house)
    gathers_and_hands_in(browser, site, newcomer, house, tmp_path)
    is_judged(browser, site, house)
    recognition = is_recognised(newcomer, post)
    flag_shows(newcomer, recognition)
    flag_goes(browser, site, newcomer, house, recognition, post)
    newcomer.leave()
    _books_are_right()
    assert bool(mail.outbox) == (tasks_run == "embedded"), "a real worker sends the mails itself"


def _books_are_right() -> None:
    """One of each, an unbroken audit trail, and nothing left in the outbox."""
    kinds = sorted(Certificate.objects.values_list("kind", flat=True))
    assert kinds == [CertificateKind.COURSE, CertificateKind.RECOGNITION]
    recognition = Recognition.objects.get()
    assert recognition.withdrawn_at is not None
    counts = (DossierRound, Opinion, Decision, Attendance)
    assert [model.objects.count() for model in counts] == [1, 2, 1, 1]
    verdict = verify_audit()
    assert verdict.ok and verdict.entries > 40
    wait_until(lambda: outbox_status().waiting == 0, what="an empty outbox")
    assert outbox_status().failed == 0
