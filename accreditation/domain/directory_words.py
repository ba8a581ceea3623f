"""The words under which a listed person is found, kept in step with what the person shows."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from accreditation.domain.offer_words import offers_by_key
from accreditation.models import ListingCard, ListingWords, PracticePlace
from people.api import User, language_name


@transaction.atomic
def refresh_words(*, person_id: int) -> None:
    """Write the words anew, or forget them without consent. Three queries.

    The row of the person is locked before anything is read: whoever publishes while consent ends reads after it.
    """
    User.objects.select_for_update().filter(pk=person_id).values_list("pk").first()
    person = User.objects.select_related(
        "profile__profession", "profile__region", "profile__employer"
    ).filter(pk=person_id, is_active=True)
    words = next((_words_of(one) for one in person), "")
    if words:
        ListingWords.objects.bulk_create(
            [ListingWords(person_id=person_id, words=words)],
            update_conflicts=True,
            unique_fields=["person"],
            update_fields=["words"],
        )
    else:
        ListingWords.objects.filter(person_id=person_id).delete()


def fill_missing_words(*, limit: int = 1000) -> int:
    """Words of people who want to be listed and have none yet; returns how many. Safe to repeat."""
    missing = User.objects.filter(is_active=True, profile__public_listing=True, listing_words=None)
    keys = list(missing.values_list("pk", flat=True)[:limit])
    for key in keys:
        refresh_words(person_id=key)
    return len(keys)


def _words_of(person: User) -> str:
    """Only what the person shows: nobody is found by what they keep to themselves."""
    try:
        profile = person.profile
    except ObjectDoesNotExist:
        return ""
    if not profile.public_listing:
        return ""
    parts = [person.full_name, profile.offer, profile.profession.name if profile.profession else ""]
    if profile.public_region and profile.region:
        parts.append(profile.region.name)
    if profile.public_employer and profile.employer:
        parts.append(profile.employer.name)
    if profile.public_languages:
        parts += [language_name(code) for code in profile.languages or ()]
    card = ListingCard.objects.filter(person=person).first()
    for word in offers_by_key(card.offers if card else ()):
        parts += [word.term, word.plain, *word.also]
    for place in PracticePlace.objects.filter(person=person, is_listed=True).select_related("region"):
        parts += [place.name, place.municipality, place.region.name]
    return " \n".join(part for part in parts if part)
