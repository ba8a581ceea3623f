"""Pictures, films and recordings of a content folder as rows that blocks can point at."""

import hashlib
from pathlib import Path

from django.core.files.base import ContentFile
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.domain.content.files import CourseFolder
from courses.domain.content.packages import package_slug
from courses.exceptions import ContentError

PICTURES = (".png", ".webp", ".jpg", ".jpeg")
FILES = (".mp4", ".webm", ".mp3", ".m4a", ".ogg", ".wav", ".vtt")


class CourseMedia:
    """Finds what the blocks of one course name; the same bytes under the same title are stored once."""

    def __init__(self, folder: CourseFolder) -> None:
        self.folder = folder
        self.known: dict[str, int] = {}

    def package(self, name: str) -> str:
        """The slug of a learning package of this course."""
        return package_slug(self.folder.slug, name)

    def image(self, name: str) -> int:
        """The number of a picture. Raises ContentError."""
        return self._row(name, PICTURES, get_image_model())

    def document(self, name: str) -> int:
        """The number of a film, a recording or captions. Raises ContentError."""
        return self._row(name, FILES, get_document_model())

    def _row(self, name: str, endings: tuple[str, ...], model: type[Model]) -> int:
        file: Path | None = self.folder.media.get(name)
        if file is None or file.suffix.lower() not in endings:
            raise ContentError(
                f"{self.folder.path / 'media' / name}: no such file, or not one of {', '.join(endings)}"
            )
        if name not in self.known:
            self.known[name] = _stored(model, f"{self.folder.slug}: {name}", file)
        return self.known[name]


def _stored(model: type[Model], title: str, file: Path) -> int:
    """The row with these bytes; made when it is not there yet."""
    data = file.read_bytes()
    # Wagtail keeps the SHA-1 of a file to find its double; nothing is proven with it.
    digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    known = model._default_manager.filter(title=title, file_hash=digest).values_list("pk", flat=True).first()
    if known is not None:
        return int(known)
    row = model(title=title, file=ContentFile(data, name=file.name), file_size=len(data), file_hash=digest)
    row.save()
    return int(row.pk)
