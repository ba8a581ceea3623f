"""Photos that become one PDF: take in, put in order, turn, crop, make. The order is that of the browser."""

from collections.abc import Sequence
from typing import IO

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accreditation.domain.evidence import KeptFile, keep_file
from accreditation.exceptions import EvidenceError
from accreditation.models import EvidencePhoto
from media.api import (
    MAX_SHEETS,
    EvidenceRefusedError,
    FilePurpose,
    PhotoSheet,
    compose_sheets,
    delete_stored_file,
    stored_file_info,
)
from people.api import User

WHOLE = [0.0, 0.0, 1.0, 1.0]


def take_photo(*, person: User, token: str, upload: IO[bytes]) -> EvidencePhoto:
    """Clean one photo and put it at the end. Raises EvidenceError for a file that is no photo, or one too many."""
    if EvidencePhoto.objects.filter(owner=person, token=token).count() >= MAX_SHEETS:
        raise EvidenceError(_("Hoogstens 40 foto's in één pdf. Haal er enkele weg."))
    kept = keep_file(person=person, upload=upload)
    return photo_of(person=person, token=token, kept=kept)


@transaction.atomic
def photo_of(*, person: User, token: str, kept: KeptFile) -> EvidencePhoto:
    """Put a kept file at the end as a sheet. Raises EvidenceError for a file that is no photo."""
    info = stored_file_info([kept.id])[kept.id]
    if not info.mime.startswith("image/"):
        raise EvidenceError(_("Dit is geen foto. Voeg een pdf toe in het formulier zelf."))
    User.objects.select_for_update().get(pk=person.pk)
    last = EvidencePhoto.objects.filter(owner=person, token=token).aggregate(last=Max("position"))["last"]
    return EvidencePhoto.objects.create(
        owner=person, token=token, file_id=kept.id, position=(last or 0) + 1, crop=WHOLE
    )


def photos_of(*, person: User, token: str) -> list[EvidencePhoto]:
    """The sheets of a form in order. One query."""
    return list(EvidencePhoto.objects.filter(owner=person, token=token).select_related("file"))


@transaction.atomic
def change_photo(*, person: User, photo_id: int, action: str) -> None:
    """Turn ("left", "right"), move ("up", "down") or remove ("remove") one photo. An unknown one changes nothing."""
    photo = EvidencePhoto.objects.select_for_update().filter(pk=photo_id, owner=person).first()
    if photo is None:
        return
    if action in ("left", "right"):
        photo.turn = (photo.turn + (90 if action == "right" else 270)) % 360
        photo.crop = turned_crop(photo.crop or WHOLE, clockwise=action == "right")
        photo.save(update_fields=["turn", "crop"])
    elif action in ("up", "down"):
        _swap(photo, up=action == "up")
    elif action == "remove":
        delete_stored_file(file_id=photo.file_id, actor=person, reason="photo taken out")


def crop_photo(*, person: User, photo_id: int, crop: Sequence[float]) -> None:
    """Keep the part [left, top, right, bottom] (fractions) of the turned photo. Raises EvidenceError for no part."""
    left, top, right, bottom = crop
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1) or right - left < 0.05 or bottom - top < 0.05:
        raise EvidenceError(_("Er blijft bijna niets over. Knip er minder af."))
    EvidencePhoto.objects.filter(pk=photo_id, owner=person).update(crop=[left, top, right, bottom])


def make_pdf(*, person: User, token: str, name: str) -> KeptFile:
    """One PDF of the sheets in order; the photos themselves are forgotten. Raises EvidenceError."""
    photos = photos_of(person=person, token=token)
    sheets = [PhotoSheet(photo.file_id, photo.turn, tuple(photo.crop or WHOLE)) for photo in photos]
    try:
        made = compose_sheets(owner=person, sheets=sheets, purpose=FilePurpose.EVIDENCE, name=name)
    except EvidenceRefusedError as error:
        raise EvidenceError(error.message, field="file") from error
    for photo in photos:
        delete_stored_file(file_id=photo.file_id, actor=person, reason="put together in one pdf")
    return KeptFile(id=made.id, name=made.original_name)


def turned_crop(crop: Sequence[float], *, clockwise: bool) -> list[float]:
    """The same part of the photo after a quarter turn."""
    left, top, right, bottom = crop
    return [1 - bottom, left, 1 - top, right] if clockwise else [top, 1 - right, bottom, 1 - left]


def _swap(photo: EvidencePhoto, *, up: bool) -> None:
    others = EvidencePhoto.objects.filter(owner=photo.owner, token=photo.token)
    neighbour = (
        others.filter(position__lt=photo.position).last()
        if up
        else others.filter(position__gt=photo.position).first()
    )
    if neighbour is None:
        return
    photo.position, neighbour.position = neighbour.position, photo.position
    EvidencePhoto.objects.bulk_update([photo, neighbour], ["position"])
