"""The verification page in a real browser, at both widths: long names, three languages, a file that is dropped."""

import pytest

from accreditation.domain.certificates import revoke_certificates
from accreditation.domain.credentials import ensure_credential
from accreditation.domain.rendering import render_certificate
from tests.browser import look_at_both_widths, sign_in_by_cookie
from tests.factories.people import UserFactory
from tests.factories.proof import make_course_certificate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_codes_and_files_are_checked_in_the_browser(browser_page, settings, monkeypatch):
    settings.PDF_ENGINE = "xhtml2pdf"
    monkeypatch.setattr("ledger.domain.outbox._kick", lambda: None)
    person = UserFactory(first_name="W" * 40, last_name="Ghislaine-" * 3 + "Vandenberghe")
    certificate = make_course_certificate(person)
    badge = ensure_credential(certificate_id=certificate.pk)
    page = browser_page
    page.goto("/v/")
    look_at_both_widths(page, "controle-leeg")
    for language in ("nl", "fr", "en"):
        page.goto(f"/v/{certificate.code}/?taal={language}")
        look_at_both_widths(page, f"controle-antwoord-{language}")
    page.goto("/v/?taal=fr")
    changed = str({**badge.document, "name": "x"}).replace("'", '"').encode()
    page.set_input_files(
        "#bestand", {"name": "kapot.json", "mimeType": "application/json", "buffer": changed}
    )
    page.get_by_role("button", name="Vérifier ce fichier").click()
    page.get_by_text("Nous ne pouvons pas lire ce fichier.").wait_for()
    look_at_both_widths(page, "controle-bestand-onleesbaar-fr")
    made = render_certificate(certificate_id=certificate.pk)
    revoke_certificates(entitlement_key="enrolment:1", public_reason="Fout uitgereikt.")
    from accreditation.domain.rendering import certificate_storage

    content = certificate_storage().open(made.file_name).read()
    page.goto("/v/")
    page.set_input_files("#bestand", {"name": "p.pdf", "mimeType": "application/pdf", "buffer": content})
    page.get_by_role("button", name="Kijk dit bestand na").click()
    page.get_by_text("Dit bestand is echt.").wait_for()
    look_at_both_widths(page, "controle-bestand-ingetrokken")
    other = make_course_certificate(person, key="enrolment:2")
    render_certificate(certificate_id=other.pk)
    sign_in_by_cookie(page, person)
    page.goto("/mijn/getuigschriften/")
    page.get_by_text("Deel of bewaar als badge").click()
    look_at_both_widths(page, "getuigschriften-delen")
