"""What recognised people of the demo offer and where, and one partner who is told about changes."""

import secrets

from accreditation.domain.listing_card import choose_offers, save_place
from accreditation.domain.offer_words import offer_words
from accreditation.models import WebhookEndpoint
from demo.acts.people import by_account
from people.api import ReferenceRegion, User
from people.sealing import seal

PLACES = (
    ("Praktijk De Wilg", "Wilgenlaan 3", "9000", "Gent", "regio-gent"),
    ("Huis van het Kind De Meander", "Oeverplein 12", "9100", "Sint-Niklaas", "waasland"),
    ("Groepspraktijk Het Anker", "Kaaistraat 8", "2000", "Antwerpen", "regio-antwerpen"),
    ("Centrum De Kiem", "Stationsplein 1", "3000", "Leuven", "oost-brabant"),
)


def fill_listing(person: User, *, number: int) -> None:
    """Three or four offers and one place; every third person has two places and shows no street."""
    words = offer_words()
    count = 3 + number % 2
    choose_offers(
        person=person, offers=[words[(number * 5 + step * 3) % len(words)].key for step in range(count)]
    )
    spread = (number, number + 1) if number % 3 == 0 else (number,)
    for step in spread:
        name, street, postal_code, municipality, slug = PLACES[step % len(PLACES)]
        save_place(
            person=person,
            fields={
                "name": name,
                "street": street,
                "postal_code": postal_code,
                "municipality": municipality,
                "region": ReferenceRegion.objects.get(slug=slug),
                "phone": "09 000 00 00",
                "website": "https://praktijk.voorbeeld.test",
                "is_listed": True,
                "show_address": number % 3 != 0,
                "show_contact": True,
            },
        )


def know_a_partner() -> None:
    """An endpoint of an invented partner. It is stopped: nobody in the demo answers."""
    WebhookEndpoint.objects.create(
        name="Sociale kaart (voorbeeld)",
        url="https://sociale-kaart.voorbeeld.test/nestwerk",
        sealed_secret=seal(f"whsec_{secrets.token_urlsafe(24)}"),
        is_active=False,
        stopped_reason="Dit is een voorbeeld: hier luistert niemand.",
        created_by=by_account("netwerk"),
    )
