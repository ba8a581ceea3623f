"""Whole public pages for visitors without a session, thrown away the moment anything public changes.

Every entry carries the generation that was current when it was made. A change of public content raises the
generation after its commit, so no older page is ever served again (exact invalidation, no guessing which page
shows what). The local date is part of the key: what ends by its date is gone at midnight.
"""

import hashlib
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished, post_page_move

GENERATION = "public-pages:generation"
# Rows that public pages show, besides the pages themselves.
SHOWN_MODELS = (
    "accreditation.Certificate",
    "accreditation.Evidence",
    "accreditation.Listing",
    "accreditation.ListingCard",
    "accreditation.PracticePlace",
    "accreditation.Recognition",
    "courses.CourseVersion",
    "lms.Cohort",
    "lms.IntervisionGroup",
    "lms.Session",
    "people.Organisation",
    "people.ProfessionalProfile",
    "people.User",
)


def generation() -> int:
    """The number of the current state of all public pages; a lost number begins where no older page can be."""
    return int(cache.get_or_set(GENERATION, _now, None) or _now())


def forget_public_pages() -> None:
    """Raise the generation: every kept page is out of date from now on."""
    try:
        cache.incr(GENERATION)
    except ValueError:
        cache.set(GENERATION, _now(), None)


def _now() -> int:
    return int(timezone.now().timestamp())


def forget_after_commit(**kwargs: Any) -> None:
    """Signal receiver: not before the change can be seen by others. A sign-in changes nothing public."""
    if kwargs.get("update_fields") == frozenset({"last_login"}):
        return
    transaction.on_commit(forget_public_pages, robust=True)


def watch() -> None:
    """Connect the receivers; called once when the site starts."""
    from lms.api import seats_changed

    seats_changed.connect(forget_after_commit, dispatch_uid="page-cache-seats")
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(forget_after_commit, dispatch_uid=f"page-cache-{id(signal)}")
    for label in SHOWN_MODELS:
        model = apps.get_model(label)
        for signal in (post_save, post_delete):
            signal.connect(forget_after_commit, sender=model, dispatch_uid=f"page-cache-{label}-{id(signal)}")


def key_of(*, host: str, path_and_query: str) -> str:
    """Key of one page in its present generation, for today."""
    text = f"{host}|{path_and_query}|{generation()}|{timezone.localdate()}|{settings.LANGUAGE_CODE}"
    return "public-page:" + hashlib.sha256(text.encode()).hexdigest()
