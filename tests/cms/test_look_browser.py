"""The look in a real browser: axe, no sideways scrolling, light and dark, with and without JavaScript."""

import pytest

from people.enums import Role
from tests.browser import WIDTHS, look, new_context, sign_in_by_cookie, watch_console
from tests.factories.people import PASSWORD, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPEN_PAGES = {
    "aanmelden": "/account/login/",
    "account-maken": "/account/signup/",
    "wachtwoord-vergeten": "/account/password/reset/",
    "niet-gevonden": "/hier-is-niets/",
}
ACCOUNT_PAGES = {
    "account-email": "/account/email/",
    "account-wachtwoord": "/account/password/change/",
    "account-tweede-stap": "/account/2fa/",
    "account-sessies": "/account/sessions/",
    "account-afmelden": "/account/logout/",
    "account-nagaan": "/account/2fa/totp/activate/",
}


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def screens(browser, site, theme, *, javascript=True):
    """A page at each width in one colour scheme, failing on script errors."""
    for width in WIDTHS:
        context = new_context(browser, base_url=site, width=width, javascript=javascript)
        page = context.new_page()
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        errors = watch_console(page)
        yield page
        context.close()
        assert errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_style_page_has_no_violations(browser, site, theme):
    author = UserFactory(roles=[Role.ADMINISTRATOR], is_superuser=True, is_staff=True)
    for page in screens(browser, site, theme):
        sign_in_by_cookie(page, author)
        page.goto("/beheer/stijl/")
        look(page, f"stijl-{theme}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_open_pages_have_no_violations(browser, site, demo, theme):
    for page in screens(browser, site, theme):
        for name, path in OPEN_PAGES.items():
            page.goto(path)
            look(page, f"{name}-{theme}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_account_pages_have_no_violations(browser, site, theme):
    person = UserFactory(roles=[Role.TRAINER])
    for page in screens(browser, site, theme):
        sign_in_by_cookie(page, person)
        for name, path in ACCOUNT_PAGES.items():
            page.goto(path)
            look(page, f"{name}-{theme}")


def test_sign_in_page_works_without_javascript(browser, site, demo):
    UserFactory(email="deelnemer@demo.nestwerk.test")
    for page in screens(browser, site, "light", javascript=False):
        page.goto("/account/login/")
        assert page.locator("main").get_by_text("nest-aan-het-water").is_visible()
        page.locator("input[name=login]").fill("deelnemer@demo.nestwerk.test")
        page.locator("input[name=password]").fill("verkeerd")
        page.get_by_role("main").get_by_role("button", name="Meld je aan").first.click()
        page.locator(".error-summary").wait_for()
        assert page.locator("input[name=login]").input_value() == "deelnemer@demo.nestwerk.test"


def test_menu_opens_without_javascript(browser, site):
    context = new_context(browser, base_url=site, javascript=False)
    page = context.new_page()
    page.goto("/account/login/")
    page.locator("details.menu--small > summary").click()
    assert page.locator("details.menu--small").get_by_role("link", name="Cursussen").is_visible()
    context.close()


def test_demo_account_fills_the_sign_in_form(browser_page, demo):
    browser_page.goto("/account/login/")
    browser_page.locator("main .account").filter(has_text="trainer@demo").get_by_role("button").click()
    assert browser_page.locator("input[name=login]").input_value() == "trainer@demo.nestwerk.test"
    assert browser_page.locator("input[name=password]").input_value() == "nest-aan-het-water"


def test_chosen_colours_stay(browser_page):
    browser_page.goto("/account/login/")
    browser_page.get_by_role("button", name="Donker").click()
    browser_page.reload()
    assert browser_page.locator("html").get_attribute("data-theme") == "dark"
    assert browser_page.get_by_role("button", name="Donker").get_attribute("aria-pressed") == "true"
    browser_page.get_by_role("button", name="Automatisch").click()
    assert browser_page.locator("html").get_attribute("data-theme") is None


def test_dialog_opens_and_gives_focus_back(browser_page):
    sign_in_by_cookie(browser_page, UserFactory(is_superuser=True, is_staff=True))
    browser_page.goto("/beheer/stijl/")
    opener = browser_page.get_by_role("link", name="Open een dialoog")
    opener.click()
    assert browser_page.get_by_role("dialog").is_visible()
    browser_page.keyboard.press("Escape")
    assert not browser_page.locator("#dialoog").is_visible()
    assert opener.evaluate("element => element === document.activeElement")


def test_dialog_opens_by_its_address_without_javascript(browser, site):
    person = UserFactory(is_superuser=True, is_staff=True)
    context = new_context(browser, base_url=site, javascript=False)
    page = context.new_page()
    sign_in_by_cookie(page, person)
    page.goto("/beheer/stijl/#dialoog")
    assert page.locator("#dialoog").is_visible()
    page.locator("#dialoog .dialog__x").click()
    assert not page.locator("#dialoog").is_visible()
    context.close()


def test_tabs_follow_the_keyboard(browser_page):
    sign_in_by_cookie(browser_page, UserFactory(is_superuser=True, is_staff=True))
    browser_page.goto("/beheer/stijl/")
    browser_page.get_by_role("tab", name="Programma").focus()
    browser_page.keyboard.press("ArrowRight")
    assert browser_page.locator("#data").is_visible()
    assert not browser_page.locator("#programma").is_visible()


def test_draft_survives_the_sign_in_detour_of_the_same_person(browser_page):
    first, second = (
        UserFactory(is_superuser=True, is_staff=True),
        UserFactory(is_superuser=True, is_staff=True),
    )
    page = browser_page
    sign_in_by_cookie(page, first)
    page.goto("/beheer/stijl/")
    page.locator("#stijl-formulier [name=story]").fill("Ik werk tien jaar in de opvang.")
    page.locator("#stijl-formulier [name=form_of_exchange]").first.check()
    page.locator("#stijl-formulier [name=password]").fill("geheim")

    page.context.clear_cookies()
    page.goto("/beheer/stijl/")
    assert "/account/login/" in page.url
    page.locator("input[name=login]").fill(first.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/beheer/stijl/")

    assert page.locator("#stijl-formulier [name=story]").input_value() == "Ik werk tien jaar in de opvang."
    assert page.locator("#stijl-formulier [name=form_of_exchange]").first.is_checked()
    assert page.locator("#stijl-formulier [name=password]").input_value() == ""
    assert page.get_by_text("We hebben bewaard wat je eerder typte.").is_visible()

    page.context.clear_cookies()
    sign_in_by_cookie(page, second)
    page.goto("/beheer/stijl/")
    assert page.locator("#stijl-formulier [name=story]").input_value() == ""


def test_second_click_sends_once(browser_page):
    sent = []
    browser_page.goto("/account/password/reset/")
    browser_page.route(
        "**/account/password/reset/",
        lambda route: (
            (sent.append(1), route.abort()) if route.request.method == "POST" else route.continue_()
        ),
    )
    browser_page.locator("input[name=email]").fill("an@voorbeeld.test")
    button = browser_page.get_by_role("button", name="Stuur me de link")
    button.evaluate("element => { element.click(); element.click(); }")
    browser_page.wait_for_timeout(300)
    assert len(sent) == 1


def test_text_at_twice_the_size_stays_inside(browser, site):
    context = new_context(browser, base_url=site, width="desk")
    page = context.new_page()
    page.set_viewport_size({"width": 640, "height": 450})
    page.goto("/account/signup/")
    look(page, "account-maken-200-procent")
    context.close()
