"""The planner where there is nothing yet and where something is filled in wrong, in a real browser."""

import pytest
from django.urls import reverse

from people.api import Role
from tests.browser import look_at_both_widths, sign_in_by_cookie
from tests.factories.lms_cohorts import ensure_site
from tests.factories.people import user_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_no_plans_yet_and_a_form_that_is_filled_in_wrong(browser_page):
    page = browser_page
    ensure_site()
    sign_in_by_cookie(page, user_with(Role.NETWORK_STAFF))
    page.goto(reverse("lms:plans"))
    look_at_both_widths(page, "planner-empty")
    page.goto(reverse("lms:plan_create"))
    name = page.get_by_label("Naam van het programma")
    name.fill("Najaar in heel Vlaanderen, met alle mobiele crisisteams samen")
    page.get_by_label("Van", exact=True).fill("2030-05-01")
    page.get_by_label("Tot en met", exact=True).fill("2030-04-01")
    page.get_by_label("Dagen waarop niets kan").fill("kerstvakantie")
    page.locator("main form button[type=submit]").last.click()
    page.locator(".field__error, .alert").first.wait_for()
    assert name.input_value().startswith("Najaar in heel Vlaanderen")
    assert page.get_by_label("Dagen waarop niets kan").input_value() == "kerstvakantie"
    look_at_both_widths(page, "planner-errors")
