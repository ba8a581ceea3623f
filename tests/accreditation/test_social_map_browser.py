"""The directory, one's own listing and partners' addresses in a real browser: long names, nobody, errors, keyboard."""

import pytest
from django.core.management import call_command

from accreditation.domain import webhook_delivery
from accreditation.domain.listing_card import choose_offers, save_place
from accreditation.domain.offer_words import offer_words
from accreditation.domain.webhooks import add_endpoint
from people.api import ReferenceRegion, Role
from tests.browser import look_at_both_widths, sign_in_by_cookie
from tests.factories.people import user_with
from tests.factories.proof import make_professional, make_recognition
from tests.factories.receivers import Receiver

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def listed(first_name, last_name, *, slugs, offers=()):
    person = make_professional(first_name=first_name, last_name=last_name)
    profile = person.profile
    profile.offer = "Gesprekken thuis of in de praktijk, van zwangerschap tot de eerste verjaardag."
    profile.public_region = profile.public_languages = profile.public_employer = True
    profile.languages = ["nl", "fr", "ar", "vgt"]
    profile.save()
    make_recognition(person)
    for slug in slugs:
        place = {
            "name": "Groepspraktijk Het Zeer-Lange-Naambord-Aan-Het-Water",
            "street": "Oude Wilgenlaan 133 bus 4",
            "postal_code": "9000",
            "municipality": "Sint-Pieters-Woluwe-aan-de-Schelde",
            "phone": "09 123 45 67",
            "website": "https://groepspraktijk-met-een-lang-adres.voorbeeld.test/afspraak",
            "region": ReferenceRegion.objects.get(slug=slug),
            "is_listed": True,
            "show_address": True,
            "show_contact": True,
        }
        save_place(person=person, fields=place)
    choose_offers(person=person, offers=list(offers))
    return person


def test_directory_listing_and_partners_look_right(browser_page, settings, monkeypatch):
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr("ledger.domain.outbox._kick", lambda: None)
    monkeypatch.setattr("accreditation.tasks.kick_webhooks", lambda: None)
    call_command("load_site", verbosity=0)
    every = [word.key for word in offer_words()]
    person = listed(
        "W" * 30, "Ghislaine-" * 3 + "Vandenberghe", slugs=["regio-gent", "waasland"], offers=every[:6]
    )
    listed("Ada", "Twijg", slugs=["limburg"], offers=["regulation"])
    page = browser_page
    page.goto("/zorgaanbod/")
    look_at_both_widths(page, "zorgaanbod-lang")
    page.fill("#zoek", "mijn baby huilt veel")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_text("Ada Twijg").first.wait_for()
    page.get_by_text("toon ook intervisiegroepen").click()
    look_at_both_widths(page, "zorgaanbod-gezocht-met-laag")
    page.goto("/zorgaanbod/")
    # The drawing is worked with the keyboard like any list of links.
    region = page.locator(".care-map__drawing a[href*='regio=regio-brugge']")
    region.focus()
    page.keyboard.press("Enter")
    page.get_by_text("In Regio Brugge staat nog niemand").wait_for()
    look_at_both_widths(page, "zorgaanbod-lege-regio")
    sign_in_by_cookie(page, person)
    page.goto("/mijn/vermelding/")
    look_at_both_widths(page, "vermelding-lang")
    page.goto("/mijn/vermelding/plek/")
    page.fill("[name=name]", "Praktijk")
    page.fill("[name=kbo_unit]", "0123456789")
    page.check("[name=is_listed]")
    page.check("[name=show_contact]")
    page.get_by_role("button", name="Bewaar deze plek").click()
    page.get_by_text("Dit lijkt je ondernemingsnummer").first.wait_for()
    assert page.input_value("[name=name]") == "Praktijk"
    look_at_both_widths(page, "vermelding-plek-fouten")
    staff, receiver = user_with(Role.NETWORK_STAFF), Receiver()
    sign_in_by_cookie(page, staff)
    page.goto("/netwerk/webhooks/")
    look_at_both_widths(page, "webhooks-niemand")
    page.fill("[name=name]", "Sociale kaart met een naam die maar blijft doorgaan tot aan de rand")
    page.fill("[name=url]", "https://127.0.0.2/haak")
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_text("afgeschermd netwerk").first.wait_for()
    look_at_both_widths(page, "webhooks-fout")
    page.fill("[name=url]", receiver.url)
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_text("We tonen het maar één keer.").wait_for()
    look_at_both_widths(page, "webhook-geheim")
    page.get_by_role("button", name="Stuur een test").click()
    page.get_by_text("De test kwam aan.").wait_for()
    endpoint, _secret = add_endpoint(name="Stil", url=receiver.url, by=staff)
    receiver.status = 500
    make_recognition(make_professional())
    webhook_delivery.deliver_round()
    page.goto(f"/netwerk/webhooks/{endpoint.pk}/")
    look_at_both_widths(page, "webhook-antwoordt-niet")
    receiver.server.shutdown()
