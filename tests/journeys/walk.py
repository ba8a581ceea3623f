"""Walking over screens: what is wrong with any of them is collected, and told at the end."""

from collections.abc import Callable, Iterable

from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import (
    LOOKS,
    WIDTHS,
    axe_violations,
    new_context,
    overflow,
    sign_in_by_cookie,
    take,
    watch_console,
)
from tests.journeys.screens import Screen

#: Rules that Wagtail's own frame around our pages breaks; they are its makers' to mend.
OFFICE_REGION = "main"


class Walk:
    """One browser profile that walks on as one person after the other."""

    def __init__(self, browser: Browser, *, base_url: str) -> None:
        self.browser, self.base_url = browser, base_url
        self.problems: list[str] = []

    def see(self, screens: Iterable[Screen]) -> list[str]:
        """Every screen at both widths in Chromium with scripts, some also in the dark, then all without scripts.

        On a server's database each is opened once, with scripts.
        """
        found = list(screens)
        self._with_scripts(found)
        if LOOKS:
            self._without_scripts(found)
        return self.problems

    def _with_scripts(self, screens: list[Screen]) -> None:
        context = new_context(self.browser, base_url=self.base_url)
        page = context.new_page()
        errors = watch_console(page)
        for screen in _by_person(screens):
            be(context, page, screen)
            if not self._open(page, screen):
                continue
            for size in WIDTHS.values():
                page.set_viewport_size({"width": size[0], "height": size[1]})
                self._judge(page, screen, screen.name)
            if screen.dark:
                page.emulate_media(color_scheme="dark", reduced_motion="reduce")
                self._judge(page, screen, f"{screen.name}-donker")
                page.emulate_media(color_scheme="light", reduced_motion="reduce")
            self.problems += [f"{screen.name}: console: {text}" for text in errors]
            errors.clear()
        context.close()

    def _without_scripts(self, screens: list[Screen]) -> None:
        context = new_context(self.browser, base_url=self.base_url, javascript=False)
        page = context.new_page()
        for screen in _by_person(screens):
            if screen.office:
                continue
            be(context, page, screen)
            if self._open(page, screen, "zonder script"):
                self.problems += [f"{screen.name} zonder script: {what}" for what in unusable(page)]
        context.close()

    def _open(self, page: Page, screen: Screen, how: str = "") -> bool:
        response = page.goto(screen.path)
        got = response.status if response else 0
        if got != screen.status:
            self.problems.append(f"{screen.name} {how}: {screen.path} answers {got}, not {screen.status}")
        return got == screen.status

    def _judge(self, page: Page, screen: Screen, name: str) -> None:
        if not LOOKS:
            return
        take(page, f"scherm-{name}")
        width = page.viewport_size["width"] if page.viewport_size else 0
        violations = axe_violations(page, within=OFFICE_REGION if screen.office else None)
        self.problems += [f"{name} ({width}): {line}" for line in violations]
        if not screen.office:
            self.problems += [f"{name} ({width}): too wide: {line}" for line in overflow(page)]


def walk_over(
    browser: Browser, base_url: str, walks: Iterable[Callable[[], Iterable[Screen]]]
) -> tuple[int, list[str]]:
    """Load the demo and see every screen of these walks: how many there were, and what is wrong with them."""
    call_command("load_demo")
    walk, seen = Walk(browser, base_url=base_url), 0
    for screens in walks:
        found = list(screens())
        seen += len(found)
        walk.see(found)
    return seen, walk.problems


def _by_person(screens: list[Screen]) -> list[Screen]:
    return sorted(screens, key=lambda screen: screen.person.pk if screen.person else 0)


def be(context: BrowserContext, page: Page, screen: Screen) -> None:
    """Become the person who sees the screen; nothing happens when we are already."""
    now = screen.person.pk if screen.person else 0
    if getattr(context, "_nest_who", 0) == now:
        return
    context.clear_cookies()
    if screen.person is not None:
        sign_in_by_cookie(page, screen.person)
    context._nest_who = now


def unusable(page: Page) -> list[str]:
    """What fails a person whose browser runs no scripts: no heading, nothing to read, a form that cannot be sent."""
    problems = []
    if not page.locator("h1").first.is_visible():
        problems.append("no heading is visible")
    if len(page.locator("main").inner_text().strip()) < 40:
        problems.append("the main part says nothing")
    for form in page.locator("main form").all():
        if not form.is_visible():
            continue
        if form.locator("button, input[type=submit]").count() == 0:
            problems.append(f"a form without a button: {form.get_attribute('action')}")
    return problems
