"""Every screen of every role in the demo: readable on a phone and a desk, for axe, in the dark, and without scripts."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from tests.journeys.screens import WALKS
from tests.journeys.screens_committee import committee_life_screens
from tests.journeys.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_screen_of_every_role(browser: Browser, site: str, settings) -> None:
    """One walk over one demo (loading it is dear); what is wrong anywhere is told together at the end."""
    settings.DEMO = True
    call_command("load_demo")
    walk = Walk(browser, base_url=site)
    seen = 0
    for screens in (*WALKS.values(), committee_life_screens):
        found = list(screens())
        seen += len(found)
        walk.see(found)
    assert walk.problems == [], "\n".join(["", *walk.problems])
    assert seen > 120
