"""The portfolio in a real browser: a cut line, photos, black boxes, the office by keyboard."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from accreditation.domain.labels import record_label
from accreditation.models import Evidence, EvidencePhoto, LabelScheme
from media.models import ResumableUpload, StoredFile
from people.api import Role
from people.domain.merging import merge_accounts, unmerge_accounts
from tests.accreditation.test_statement_requests import asked_by, code
from tests.browser import look, look_at_both_widths, sign_in_by_cookie
from tests.factories.accreditation import EvidenceFactory, make_complete, make_stored_file
from tests.factories.people import OrganisationFactory, ProfileFactory, UserFactory, user_with
from tests.factories.uploads import jpeg_upload, pdf_upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = (
    "Register van erkende en ingeschreven zorgverleners rond zwangerschap, geboorte en de eerste levensjaren"
)


def noisy_jpeg(megabytes):
    """A photo that does not compress, of about the given size, under 50 megapixels."""
    import os

    side = int((megabytes * 1024 * 1024 / 1.18) ** 0.5)
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)).save(out, "JPEG", quality=95)
    return out.getvalue()


def choose(page, content):
    """The form, filled in, with a file; the browser sees the same file every time."""
    page.goto("/mijn/dossier/bewijs/nieuw/membership/")
    page.locator("input[name=association]").fill("De Kring")
    page.locator("input[name=year]").fill("2026")
    page.locator("input[name=file]").set_input_files(content)


def test_upload_goes_on_after_the_page_was_closed_and_opened_again(browser_page, tmp_path):
    """The line is cut, the page is closed, the same file is chosen anew: only what was missing travels."""
    page = browser_page
    sign_in_by_cookie(page, UserFactory())
    photo = tmp_path / "lidkaart.jpg"
    photo.write_bytes(noisy_jpeg(4))
    offsets, cut = [], {"at": 5}

    def line(route):
        offset = route.request.headers.get("upload-offset")
        if offset is not None:
            if cut["at"] is not None and len(offsets) >= cut["at"]:
                route.abort()
                return
            offsets.append(int(offset))
        route.continue_()

    page.route("**/upload/*/", line)
    choose(page, photo)
    page.get_by_text("De verbinding is weg").wait_for()
    before = ResumableUpload.objects.get()
    assert 0 < before.received < before.size and len(offsets) == 5
    page.reload()
    cut["at"] = None
    choose(page, photo)
    page.get_by_text("Vul de rest in en bewaar").wait_for(timeout=240_000)
    assert offsets[5] == before.received and offsets == sorted(set(offsets))
    page.get_by_role("button", name="Voeg toe").click()
    page.wait_for_url("**/mijn/dossier/?*")
    assert Evidence.objects.get().file.original_name == "lidkaart.jpg"


def test_large_file_goes_on_after_a_cut(browser_page):
    page = browser_page
    person = UserFactory()
    sign_in_by_cookie(page, person)
    content = noisy_jpeg(20)
    assert 15 * 1024 * 1024 < len(content) < 25 * 1024 * 1024
    sent = {"pieces": 0, "cut": False}

    def line(route):
        if route.request.method == "POST" and "klaar" not in route.request.url:
            sent["pieces"] += 1
            if sent["pieces"] == 12 and not sent["cut"]:
                sent["cut"] = True
                route.abort()
                return
        route.continue_()

    page.route("**/upload/*/", line)
    page.goto("/mijn/dossier/bewijs/nieuw/membership/")
    page.locator("input[name=association]").fill("De Kring")
    page.locator("input[name=year]").fill("2026")
    file = {"name": "lidkaart.jpg", "mimeType": "image/jpeg", "buffer": content}
    page.locator("input[name=file]").set_input_files(file)
    page.get_by_text("De verbinding is weg").wait_for()
    look(page, "portfolio-upload-cut")
    page.get_by_text("Vul de rest in en bewaar").wait_for(timeout=240_000)
    assert sent["cut"] and not ResumableUpload.objects.exists()
    look(page, "portfolio-upload-done")
    page.get_by_role("button", name="Voeg toe").click()
    page.wait_for_url("**/mijn/dossier/?*")
    assert Evidence.objects.get().file.original_name == "lidkaart.jpg"


def test_photos_and_black_boxes(browser_page):
    page = browser_page
    person = UserFactory()
    sign_in_by_cookie(page, person)
    page.goto("/mijn/dossier/bewijs/nieuw/membership/")
    page.get_by_text("Toont dit document nog iets?").click()
    look_at_both_widths(page, "portfolio-form")
    page.get_by_role("link", name="Heb je het op papier?").click()
    look_at_both_widths(page, "portfolio-photos-empty")
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": jpeg_upload().read()} for n in "ba"]
    page.locator("#fotos").set_input_files(files)
    page.locator(".photos__sheet").nth(1).wait_for()
    page.get_by_role("button", name="Draai rechts").first.click()
    page.locator(".photos__sheet").nth(1).wait_for()
    page.get_by_text("Knip bij").first.click()
    look_at_both_widths(page, "portfolio-photos")
    assert list(EvidencePhoto.objects.values_list("file__original_name", "turn")) == [
        ("b.jpg", 90),
        ("a.jpg", 0),
    ]
    page.get_by_role("button", name="Maak een pdf").click()
    page.get_by_text("is al binnen").wait_for()
    page.locator("input[name=association]").fill("De Kring")
    page.locator("input[name=year]").fill("2026")
    page.get_by_role("button", name="Voeg toe").click()
    page.wait_for_url("**/mijn/dossier/?*")
    row = Evidence.objects.get()
    assert StoredFile.objects.get().pages == 2
    page.goto(f"/mijn/dossier/bewijs/{row.pk}/afdekken/")
    page.get_by_role("button", name="Voeg een vak toe").first.click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    page.locator("[data-page='2']").scroll_into_view_if_needed()
    # A photo that arrives moves what is below it; a person draws on what they see, so does the test.
    page.wait_for_function(
        "[...document.querySelectorAll('.boxed__picture')].every((picture) => picture.complete && picture.naturalWidth)"
    )
    page.locator("[data-page='2']").scroll_into_view_if_needed()
    frame = page.locator("[data-page='2']").bounding_box()
    page.mouse.move(frame["x"] + 20, frame["y"] + 20)
    page.mouse.down()
    page.mouse.move(frame["x"] + 120, frame["y"] + 60)
    page.mouse.up()
    assert page.locator(".boxed__black").count() == 2
    look_at_both_widths(page, "portfolio-redact")
    page.get_by_role("button", name="Dek af, voorgoed").click()
    page.get_by_text("Afgedekt.").wait_for()
    look_at_both_widths(page, "portfolio-piece")
    assert Evidence.objects.in_portfolio().get().replaces == row


def test_pages_of_the_professional(browser_page):
    page = browser_page
    person = UserFactory(first_name="Anne-Sophie-Geertrui", last_name="Van den Langenberghe-Zonderlinghem")
    ProfileFactory(user=person)
    sign_in_by_cookie(page, person)
    for path, name in (
        ("/mijn/map/", "portfolio-empty"),
        ("/mijn/map/verklaringen/", "portfolio-statements-empty"),
        ("/mijn/map/verklaringen/vraag/statement/", "portfolio-statement-ask"),
    ):
        page.goto(path)
        look_at_both_widths(page, name)
    from accreditation.domain.dossiers import submit_dossier

    make_complete(person)
    EvidenceFactory(person=person, kind="register", title=LONG, facts={}, status="needs_more")
    frozen = submit_dossier(person=person, level="basic")
    EvidenceFactory(person=person, title="Nieuw diploma", status="waiting")
    for path, name in (
        ("/mijn/map/", "portfolio"),
        (f"/mijn/map/ingediend/{frozen.pk}/", "portfolio-handed-in"),
    ):
        page.goto(path)
        look_at_both_widths(page, name)


def test_office_by_keyboard(browser_page):
    page = browser_page
    office = user_with(Role.NETWORK_STAFF)
    sign_in_by_cookie(page, office)
    one, other = UserFactory(), UserFactory()
    content = pdf_upload(pages=3).read()
    for person in (one, other):
        stored = make_stored_file(person, pages=3, content=content)
        EvidenceFactory(person=person, status="waiting", file=stored, title=f"Diploma {person.pk}")
    page.goto("/netwerk/bewijsstukken/")
    look_at_both_widths(page, "office-queue")
    page.get_by_role("button", name="Geef mij het volgende").click()
    page.get_by_text("Dit document zagen we al").wait_for()
    page.keyboard.press("?")
    look_at_both_widths(page, "office-verify")
    page.keyboard.press("2")
    assert page.evaluate("document.activeElement.name") == "reason"
    page.keyboard.type("Blad 2 is onleesbaar. Maak een nieuwe foto, dan kijken we het meteen na.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Dit is het volgende bewijsstuk").wait_for()
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Alles is nagekeken").wait_for()
    assert sorted(Evidence.objects.values_list("status", flat=True)) == ["needs_more", "verified"]
    page.goto("/netwerk/labels/")
    look_at_both_widths(page, "office-labels")
    page.goto(f"/netwerk/mensen/{one.pk}/samenvoegen/?met={other.pk}")
    look_at_both_widths(page, "office-merge")


def test_pages_of_the_third_person(browser_page):
    """Question, code, thanks, and every way in which a link is closed, on a phone and on a desk."""
    page = browser_page
    person = UserFactory(first_name="Anne-Sophie-Geertrui", last_name="Van den Langenberghe-Zonderlinghem")
    _row, path = asked_by(
        person, name="Personeelsdienst van het Algemeen Ziekenhuis Zonderlinghem-aan-de-Schelde"
    )
    page.goto(path)
    look_at_both_widths(page, "statement-question")
    page.locator("input[name=name]").fill("")
    page.get_by_role("button", name="Bevestig", exact=True).click()
    page.locator(".field__error, .form-errors").first.wait_for()
    look_at_both_widths(page, "statement-question-errors")
    page.locator("input[name=name]").fill("Kaat Zonnedauw")
    page.locator("input[name=function]").fill("Personeelsdienst")
    page.locator("input[name=sure]").check()
    page.get_by_role("button", name="Bevestig", exact=True).click()
    page.get_by_text("Nog één stap: de code").wait_for()
    look_at_both_widths(page, "statement-code")
    page.locator("input[name=code]").fill("000000")
    page.get_by_role("button", name="Rond af").click()
    page.locator(".field__error, .form-errors").first.wait_for()
    look_at_both_widths(page, "statement-code-wrong")
    page.locator("input[name=code]").fill(code())
    page.get_by_role("button", name="Rond af").click()
    page.get_by_text("Bedankt, het is bevestigd").wait_for()
    look_at_both_widths(page, "statement-thanks")
    page.goto(path)
    look_at_both_widths(page, "statement-answered")
    _row, path = asked_by(person, email="ander@werkgever.test")
    page.goto(path)
    page.get_by_role("button", name="Ik kan dit niet bevestigen").click()
    look_at_both_widths(page, "statement-declined")
    page.goto("/verklaring/bestaat-niet/")
    look_at_both_widths(page, "statement-unknown")


def test_pages_of_the_office_about_people_and_labels(browser_page):
    page = browser_page
    office = user_with(Role.NETWORK_STAFF, first_name="Marieke", last_name="Van Bureau")
    sign_in_by_cookie(page, office)
    page.goto("/netwerk/samenvoegingen/")
    look_at_both_widths(page, "office-merges-empty")
    for undo in (True, False):
        kept = UserFactory(first_name="Anne-Sophie-Geertrui", last_name="Van den Langenberghe-Zonderlinghem")
        merge = merge_accounts(
            kept_id=kept.pk, merged_id=UserFactory(email=f"{'x' * 50}{undo}@lang.test").pk, by=office
        )
        if undo:
            unmerge_accounts(merge_id=merge.pk, by=office)
    page.goto("/netwerk/samenvoegingen/")
    look_at_both_widths(page, "office-merges")
    label = record_label(
        scheme=LabelScheme.objects.get(key="bfhi"),
        organisation_id=OrganisationFactory(name=LONG).pk,
        valid_from=timezone.localdate(),
        valid_until=timezone.localdate() + timedelta(days=90),
        by=office,
    )
    page.goto(f"/netwerk/labels/{label.pk}/stop/")
    look_at_both_widths(page, "office-label-end")
    page.get_by_role("button", name="Stop").click()
    page.locator(".field__error, .form-errors").first.wait_for()
    look_at_both_widths(page, "office-label-end-error")
