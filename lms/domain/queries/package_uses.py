"""Who is busy with which version of a package."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from courses.api import PackageUse, package_uses
from lms.models import ActivityState, Enrolment


@dataclass(frozen=True, slots=True)
class VersionUse:
    """One exercise with its people: `learners` are in that version of the course, `started` and `ended` played it."""

    use: PackageUse
    learners: int
    started: int
    ended: int


def version_uses(version_ids: Collection[int]) -> tuple[VersionUse, ...]:
    """Every use of these package versions with how many people it concerns. Four queries, whatever the number."""
    uses = package_uses(version_ids)
    if not uses:
        return ()
    learners = dict(
        Enrolment.objects.current()
        .filter(version__in={use.course_version_id for use in uses}, completed_at=None)
        .values_list("version")
        .annotate(Count("pk"))
    )
    played = {
        (version, package, activity): (started, ended)
        for version, package, activity, started, ended in ActivityState.objects.filter(
            package_version__in=version_ids, enrolment__withdrawn_at=None
        )
        .values_list("enrolment__version", "package_version", "activity_id")
        .annotate(started=Count("pk"), ended=Count("pk", filter=Q(ended_at__isnull=False)))
    }
    return tuple(
        VersionUse(
            use,
            learners.get(use.course_version_id, 0),
            *played.get((use.course_version_id, use.package_version_id, use.block_id), (0, 0)),
        )
        for use in uses
    )
