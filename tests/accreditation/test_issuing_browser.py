"""Issuing together in a real browser, at both widths, with long names; and the editor of templates."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation.domain.bulk_issue import plan_licence
from accreditation.domain.certificates import issue_certificate, revoke_certificates
from accreditation.domain.issue_batches import confirm_batch
from accreditation.domain.rendering import render_certificate
from accreditation.models import Certificate
from ledger.api import drain, hold_deliveries
from people.api import Role
from people.models import User
from tests.accreditation.test_certificate_templates import make_template, publish
from tests.browser import axe_violations, look_at_both_widths, sign_in_by_cookie, take
from tests.factories.lms_cohorts import CohortFactory, make_trainer
from tests.factories.people import UserFactory, user_with
from tests.factories.proof import make_course_certificate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = {"first_name": "Anne-Sophie-Geertrui", "last_name": "Van den Langenberghe-Zonderlinghem"}
START = "/netwerk/getuigschriften/"


def several(office, people):
    """A batch that is confirmed and not carried out yet."""
    day = timezone.localdate()
    plans = [plan_licence(person=person, title="Basis", valid_from=day, valid_until=day) for person in people]
    plan = plans[0].__class__(plans[0].kind, tuple(each.due[0] for each in plans), 0, ())
    return confirm_batch(
        plan=plan, digest=plan.digest, confirmed=len(people), about="Licentie van trainer: Basis", by=office
    )


def test_office_issues_a_licence_and_watches_a_batch(browser_page):
    page = browser_page
    office = user_with(Role.NETWORK_STAFF, first_name="Marieke", last_name="Van Bureau")
    make_trainer(email="trainer@voorbeeld.test", **LONG)
    course = CohortFactory().course.title
    publish(make_template(kind="trainer", language="fr", heading="Licence"))
    sign_in_by_cookie(page, office)
    page.goto(START)
    look_at_both_widths(page, "issuing-empty")
    page.get_by_role("link", name="Geef een licentie").click()
    page.locator("input[name=email]").fill("niemand@voorbeeld.test")
    page.locator("select[name=course]").select_option(course)
    day = timezone.localdate()
    page.locator("input[name=valid_from]").fill(day.isoformat())
    page.locator("input[name=valid_until]").fill((day + timedelta(days=900)).isoformat())
    page.get_by_role("button", name="Toon wie er een krijgt").click()
    page.locator(".field__error").first.wait_for()
    look_at_both_widths(page, "issuing-error")
    page.locator("input[name=email]").fill("trainer@voorbeeld.test")
    page.get_by_role("button", name="Toon wie er een krijgt").click()
    page.get_by_text("Stap 2 van 2").wait_for()
    look_at_both_widths(page, "issuing-preview")
    page.locator("input[name=aantal]").fill("7")
    page.get_by_role("button", name="Reik uit").click()
    page.get_by_text("Er is niets uitgereikt").wait_for()
    look_at_both_widths(page, "issuing-wrong-number")
    page.locator("input[name=aantal]").fill("1")
    page.get_by_role("button", name="Reik uit").click()
    page.get_by_text("getuigschrift is klaar").wait_for()
    look_at_both_widths(page, "issuing-done")
    with page.expect_download() as download:
        page.get_by_role("button", name="Alle bestanden (zip)").click()
    assert download.value.suggested_filename.endswith(".zip")
    with hold_deliveries():
        batch = several(office, UserFactory.create_batch(3, **LONG))
    page.goto(f"{START}reeks/{batch.pk}/")
    page.get_by_text("0 van 3 uitgereikt").first.wait_for()
    look_at_both_widths(page, "issuing-busy")
    User.objects.filter(pk=batch.lines.first().person_id).update(first_name="", last_name="")
    drain()
    # htmx asks by itself; the page comes anew once all is on paper.
    page.get_by_text("2 getuigschriften zijn klaar").wait_for(timeout=30_000)
    look_at_both_widths(page, "issuing-refused")
    with hold_deliveries():
        failing = make_course_certificate(key="enrolment:9")
    Certificate.objects.filter(pk=failing.pk).update(render_error="Onze letters missen deze tekens: 漢")
    page.goto(START)
    look_at_both_widths(page, "issuing-start")


def test_withdrawn_paper_in_the_own_list(browser_page):
    page = browser_page
    person = UserFactory(**LONG)
    day = timezone.localdate()
    with hold_deliveries():
        for key in ("e:1", "e:2"):
            certificate = issue_certificate(
                person_id=person.pk, kind="course", entitlement_key=key, title="Kleine signalen, grote steun",
                facts={"completed_on": day, "hours": "2.5"},
            )  # fmt: skip
    render_certificate(certificate_id=certificate.pk)
    revoke_certificates(entitlement_key="e:2", public_reason="Op vraag van de houder.")
    sign_in_by_cookie(page, person)
    page.goto("/mijn/getuigschriften/")
    look_at_both_widths(page, "certificates-withdrawn")
    page.goto(f"/v/{certificate.code}/?taal=en")
    look_at_both_widths(page, "verify-withdrawn-english")


def test_editor_of_templates_shows_the_real_paper(browser_page):
    page = browser_page
    admin = user_with(Role.ADMINISTRATOR)
    User.objects.filter(pk=admin.pk).update(is_superuser=True, is_staff=True)
    template = make_template(signatory_1="Marijke Rietveld", function_1="voorzitter van het netwerk")
    sign_in_by_cookie(page, admin)
    base = "/beheer/snippets/accreditation/certificatetemplate/"
    for path, name in ((base, "template-list"), (f"{base}edit/{template.pk}/", "template-editor")):
        page.goto(path)
        for width, height in ((360, 740), (1280, 900)):
            page.set_viewport_size({"width": width, "height": height})
            # Parts whose id begins with "w-" are the makers' of Wagtail to mend.
            ours = [line for line in axe_violations(page, within="main") if "#w-" not in line]
            assert ours == [], (name, width)
            take(page, name)
    page.locator("[data-side-panel-toggle=preview]").click()
    # The editor puts a new frame in the old one's place when it has loaded: asked in one go, from outside.
    page.wait_for_function("""() => {
        const frame = document.querySelector("#w-preview-iframe");
        const drawn = frame?.contentDocument?.querySelector("img[alt*='Marijke Rietveld']");
        return drawn && drawn.naturalWidth > 1000;
    }""")
    take(page, "template-preview")
