"""Files of a person who is erased: their bytes go, after the commit."""

from functools import partial

from django.db import transaction

from media.domain.evidence.ingest import private_storage
from media.models import ResumableUpload, StoredFile
from people.api import ErasureLine


def erase_files(user_id: int, is_rehearsal: bool) -> list[ErasureLine]:
    """Delete the bytes of everything that the person uploaded; the rows go by their declaration."""
    places = list(StoredFile.objects.filter(owner_id=user_id).values_list("storage_name", flat=True))
    for parts in ResumableUpload.objects.filter(owner_id=user_id).values_list("parts", flat=True):
        places += [place for place, _size in parts]
    if not is_rehearsal:
        for place in places:
            transaction.on_commit(partial(private_storage().delete, place))
    return [ErasureLine("bestanden in de opslag", "deleted", len(places))] if places else []
