"""What a professional tells about themselves."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ledger.api import record_audit, ref
from people.models import ProfessionalProfile, User
from people.signals import profile_changed

PUBLIC_FIELDS = (
    "public_listing",
    "public_feed",
    "public_contact",
    "public_employer",
    "public_languages",
    "public_region",
)


def profile_of(user: User) -> ProfessionalProfile:
    """The person's profile; an empty one the first time."""
    profile, _ = ProfessionalProfile.objects.select_related("profession", "employer", "region").get_or_create(
        user=user
    )
    return profile


@transaction.atomic
def update_profile(*, user: User, names: Mapping[str, str], fields: Mapping[str, Any]) -> ProfessionalProfile:
    """Store a changed profile and announce it; the audit trail names the changed fields, never their content."""
    profile, _ = ProfessionalProfile.objects.select_for_update().get_or_create(user=user)
    degrees = fields.get("base_degrees")
    changed = [
        name for name, value in fields.items() if name != "base_degrees" and getattr(profile, name) != value
    ]
    for name in changed:
        setattr(profile, name, fields[name])
    if changed:
        profile.save()
    if degrees is not None and set(degrees) != set(profile.base_degrees.all()):
        profile.base_degrees.set(degrees)
        changed.append("base_degrees")
    renamed = [name for name, value in names.items() if getattr(user, name) != value]
    for name in renamed:
        setattr(user, name, names[name])
    if renamed:
        user.save(update_fields=renamed)
    if changed or renamed:
        profile_changed.send(sender=User, user_id=user.pk, fields=tuple(changed + renamed))
        record_audit(
            verb="profile.changed", subject=ref(user), actor=user, data={"fields": sorted(changed + renamed)}
        )
    return profile


def set_publications(*, user: User, page: bool, feed: bool) -> ProfessionalProfile:
    """Say where somebody may be listed: our own page, and the lists of others. Announced by the save; twice is once."""
    return update_profile(user=user, names={}, fields={"public_listing": page, "public_feed": page and feed})
