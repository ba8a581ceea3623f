"""Announcing recognitions to the outside: versions in an append-only stream, written with what caused them."""

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accreditation.domain.certificates import next_number
from accreditation.domain.directory_words import fill_missing_words, refresh_words
from accreditation.domain.listing_description import shown_parts
from accreditation.domain.listing_rules import listing_status
from accreditation.domain.queries.listed import listable_recognitions, status_of
from accreditation.domain.webhooks import queue_event
from accreditation.enums import FeedStatus
from accreditation.models import FeedEvent, Listing, Recognition
from ledger.api import record_audit, ref, wait_for_turn
from people.api import User

#: How many versions one page of the stream holds. Full pages never change, so never change this number.
PAGE_SIZE = 250
SERIES = "feed"


def publish_recognition(recognition: Recognition, *, actor: models.Model | None = None) -> FeedEvent | None:
    """Bring the stream in step with a recognition: call it after every grant, renewal, withdrawal or consent.

    Writes at most one version, in the caller's transaction: "valid" when the person consents and the dates hold, the
    end when it was announced before and no longer holds. None when the stream already says so, or must say nothing.
    """
    with transaction.atomic():
        wait_for_turn()
        current = Recognition.objects.select_related("person__profile", "person__listing_card").get(
            pk=recognition.pk
        )
        status = listing_status(
            consents=_consents(current.person),
            is_active=current.person.is_active,
            status=status_of(current, day=timezone.localdate()),
        )
        listing = Listing.objects.filter(recognition=current).first()
        if status is None or (status != FeedStatus.VALID and not (listing and listing.is_announced)):
            return None
        listing = listing or Listing(recognition=current)
        payload = _payload(current, listing, status)
        digest = _shown_digest(current, payload)
        if listing.shown_digest == digest and listing.is_announced:
            return None
        return _announce(current, listing, payload=payload, digest=digest, actor=actor)


def retract_recognition(recognition: Recognition, *, actor: models.Model | None = None) -> FeedEvent | None:
    """Say in the stream that a listed recognition ended; the reason follows from the recognition itself.

    Call it in the transaction of the withdrawal, after the recognition's row was changed.
    """
    return publish_recognition(recognition, actor=actor)


def announce_person(*, person_id: int, with_words: bool = True) -> int:
    """Bring the stream, and the words of the search, in step with a person; returns how many versions were written."""
    if with_words:
        refresh_words(person_id=person_id)
    rows = Recognition.objects.filter(person_id=person_id).order_by("pk")
    return sum(publish_recognition(row) is not None for row in rows)


def announce_lapses() -> int:
    """Write the end of listed recognitions that no longer hold and the start of those that begin. Safe to repeat.

    Dates and consent already decided at read time; this only tells those who follow the stream.
    """
    fill_missing_words()
    listable = listable_recognitions(timezone.localdate())
    ended = Recognition.objects.filter(listing__is_announced=True).exclude(pk__in=listable.values("pk"))
    begun = listable.filter(Q(listing=None) | Q(listing__is_announced=False))
    return sum(publish_recognition(row) is not None for row in (*ended, *begun))


def _consents(person: User) -> bool:
    try:
        return bool(person.profile.public_listing and person.profile.public_feed)
    except ObjectDoesNotExist:
        return False


def _announce(
    recognition: Recognition,
    listing: Listing,
    *,
    payload: dict[str, Any],
    digest: str,
    actor: models.Model | None,
) -> FeedEvent:
    """Write one version and remember what was said."""
    now = timezone.now()
    listing.version += 1
    listing.is_announced = payload["status"] == FeedStatus.VALID
    listing.shown_digest = digest
    listing.riziv_digest = riziv_digest(_riziv_number(recognition)) if listing.is_announced else ""
    listing.changed_at = now
    listing.save()
    event = FeedEvent.objects.create(
        sequence=next_number(SERIES),
        recognition=recognition,
        version=listing.version,
        payload=payload,
        at=now,
    )
    queue_event(event)
    record_audit(
        verb="recognition.announced",
        subject=ref(recognition),
        actor=actor,
        data={"version": listing.version, "status": payload["status"]},
    )
    return event


def _payload(recognition: Recognition, listing: Listing, status: FeedStatus) -> dict[str, Any]:
    """Identifier and status, no person. After the end of consent not even the dates."""
    payload: dict[str, Any] = {"id": str(listing.public_id), "status": status.value}
    if status != FeedStatus.UNLISTED:
        payload |= {
            "level": recognition.level,
            "valid_from": recognition.valid_from.isoformat(),
            "valid_until": recognition.valid_until.isoformat(),
        }
    return payload


def _shown_digest(recognition: Recognition, payload: dict[str, Any]) -> str:
    """Fingerprint of everything that the public sees, so that a changed switch makes a new version too."""
    parts: list[object] = [*sorted(payload.items())]
    if payload["status"] == FeedStatus.VALID:
        parts += [*shown_parts(recognition), riziv_digest(_riziv_number(recognition))]
    return hmac.new(_key(b"shown"), repr(parts).encode(), hashlib.sha256).hexdigest()


def riziv_digest(number: str) -> str:
    """Keyed digest of a RIZIV number, whatever its dots and dashes; empty for none. Useless without the key."""
    digits = "".join(letter for letter in number if letter.isdigit())
    return hmac.new(_key(b"riziv"), digits.encode(), hashlib.sha256).hexdigest() if digits else ""


def _riziv_number(recognition: Recognition) -> str:
    return str(recognition.person.profile.riziv_number)


def _key(purpose: bytes) -> bytes:
    return hashlib.sha256(purpose + b":" + settings.FIELD_ENCRYPTION_KEY.encode()).digest()
