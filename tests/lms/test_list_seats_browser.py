"""The screens that give everybody on a list a seat, on a phone and on a desk."""

import pytest
from django.urls import reverse

from people.api import Role
from tests.browser import look_at_both_widths, sign_in_by_cookie
from tests.factories.lms_cohorts import enrolled
from tests.factories.people import user_with
from tests.lms.test_list_seats import brought_in, coming

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "adelheid-maria.van-den-broeck-vandenberghe-vanderstraeten@een-heel-lange-naam-voor-een-school.voorbeeld.test"


def test_from_list_to_group(browser_page):
    page, staff = browser_page, user_with(Role.NETWORK_STAFF)
    other, cohort = coming(name="Herfstreeks"), coming(capacity=2, name="Lentereeks")
    sign_in_by_cookie(page, staff)
    page.goto(reverse("lms:cohort", args=[cohort.pk]))
    look_at_both_widths(page, "group-offers-lists")
    page.get_by_role("link", name="Voeg een hele lijst toe").click()
    look_at_both_widths(page, "group-lists-empty")
    enrolled(other, email="bezet@voorbeeld.test", first_name="Bo", last_name="Bezet")
    brought_in("bezet@voorbeeld.test", LONG, "c@voorbeeld.test", "d@voorbeeld.test", name="kort.csv")
    brought_in(LONG, name="een-lijst-met-een-heel-lange-naam-van-de-opleidingsdag-in-de-lente-van-2027.csv")
    page.reload()
    look_at_both_widths(page, "group-lists")
    page.get_by_role("link", name="kort.csv").click()
    look_at_both_widths(page, "group-list-too-many")
    page.get_by_role("button", name="Geef hen een plaats").click()
    page.get_by_text("Deze mensen kregen nog geen plaats").wait_for()
    look_at_both_widths(page, "group-list-refused")
    page.get_by_role("link", name="Terug naar de groep").click()
    page.get_by_role("heading", name="Wachtlijst").wait_for()
    assert cohort.enrolments.count() == 2
