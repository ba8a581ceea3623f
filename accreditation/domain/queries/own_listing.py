"""What somebody's own entry says, and where it can be seen now."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist

from accreditation.domain.listing_description import PublicListing, described
from accreditation.domain.public_listing import listed_recognitions, page_recognitions
from accreditation.models import ListingCard, PracticePlace
from people.api import User


@dataclass(frozen=True)
class OwnListing:
    """Consents, places and offers of one person; `shown` is what a visitor reads now, None when nobody sees it."""

    wants_page: bool
    wants_feed: bool
    is_on_page: bool
    is_in_feed: bool
    shown: PublicListing | None
    offer_keys: tuple[str, ...]
    places: tuple[PracticePlace, ...]


def own_listing(user: User) -> OwnListing:
    """Ten queries or less, however many places."""
    try:
        profile = user.profile
        wants_page, wants_feed = profile.public_listing, profile.public_listing and profile.public_feed
    except ObjectDoesNotExist:
        wants_page = wants_feed = False
    shown = described(page_recognitions().filter(person=user).order_by("-level"))
    card = ListingCard.objects.filter(person=user).first()
    return OwnListing(
        wants_page=wants_page,
        wants_feed=wants_feed,
        is_on_page=bool(shown),
        is_in_feed=listed_recognitions().filter(person=user).exists(),
        shown=shown[0] if shown else None,
        offer_keys=tuple(card.offers) if card else (),
        places=tuple(PracticePlace.objects.filter(person=user).select_related("region")),
    )
