"""Every screen of visitors, professionals and trainers: phone and desk, for axe, in the dark, without scripts.

On that same demo, and last: everything that runs by the clock, by two clocks at once (fault model, row 3).
"""

import pytest
from playwright.sync_api import Browser

from tests.browser import LOOKS
from tests.journeys.clock import differences_of_two_clocks
from tests.journeys.screens import WALKS
from tests.journeys.test_screens_office import OFFICE
from tests.journeys.walk import walk_over

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_screen_of_those_who_learn_and_teach(browser: Browser, site: str, settings) -> None:
    """One walk over one demo (loading it is dear); what is wrong anywhere is told together at the end."""
    settings.DEMO = True
    walks = [WALKS[who] for who in ("bezoeker", "deelnemer", "professionals", "begeleiding")]
    seen, problems = walk_over(browser, site, walks if LOOKS else [*walks, *OFFICE])
    assert problems == [], "\n".join(["", *problems])
    assert seen > 60
    assert differences_of_two_clocks() == []
