"""Materials of a session: a link, a file, or only what to bring. Files lie in private storage; an edition and its copy
may share one, so the bytes go with the last material that points at them."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.exceptions import CohortError
from lms.models import Session, SessionMaterial
from media.api import EvidenceRefusedError, FilePurpose, delete_stored_file, ingest_file
from people.api import User

logger = logging.getLogger("nestwerk.lms")
#: How long a file waits for the rest of its form.
KEEP_LOOSE_FILE = timedelta(hours=1)
#: Files that one run of the sweeper takes.
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A checked file that waits for the rest of its form. `warnings`: what was changed in it."""

    id: UUID
    name: str
    warnings: tuple[str, ...] = ()


def keep_file(*, actor: User, upload: IO[bytes]) -> KeptFile:
    """Check, clean and store a file before the rest of the form is right, so that nobody has to choose it twice.

    Raises CohortError (bad_file, not_stored) with what to do about it.
    """
    try:
        info = ingest_file(upload=upload, owner=actor, purpose=FilePurpose.MATERIAL)
    except EvidenceRefusedError as error:
        raise CohortError("bad_file", error.message) from error
    except OSError as error:
        logger.warning("storage of material failed: %s", type(error).__name__)
        raise CohortError(
            "not_stored",
            _("We konden je bestand nu niet bewaren. Er is niets verloren: probeer het straks nog eens."),
        ) from error
    return KeptFile(info.id, info.original_name, tuple(one.message for one in info.warnings))


def loose_file(*, actor: User, file_id: UUID) -> KeptFile | None:
    """A kept file of this person that no material uses yet; None for anything else. One query."""
    row = _loose_files().filter(pk=file_id, owner=actor).first()
    return KeptFile(row.pk, row.original_name) if row else None


def forget_loose_files(*, before: datetime) -> int:
    """Delete material files of before a moment that no material uses (any more); returns how many. Twice is once."""
    ids = list(_loose_files().filter(created__lt=before).values_list("pk", flat=True)[:MOST_AT_ONCE])
    for file_id in ids:
        delete_stored_file(file_id=file_id, actor=None, reason="no material uses it")
    return len(ids)


@transaction.atomic
def add_material(
    *,
    session_id: int,
    actor: User,
    title: str,
    url: str = "",
    for_trainers: bool = False,
    file_id: UUID | None = None,
    key: UUID | None = None,
) -> SessionMaterial:
    """Add something to read, open or bring. `key` names the form: sent twice it is added once.

    Raises CohortError: empty, link_and_file, file_gone (kept too long, or somebody else's).
    """
    session = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
    if key is not None and (known := SessionMaterial.objects.filter(session=session, key=key).first()):
        return known
    if not title.strip():
        raise CohortError("empty", _("Geef het materiaal een titel."))
    if url and file_id:
        raise CohortError(
            "link_and_file", _("Kies een link of een bestand. Voor allebei voeg je twee keer iets toe.")
        )
    if file_id is not None and loose_file(actor=actor, file_id=file_id) is None:
        raise CohortError("file_gone", _("We vinden dit bestand niet meer. Kies het nog eens."))
    material = SessionMaterial.objects.create(
        cohort_id=session.cohort_id,
        session=session,
        title=title.strip()[:160],
        url=url,
        file_id=file_id,
        for_trainers=for_trainers,
        key=key,
    )
    record_audit(verb="session.material_added", subject=ref(session), actor=actor)
    return material


@transaction.atomic
def remove_material(*, material_id: int, session_id: int, actor: User) -> None:
    """Take it away, and its file when no other edition uses it. Twice is once."""
    found = SessionMaterial.objects.select_for_update().filter(pk=material_id, session_id=session_id).first()
    if found is None:
        return
    file_id = found.file_id
    found.delete()
    if file_id is not None and not SessionMaterial.objects.filter(file_id=file_id).exists():
        delete_stored_file(file_id=file_id, actor=actor, reason="material removed")
    record_audit(verb="session.material_removed", subject=f"session:{session_id}", actor=actor)


def _loose_files() -> Any:
    """Files that materials can point at and none does, by the relation itself."""
    return apps.get_model("media", "StoredFile").objects.filter(
        purpose=FilePurpose.MATERIAL, session_materials=None
    )
