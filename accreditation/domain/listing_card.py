"""Telling what one offers and where; and being taken off every list at once."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accreditation.domain.offer_words import offers_by_key
from accreditation.exceptions import ListingError
from accreditation.models import ListingCard, PracticePlace
from ledger.api import record_audit, ref
from people.api import User, set_publications

MOST_PLACES = 6
PLACE_FIELDS = (
    "name",
    "street",
    "postal_code",
    "municipality",
    "region",
    "phone",
    "email",
    "website",
    "kbo_unit",
    "sociale_kaart_id",
    "is_listed",
    "show_address",
    "show_contact",
)


@transaction.atomic
def choose_offers(*, person: User, offers: list[str]) -> ListingCard:
    """Keep what somebody offers, in the order of the vocabulary; unknown keys are left out. Announced by the save."""
    chosen = [word.key for word in offers_by_key(offers)]
    card, _made = ListingCard.objects.select_for_update().get_or_create(person=person)
    if card.offers != chosen:
        card.offers = chosen
        card.save()
        record_audit(verb="listing.offers", subject=ref(card), actor=person, data={"count": len(chosen)})
    return card


@transaction.atomic
def save_place(*, person: User, fields: Mapping[str, Any], place_id: int | None = None) -> PracticePlace:
    """Add a place, or change one's own. A place that is not listed shows nothing. Raises ListingError."""
    User.objects.select_for_update().get(pk=person.pk)
    rows = PracticePlace.objects.filter(person=person)
    if place_id is None:
        if rows.count() >= MOST_PLACES:
            raise ListingError(
                _("Je hebt al %(most)s plekken. Haal er eerst een weg.") % {"most": MOST_PLACES}
            )
        place = PracticePlace(person=person)
    else:
        found = rows.filter(pk=place_id).first()
        if found is None:
            raise ListingError(_("Deze plek bestaat niet meer. Voeg ze gerust opnieuw toe."))
        place = found
    changed = [name for name in PLACE_FIELDS if name in fields and getattr(place, name, None) != fields[name]]
    for name in changed:
        setattr(place, name, fields[name])
    if not place.is_listed:
        place.show_address = place.show_contact = False
    if changed:
        place.save()
        record_audit(verb="listing.place", subject=ref(place), actor=person, data={"fields": sorted(changed)})
    return place


@transaction.atomic
def remove_place(*, person: User, place_id: int) -> bool:
    """Forget one's own place; False when it was gone already."""
    place = PracticePlace.objects.filter(person=person, pk=place_id).first()
    if place is None:
        return False
    record_audit(verb="listing.place_removed", subject=ref(place), actor=person, data={})
    place.delete()
    return True


def withdraw_listing(*, person: User) -> None:
    """Take somebody off our page and every list that follows us, in one transaction. Twice is once."""
    set_publications(user=person, page=False, feed=False)
