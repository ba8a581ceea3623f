"""Every screen of committee and office: phone and desk, for axe, in the dark, without scripts."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.screens import WALKS
from tests.journeys.screens_committee import committee_life_screens
from tests.journeys.walk import walk_over

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.anywhere]
#: On a server these are walked over too, by the other walk: the demo is loaded once there.
OFFICE = (WALKS["commissie"], WALKS["bureau"], committee_life_screens)


def test_every_screen_of_committee_and_office(browser: Browser, site: str, settings) -> None:
    """One walk over one demo (loading it is dear); what is wrong anywhere is told together at the end."""
    settings.DEMO = True
    seen, problems = walk_over(browser, site, OFFICE)
    assert problems == [], "\n".join(["", *problems])
    assert seen > 50
