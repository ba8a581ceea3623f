"""Reusable reads about packages and libraries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from media.domain.packages.report import LibraryRef, LibrarySpec
from media.enums import LibraryState, VersionState
from media.models import H5PLibrary, LearningPackage, PackageVersion


@dataclass(frozen=True, slots=True)
class PackageChoice:
    """One package that an author can put in a lesson: the newest version that is ready."""

    package_id: int
    version_id: int
    slug: str
    title: str
    kind: str


def known_libraries() -> list[LibrarySpec]:
    """Every library of this house as the check wants it. One query."""
    return [as_spec(row) for row in H5PLibrary.objects.all()]


def as_spec(row: H5PLibrary) -> LibrarySpec:
    """A stored library in the words of the check."""
    return LibrarySpec(
        ref=LibraryRef(row.machine_name, row.major, row.minor),
        patch=row.patch,
        title=row.title,
        content_hash=row.content_hash,
        scripts=tuple(row.scripts),
        styles=tuple(row.styles),
        dependencies=tuple(LibraryRef(*item) for item in row.dependencies),
        file_count=row.file_count,
        size=row.size,
        state=row.state,
    )


def package_choices() -> list[PackageChoice]:
    """Packages with a version that is ready, by title. One query."""
    newest: dict[int, PackageChoice] = {}
    rows = (
        PackageVersion.objects.filter(state=VersionState.READY).select_related("package").order_by("number")
    )
    for row in rows:
        newest[row.package_id] = PackageChoice(row.package_id, row.pk, row.package.slug, row.title, row.kind)
    return sorted(newest.values(), key=lambda choice: (choice.title.casefold(), choice.package_id))


def current_version_id(*, slug: str) -> int | None:
    """The newest ready version of the package with this slug, or None. One query."""
    return (
        PackageVersion.objects.filter(package__slug=slug, state=VersionState.READY)
        .order_by("-number")
        .values_list("pk", flat=True)
        .first()
    )


@dataclass(frozen=True, slots=True)
class VersionFact:
    """One version of a package, for pages of higher floors."""

    version_id: int
    number: int
    state_label: str
    package_title: str


def package_versions(package_id: int) -> list[VersionFact]:
    """Every version of a package, newest first. One query; empty when there is no such package."""
    rows = PackageVersion.objects.filter(package=package_id).select_related("package").order_by("-number")
    return [VersionFact(row.pk, row.number, row.get_state_display(), row.package.title) for row in rows]


def package_list() -> QuerySet[LearningPackage]:
    """Packages for the list in the back office, newest first, each with its versions."""
    return LearningPackage.objects.prefetch_related("versions__uploaded_by").order_by("-created", "-pk")


def libraries_with_use() -> QuerySet[H5PLibrary]:
    """Libraries with how many versions use them and which wait for them; those that wait come first. Two queries."""
    return (
        H5PLibrary.objects.select_related("uploaded_by", "approved_by")
        .prefetch_related(
            Prefetch(
                "versions",
                queryset=PackageVersion.objects.filter(state=VersionState.WAITING)
                .select_related("uploaded_by")
                .order_by("created"),
                to_attr="waiting_for",
            )
        )
        .annotate(
            used=Count("versions"),
            waiting_versions=Count("versions", filter=Q(versions__state=VersionState.WAITING)),
        )
        .order_by("-waiting_versions", "machine_name", "major", "minor", "patch")
    )


def waiting_library_count() -> int:
    """How many libraries an administrator still has to judge."""
    return H5PLibrary.objects.filter(state=LibraryState.WAITING).count()


def versions_ready_now(library_ids: Iterable[int]) -> QuerySet[PackageVersion]:
    """Waiting versions that use one of these libraries and have nothing left that waits."""
    return PackageVersion.objects.filter(state=VersionState.WAITING, libraries__in=list(library_ids)).exclude(
        pk__in=PackageVersion.objects.filter(
            libraries__state__in=[LibraryState.WAITING, LibraryState.REFUSED]
        ).values("pk")
    )
