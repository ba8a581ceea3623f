"""What a person does at a screen: sign in, click twice, read the mail, wait for what the machine does meanwhile."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from django.core import mail
from playwright.sync_api import Browser, Page, expect

from tests.browser import look, new_context, sign_in, watch_console
from tests.factories.people import PASSWORD

#: The checklist, with or without a level chosen.
DOSSIER = re.compile(r"/mijn/dossier/(\?.*)?$")


class Hands:
    """One person with a browser of their own. Errors in its console are told by `leave`."""

    def __init__(self, browser: Browser, site: str, *, email: str, width: str = "phone") -> None:
        self.email, self.site = email, site
        self.context = new_context(browser, base_url=site, width=width)
        self.page: Page = self.context.new_page()
        self.errors = watch_console(self.page)

    def arrive(self) -> Page:
        """Sign in through the sign-in page."""
        sign_in(self.page, self.email, PASSWORD)
        return self.page

    def press(self, words: str, *, twice: bool = False, exact: bool = True) -> None:
        """The button with these words in the main part of the page."""
        button = self.page.get_by_role("main").get_by_role("button", name=words, exact=exact).first
        if twice:
            button.dblclick()
        else:
            button.click()

    def follow(self, words: str, *, exact: bool = True) -> None:
        """The link with these words in the main part of the page."""
        self.page.get_by_role("main").get_by_role("link", name=words, exact=exact).first.click()

    def fill(self, **values: str | Path) -> None:
        """Fields by name: text, a chosen option, a file, or a choice of radios and boxes."""
        for name, value in values.items():
            field = self.page.locator(f"main [name={name}]")
            kind = field.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
            if kind == "select":
                field.first.select_option(label=str(value))
            elif kind == "file":
                field.first.set_input_files(str(value))
            elif kind in {"radio", "checkbox"}:
                self.page.locator(f"main [name={name}][value='{value}']").check()
            else:
                field.first.fill(str(value))

    def reads(self, words: str) -> None:
        """The page says this (waits for it)."""
        expect(self.page.get_by_role("main").get_by_text(words).first).to_be_visible()

    def look(self, name: str) -> None:
        """Screenshot, axe, no sideways scrolling."""
        look(self.page, f"reis-{name}")

    def leave(self) -> None:
        """Close the browser; nothing went wrong in it."""
        self.context.close()
        assert self.errors == [], self.email


@dataclass(frozen=True)
class Sent:
    """A form as the browser sent it."""

    url: str
    body: bytes
    content_type: str


def sends(page: Page, act: Callable[[], Any]) -> list[Sent]:
    """Do something and return the forms that the browser sent meanwhile."""
    sent: list[Sent] = []

    def note(request: Any) -> None:
        # A file travels in pieces of its own, before the form does.
        if request.method == "POST" and not any(part in request.url for part in ("/antwoord/", "/upload/")):
            kind = request.headers.get("content-type", "")
            sent.append(Sent(request.url, request.post_data_buffer or b"", kind))

    page.on("request", note)
    with page.expect_navigation():
        act()
    page.wait_for_load_state("networkidle")
    page.remove_listener("request", note)
    return sent


def send_again(page: Page, sent: Sent) -> int:
    """Send a form once more exactly as it was, as a browser does that runs no scripts; the status of the answer."""
    headers = {"content-type": sent.content_type, "referer": sent.url}
    return page.request.post(sent.url, data=sent.body, headers=headers).status


def wait_until(condition: Callable[[], Any], *, seconds: float = 30, what: str = "") -> Any:
    """What the condition gives once it is true; a worker may need a moment."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s: {what}")


class Post:
    """All mails that were sent, in this process or by a worker that writes them to a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def to(self, address: str) -> list[tuple[str, str]]:
        """(subject, text) of every mail to an address, oldest first."""
        found = [(one.subject, str(one.body)) for one in mail.outbox if address in one.to]
        for path in sorted(self.folder.glob("*.log")) if self.folder.is_dir() else []:
            for part in re.split(rb"\n-{79}\n", path.read_bytes()):
                one = message_from_bytes(part, policy=policy.default)
                if address in str(one["to"] or ""):
                    body = one.get_body(("plain",))
                    found.append((str(one["subject"]), body.get_content() if body else ""))
        return found

    def wait_for(self, address: str, words: str) -> str:
        """The text of the first mail whose subject or text holds the words."""

        def search() -> str:
            return next((text for subject, text in self.to(address) if words in subject + text), "")

        return wait_until(search, what=f"mail to {address} with {words!r}; got {self.to(address)}")
