"""Learning packages of our own content type, packed from the content files and taken in by the media floor."""

import tempfile
from pathlib import Path

from courses.domain.content.files import CourseFolder
from courses.exceptions import ContentError
from media.api import (
    MediaError,
    SortingContentError,
    approve_version_libraries,
    import_package,
    pack_sorting_package,
)


def package_slug(course_slug: str, name: str) -> str:
    """The slug under which the media floor knows a package of a course."""
    return f"{course_slug}-{name}"[:80]


def load_packages(folder: CourseFolder) -> bool:
    """Pack and import every package of a course; the same bytes twice are the same version.

    Returns whether any was new: the content changed, or this house's own library inside it did. Approved at once,
    because that library is our own. Raises ContentError.
    """
    changed = False
    with tempfile.TemporaryDirectory() as place:
        for name, content in folder.packages.items():
            target = Path(place) / f"{name}.h5p"
            try:
                pack_sorting_package(content, target)
                with target.open("rb") as file:
                    imported = import_package(
                        file=file,
                        uploaded_by=None,
                        original_name=target.name,
                        slug=package_slug(folder.slug, name),
                    )
                changed |= imported.created
                approve_version_libraries(version_id=imported.version_id, approved_by=None)
            except (SortingContentError, MediaError) as error:
                raise ContentError(f"{folder.path / 'h5p' / name}.json: {error}") from error
    return changed
