"""The committee in a real browser: showing again who one is loses nothing; the renewal form at both widths."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone
from playwright.sync_api import expect

from accreditation.models import Opinion, ReaderAssignment
from tests.browser import look_at_both_widths, sign_in_by_cookie
from tests.factories.committee import complete_evidence, handed_in, members
from tests.factories.people import PASSWORD
from tests.factories.proof import make_recognition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def age_session(page, user, *, minutes):
    """Let the session of the browser be one in which the person showed who they are some minutes ago."""
    from importlib import import_module

    from django.conf import settings

    name = settings.SESSION_COOKIE_NAME
    key = next(one["value"] for one in page.context.cookies() if one["name"] == name)
    store = import_module(settings.SESSION_ENGINE).SessionStore(session_key=key)
    moment = time.time() - 60 * minutes
    store[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": moment},
        {"method": "mfa", "type": "totp", "id": 1, "at": moment},
    ]
    store["account_authentication_methods_user"] = str(user.pk)
    store.save()


def test_reader_shows_again_who_they_are_and_finds_their_words_back(browser_page, site, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    reader, _other = members(2)
    TOTP.activate(reader, "JBSWY3DPEHPK3PXP")
    handed_in(first_name="Mira")
    task = ReaderAssignment.objects.get(reader=reader)
    page = browser_page
    sign_in_by_cookie(page, reader)
    age_session(page, reader, minutes=1)
    page.goto(f"/commissie/lezen/{task.pk}/")
    page.get_by_label("Eigen notitie").first.fill("De opleiding past goed.")
    page.get_by_label("Erkenning toekennen", exact=True).check()
    page.get_by_label("Alle criteria zijn in orde").check()
    page.get_by_label("In je eigen woorden").fill("Alles is er, mooi dossier.")
    # An hour and more went by while reading.
    age_session(page, reader, minutes=61)
    page.get_by_role("button", name="Geef je advies").click()
    page.wait_for_url("**/account/reauthenticate/**")
    look_at_both_widths(page, "opnieuw tonen wie je bent")
    assert Opinion.objects.count() == 0
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**/commissie/lezen/{task.pk}/")
    expect(page.get_by_label("Eigen notitie").first).to_have_value("De opleiding past goed.")
    expect(page.get_by_label("In je eigen woorden")).to_have_value("Alles is er, mooi dossier.")
    expect(page.get_by_label("Erkenning toekennen", exact=True)).to_be_checked()
    page.get_by_role("button", name="Geef je advies").click()
    expect(page.get_by_text("De adviezen").first).to_be_visible()
    assert Opinion.objects.get().text == "Alles is er, mooi dossier."


def test_renewal_form_at_both_widths(browser_page, site):
    recognition = make_recognition()
    with time_machine.travel(timezone.now() + timedelta(days=5 * 365 - 60)):
        complete_evidence(recognition.person)
        sign_in_by_cookie(browser_page, recognition.person)
        browser_page.goto("/mijn/erkenning/verlengen/basic/")
        expect(browser_page.get_by_role("heading", name="Verleng je erkenning")).to_be_visible()
        look_at_both_widths(browser_page, "verlengen formulier")
