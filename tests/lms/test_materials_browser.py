"""A trainer adds files to a session and a member opens them, on a phone and on a desk."""

import pytest
from django.urls import reverse

from lms.models import SessionMaterial
from tests.browser import look_at_both_widths, sign_in_by_cookie
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, enrolled, make_trainer
from tests.media.test_evidence import pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Rolkaarten voor het huisbezoek bij een gezin met een baby van zes weken, met de vragen van de begeleider erbij"


def choose(page, name, content):
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )


def test_material_from_trainer_to_member(browser_page):
    page, trainer = browser_page, make_trainer()
    session = SessionFactory(trainers=[trainer], cohort=CohortFactory())
    member = enrolled(session.cohort).person
    sign_in_by_cookie(page, trainer)
    page.goto(reverse("lms:prepare", args=[session.pk]))
    look_at_both_widths(page, "material-empty")
    page.get_by_label("Wat is het?").fill(LONG)
    choose(page, "kaartjes.pdf", b"<html><body>geen pdf</body></html>")
    page.get_by_role("button", name="Voeg materiaal toe").click()
    page.locator(".field--invalid, [aria-invalid=true]").first.wait_for()
    look_at_both_widths(page, "material-refused")
    assert page.get_by_label("Wat is het?").input_value() == LONG
    choose(page, "kaartjes-met-een-heel-lange-naam-van-de-dag-in-de-lente.pdf", pdf().getvalue())
    page.get_by_role("button", name="Voeg materiaal toe").click()
    page.get_by_role("button", name=f"Haal weg {LONG}").wait_for()
    look_at_both_widths(page, "material-list")
    page.context.clear_cookies()
    sign_in_by_cookie(page, member)
    page.goto(reverse("lms:my_group", args=[session.cohort_id]))
    look_at_both_widths(page, "material-member")
    address = page.get_by_role("link", name=LONG).get_attribute("href")
    opened = page.request.get(address)
    assert (opened.status, opened.headers["content-type"]) == (200, "application/pdf")
    assert opened.body().startswith(b"%PDF-")
    assert SessionMaterial.objects.count() == 1
