"""A lesson and its check on a phone: readable, saved while working, safe from an expired session."""

import pytest

from lms.models import CheckAttempt, Enrolment, Reflection
from tests.browser import look, look_at_both_widths, new_context, sign_in_by_cookie
from tests.factories.lms import make_learner, make_learning_course
from tests.factories.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BASE = "/mijn/leren/kleine-signalen/"
CHECK = f"{BASE}les-3/toets/kleine-signalen-toets/"
SAVED = "[data-autosave-status][data-tone=saved]"


@pytest.fixture
def enrolment(site):
    make_learning_course()
    return make_learner()


def answer_all(page, option="a"):
    for number in range(1, 6):
        page.check(f"input[name=vraag-vraag-{number}][value={option}]")
    if option == "a":
        page.check("input[name=vraag-vraag-5][value=c]")


def test_from_first_lesson_to_completed_course(browser_page, enrolment):
    page = browser_page
    sign_in_by_cookie(page, enrolment.person)
    page.goto(BASE)
    look_at_both_widths(page, "leren-cursus-begin")
    page.get_by_role("link", name="Begin met de eerste les").click()
    look_at_both_widths(page, "leren-les")
    page.get_by_role("button", name="Klaar, ga verder").click()
    page.wait_for_url(f"**{BASE}les-2/")

    page.fill("textarea", "Hij keek even weg en toen naar mij.")
    page.wait_for_selector(SAVED)
    look(page, "leren-reflectie")
    assert Reflection.objects.get().text == "Hij keek even weg en toen naar mij."
    page.get_by_role("button", name="Klaar, ga verder").click()
    page.wait_for_url(f"**{BASE}les-3/")

    page.locator(".action-bar").get_by_role("link", name="Maak de toets").click()
    page.check("input[name=vraag-vraag-1][value=b]")
    page.wait_for_selector(SAVED)
    look_at_both_widths(page, "leren-toets")
    page.get_by_role("button", name="Dien in").click()
    page.wait_for_selector(".error-summary")
    look(page, "leren-toets-open-vragen")
    assert page.is_checked("input[name=vraag-vraag-1][value=b]")
    answer_all(page, "b")
    page.get_by_role("button", name="Dien in").click()
    page.wait_for_url("**?poging=1")
    look_at_both_widths(page, "leren-toets-opnieuw")
    page.get_by_role("link", name="Probeer opnieuw").click()
    answer_all(page)
    page.get_by_role("button", name="Dien in").click()
    page.wait_for_url("**?poging=2")
    look_at_both_widths(page, "leren-toets-geslaagd")
    page.get_by_role("button", name="Klaar, ga verder").click()
    page.wait_for_url(f"**{BASE}")
    look_at_both_widths(page, "leren-cursus-klaar")
    assert Enrolment.objects.get().completed_at is not None
    assert CheckAttempt.objects.count() == 2


def test_whole_way_without_javascript(browser, site, enrolment):
    context = new_context(browser, base_url=site, javascript=False)
    page = context.new_page()
    sign_in_by_cookie(page, enrolment.person)
    page.goto(f"{BASE}les-2/")
    page.fill("textarea", "Zonder script.")
    page.get_by_role("button", name="Bewaar").click()
    assert page.input_value("textarea") == "Zonder script."
    page.goto(CHECK)
    answer_all(page)
    page.get_by_role("button", name="Dien in").click()
    page.wait_for_selector("h1:has-text('Geslaagd')")
    for lesson in ("les-1", "les-2"):
        page.goto(f"{BASE}{lesson}/")
        page.get_by_role("button", name="Klaar, ga verder").click()
    page.goto(f"{CHECK}?poging=1")
    page.get_by_role("button", name="Klaar, ga verder").click()
    page.wait_for_selector("main:has-text('Je rondde deze cursus af')")
    context.close()


def test_expired_session_loses_no_word(browser_page, enrolment):
    page = browser_page
    sign_in_by_cookie(page, enrolment.person)
    page.goto(f"{BASE}les-2/")
    page.context.clear_cookies(name="sessionid")
    page.fill("textarea", "Dit mag niet verloren gaan.")
    page.get_by_role("link", name="Meld je opnieuw aan").click()
    page.fill("input[name=login]", enrolment.person.email)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(f"**{BASE}les-2/")
    assert page.input_value("textarea") == "Dit mag niet verloren gaan."
    page.wait_for_selector(SAVED)
    assert Reflection.objects.get().text == "Dit mag niet verloren gaan."


def test_lost_connection_is_told_and_made_good(browser_page, enrolment):
    page = browser_page
    sign_in_by_cookie(page, enrolment.person)
    page.goto(CHECK)
    page.route("**/antwoord/", lambda route: route.abort())
    page.check("input[name=vraag-vraag-1][value=a]")
    page.wait_for_selector("[data-autosave-status][data-tone=waiting]")
    page.unroute("**/antwoord/")
    page.wait_for_selector(SAVED)
    assert CheckAttempt.objects.get().answers == {"vraag-1": ["a"]}
