"""A real Chromium for tests, with axe and screenshots."""

import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SCREENSHOTS = ROOT / "var" / "screenshots"
WIDTHS = {"phone": (360, 740), "desk": (1280, 900)}
#: What a screen looks like does not depend on the database: the run on SQLite judges it, the one on a server opens it.
LOOKS = not os.environ.get("DATABASE_URL")
#: Nobody looks at pictures in CI; `make test` on a developer's machine leaves them in var/screenshots.
PICTURES = os.environ.get("CI") != "true"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def chromium_path() -> str | None:
    """Where Debian or the developer put Chromium; the one without a window is quicker and comes first."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    from tests.conftest import missing_part

    path = chromium_path()
    if path is None:
        missing_part("Chromium is missing: install the package 'chromium' or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def requests_end(live_server) -> Iterator[None]:
    """Wait after a test for the requests that a page left behind.

    An autosave that is still busy while the tables are emptied would put its row back for the next test.
    """
    begun, ended = count(), count()

    def begin(**_said: object) -> None:
        next(begun)

    def end(**_said: object) -> None:
        next(ended)

    request_started.connect(begin)
    request_finished.connect(end)
    yield
    patience = time.monotonic() + 10
    # A count tells its place without moving: repr(count(3)) is "count(3)".
    while repr(begun) != repr(ended) and time.monotonic() < patience:
        time.sleep(0.02)
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture
def site(live_server, requests_end, settings) -> str:
    """The running site on http://localhost:<port>, its content origin on content.localhost."""
    port = urlsplit(live_server.url).port
    settings.SITE_URL = f"http://localhost:{port}"
    settings.CONTENT_ORIGIN = f"http://content.localhost:{port}"
    settings.ALLOWED_HOSTS = [
        "localhost",
        "127.0.0.1",
        "content.localhost",
        ".content.localhost",
        "testserver",
    ]
    settings.CSRF_TRUSTED_ORIGINS = [settings.SITE_URL]
    directives = {**settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]}
    directives["frame-src"] = ["'self'", settings.CONTENT_ORIGIN, f"http://*.content.localhost:{port}"]
    settings.CONTENT_SECURITY_POLICY = {**settings.CONTENT_SECURITY_POLICY, "DIRECTIVES": directives}
    return settings.SITE_URL


def new_context(
    browser: Browser, *, base_url: str, width: str = "phone", javascript: bool = True
) -> BrowserContext:
    """A fresh browser profile at one of the two widths."""
    size = WIDTHS[width]
    return browser.new_context(
        base_url=base_url,
        viewport={"width": size[0], "height": size[1]},
        locale="nl-BE",
        timezone_id="Europe/Brussels",
        java_script_enabled=javascript,
        reduced_motion="reduce",
        has_touch=width == "phone",
    )


@pytest.fixture
def browser_page(browser: Browser, site: str) -> Iterator[Page]:
    """A phone-sized page on the running site; errors in its console fail the test."""
    context = new_context(browser, base_url=site)
    page = context.new_page()
    errors = watch_console(page)
    yield page
    context.close()
    assert errors == []


def watch_console(page: Page) -> list[str]:
    """Collect script errors and refused resources of a page (not the plain log of a 4xx answer)."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            errors.append(message.text)
            if message.type == "error" and "Failed to load resource" not in message.text
            else None
        ),
    )
    return errors


def axe_violations(page: Page, within: str | None = None) -> list[str]:
    """WCAG 2.2 A and AA violations as short lines (`within` a part of the page); an empty list is what we want."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    part = json.dumps(within) if within else "document"
    options = json.dumps({"runOnly": tags, "iframes": False, "preload": False, "resultTypes": ["violations"]})
    # Only the violations cross to this side: the list of what passed is long and dear to carry.
    found = page.evaluate(f"axe.run({part}, {options}).then(result => result.violations)")
    return [
        f"{item['id']}: {item['help']} -> "
        + "; ".join(" ".join(map(str, node["target"])) for node in item["nodes"][:3])
        for item in found
    ]


def overflow(page: Page) -> list[str]:
    """What makes the page wider than its window (nothing may)."""
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width + 1) return [];
            const found = [...document.querySelectorAll('body *')]
              .filter(e => e.getBoundingClientRect().right > width + 1 || e.scrollWidth > width)
              .slice(0, 5).map(e => e.tagName + '.' + e.className);
            return [`${document.documentElement.scrollWidth} px`, ...found];
        }"""
    )


def take(page: Page, name: str) -> None:
    """A picture of the whole page at its present width, where somebody may look at it (PICTURES)."""
    if not PICTURES:
        return
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    safe = re.sub(r"[^a-z0-9-]+", "-", name.lower())
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.screenshot(path=SCREENSHOTS / f"{safe}-{width}.png", full_page=True)


def look(page: Page, name: str) -> None:
    """Screenshot at the page's width, axe, and no sideways scrolling; on SQLite only (LOOKS)."""
    if not LOOKS:
        return
    take(page, name)
    assert axe_violations(page) == [], name
    assert overflow(page) == [], name


def look_at_both_widths(page: Page, name: str) -> None:
    """The same screen on a phone and on a desk."""
    before = page.viewport_size
    for width, height in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": height})
        look(page, name)
    page.set_viewport_size(before)


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign in through the real sign-in page."""
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/account/login" not in url)


def sign_in_by_cookie(page: Page, user) -> None:
    """A session for a person without the sign-in page, for tests about other screens."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    base = settings.SITE_URL
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": base,
            }
        ]
    )
