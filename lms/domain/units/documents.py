"""Documents that a unit keeps with us (xAPI 1.0.3, part 3, section 2.2 to 2.7)."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.enums import DocumentKind
from lms.exceptions import UnitError
from lms.models import ActivityDocument, UnitLaunch

LAUNCH_DATA = "LMS.LaunchData"
PREFERENCES = "cmi5LearnerPreferences"
MAX_DOCUMENT = 512 * 1024
#: Of one person, over all packages; a package that makes one for every page stays far below.
MAX_DOCUMENTS = 2_000
_DEFAULT_PREFERENCES = {"languagePreference": "nl-BE,nl,en", "audioPreference": "on"}


@dataclass(frozen=True, slots=True)
class Place:
    """Whose document it is, about what, and how it is called."""

    kind: DocumentKind
    person_id: int
    enrolment_id: int
    activity: str
    registration: uuid.UUID | None
    name: str

    @property
    def key(self) -> str:
        """What makes it the same document; an activity's profile belongs to the learner's own course here."""
        parts = [self.kind, self.person_id, self.activity, str(self.registration or ""), self.name]
        if self.kind != DocumentKind.AGENT:
            parts.append(self.enrolment_id)
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes with their type; `etag` is the SHA-1 that xAPI asks for, without quotes."""

    content: bytes
    content_type: str
    etag: str
    updated_at: datetime


def read_document(place: Place) -> Document | None:
    """The document, or None. A learner who set no preferences has those of this site. One query."""
    row = ActivityDocument.objects.filter(key=place.key).first()
    if row is not None:
        return Document(bytes(row.content), row.content_type, row.etag, row.updated_at)
    if place.kind == DocumentKind.AGENT and place.name == PREFERENCES:
        content = json.dumps(_DEFAULT_PREFERENCES).encode()
        return Document(content, "application/json", etag_of(content), timezone.now())
    return None


def list_documents(place: Place, *, since: datetime | None) -> list[str]:
    """Names of the documents at this place (its own name is ignored). One query."""
    rows = ActivityDocument.objects.filter(
        kind=place.kind, activity=place.activity, person_id=place.person_id
    )
    if place.kind != DocumentKind.AGENT:
        rows = rows.filter(enrolment_id=place.enrolment_id, registration=place.registration)
    if since is not None:
        rows = rows.filter(updated_at__gt=since)
    return list(rows.order_by("name").values_list("name", flat=True)[:MAX_DOCUMENTS])


@transaction.atomic
def write_document(
    place: Place, *, content: bytes, content_type: str, merge: bool, if_match: str, if_none_match: str
) -> None:
    """Keep a document; `merge` adds the members of a JSON object to the one that is there.

    Raises UnitError: document_ours, document_too_large, document_many, document_other (412), document_blind (409),
    document_form.
    """
    if place.name == LAUNCH_DATA:
        raise UnitError("document_ours", _("Dit document schrijven wij; een pakket leest het alleen."))
    if len(content) > MAX_DOCUMENT:
        raise UnitError("document_too_large", _("Dit document is te groot (meer dan 512 kB)."))
    row = ActivityDocument.objects.select_for_update().filter(key=place.key).first()
    _check_precondition(place, row, if_match, if_none_match)
    if row is None and ActivityDocument.objects.filter(person=place.person_id).count() >= MAX_DOCUMENTS:
        raise UnitError(
            "document_many", _("Dit pakket wil te veel documenten bewaren. Wat er staat, blijft staan.")
        )
    if merge and row is not None:
        content = _merged(row, content, content_type)
    _save(place, row, content, content_type)


@transaction.atomic
def delete_documents(place: Place, *, if_match: str = "") -> None:
    """Delete one document, or with an empty name all states at this place, apart from what we wrote."""
    rows = ActivityDocument.objects.filter(person_id=place.person_id).exclude(name=LAUNCH_DATA)
    if place.name:
        row = rows.select_for_update().filter(key=place.key).first()
        if if_match and (row is None or not _names(if_match, row.etag)):
            raise _other()
        rows.filter(key=place.key).delete()
        return
    rows.filter(
        kind=place.kind,
        activity=place.activity,
        enrolment_id=place.enrolment_id,
        registration=place.registration,
    ).delete()


def put_launch_data(*, launch: UnitLaunch, activity: str, data: dict[str, Any]) -> None:
    """Write what the unit reads first. Two queries."""
    person_id = launch.enrolment.person_id
    place = Place(
        DocumentKind.STATE, person_id, launch.enrolment_id, activity, launch.registration, LAUNCH_DATA
    )
    row = ActivityDocument.objects.filter(key=place.key).first()
    _save(place, row, json.dumps(data).encode(), "application/json")


def etag_of(content: bytes) -> str:
    """SHA-1 in hexadecimal: what the specification asks of an ETag, no protection of anything."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _check_precondition(
    place: Place, row: ActivityDocument | None, if_match: str, if_none_match: str
) -> None:
    if if_match and (row is None or not _names(if_match, row.etag)):
        raise _other()
    if (
        if_none_match
        and row is not None
        and (if_none_match.strip() == "*" or _names(if_none_match, row.etag))
    ):
        raise _other()
    if place.kind != DocumentKind.STATE and row is not None and not if_match and not if_none_match:
        raise UnitError(
            "document_blind",
            _("Lees dit document eerst: het bestaat al, en If-Match of If-None-Match ontbreekt."),
        )


def _other() -> UnitError:
    return UnitError("document_other", _("Dit document veranderde intussen. Lees het opnieuw."))


def _names(header: str, etag: str) -> bool:
    return etag in {part.strip().removeprefix("W/").strip('"') for part in header.split(",")}


def _merged(row: ActivityDocument, content: bytes, content_type: str) -> bytes:
    problem = UnitError("document_form", _("Alleen JSON-objecten kunnen samengevoegd worden."))
    if not all(kind.startswith("application/json") for kind in (row.content_type, content_type)):
        raise problem
    try:
        before, after = json.loads(bytes(row.content)), json.loads(content)
    except (ValueError, RecursionError) as error:
        raise problem from error
    if not isinstance(before, dict) or not isinstance(after, dict):
        raise problem
    return json.dumps(before | after).encode()


def _save(place: Place, row: ActivityDocument | None, content: bytes, content_type: str) -> None:
    values = {
        "content": content,
        "content_type": content_type[:120] or "application/octet-stream",
        "etag": etag_of(content),
        "updated_at": timezone.now(),
    }
    if row is not None:
        ActivityDocument.objects.filter(pk=row.pk).update(**values)
        return
    ActivityDocument.objects.update_or_create(
        key=place.key,
        defaults={
            **values,
            "kind": place.kind,
            "person_id": place.person_id,
            "enrolment_id": None if place.kind == DocumentKind.AGENT else place.enrolment_id,
            "activity": place.activity,
            "registration": place.registration,
            "name": place.name,
        },
    )
