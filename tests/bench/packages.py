"""What packages cost: a statement that moves progress, here and in wagtail-lms, and taking in a large package.

Fills databases for the runner; alone it measures an import:  python -m tests.bench.packages
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
LESSONS = 10
STATEMENT_PATH = "/mijn/leren/activiteit/verklaring/"
FILES = 1_700
BYTES = 10 * 1024 * 1024


def statement(activity: str, verb: str) -> dict[str, Any]:
    """What a question set says when it is done; without an id, so that every request is a new one."""
    return {
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}", "display": {"en-US": verb}},
        "object": {"objectType": "Activity", "id": activity, "definition": {"name": {"en-US": "Oefening"}}},
        "result": {
            "score": {"min": 0, "raw": 7, "max": 8, "scaled": 0.875},
            "completion": True,
            "success": True,
            "duration": "PT12.5S",
        },
        "context": {
            "contextActivities": {"category": [{"id": "http://h5p.org/libraries/H5P.QuestionSet-1.20"}]}
        },
    }


def our_bodies(people: list[Any], verb: str) -> list[str]:
    """One request for each person: an exercise of a course of ten lessons that counts its exercises.

    `completed` moves progress each time; it never completes the course, because the other nine are open.
    """
    from courses.api import get_outline
    from courses.domain.publish import publish_course
    from courses.models import CoursePage
    from lms.domain.activities import launch_activity
    from lms.domain.enrolment import enrol
    from tests.factories.courses import add_lesson, add_module, make_course, make_text_block
    from tests.factories.lms import make_activity_block, make_package

    if not CoursePage.objects.filter(slug="oefeningen").exists():
        make_package("bench", "H5P.QuestionSet 1.20")
        course = make_course("oefeningen", complete_activities=True)
        module = add_module(course)
        for number in range(1, LESSONS + 1):
            block = make_activity_block(f"oefening-{number}", "bench")
            add_lesson(module, f"les-{number}", [make_text_block(), block])
        publish_course(course=course)
    bodies = []
    for person in people:
        enrolment = enrol(person=person, course_slug="oefeningen")
        outline = get_outline(enrolment.version_id)
        from media.models import PackageVersion

        launch = launch_activity(
            enrolment=enrolment,
            outline=outline,
            lesson_slug="les-1",
            activity_id="oefening-1",
            package_version_id=PackageVersion.objects.get(package__slug="bench").pk,
            state=None,
        )
        bodies.append(json.dumps({"token": launch.token, "statement": statement(launch.activity, verb)}))
    return bodies


def peer() -> dict[str, Any]:
    """wagtail-lms: a course of ten lessons with one exercise each, and forty people in it."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from wagtail.models import Page
    from wagtail_lms.models import CourseEnrollment, CoursePage, H5PActivity, H5PLessonPage

    root = Page.get_first_root_node()
    course = root.add_child(instance=CoursePage(title="Cursus", slug="cursus"))
    # Without the file: what is measured is the statement, not the extraction.
    H5PActivity.objects.bulk_create(
        H5PActivity(title=f"Oefening {number}", main_library="H5P.QuestionSet") for number in range(LESSONS)
    )
    activities = list(H5PActivity.objects.order_by("pk"))
    for number, activity in enumerate(activities):
        body = [{"type": "h5p_activity", "value": {"activity": activity.pk}}]
        lesson = H5PLessonPage(title=f"Les {number}", slug=f"les-{number}", body=json.dumps(body))
        Page.objects.get(pk=course.pk).specific.add_child(instance=lesson)
    cookies = []
    for number in range(40):
        user = get_user_model().objects.create(username=f"u{number}")
        CourseEnrollment.objects.create(user=user, course=course)
        client = Client()
        client.force_login(user)
        cookies.append(client.cookies["sessionid"].value)
    address = f"/lms/h5p-xapi/{activities[0].pk}/"
    bodies = {
        verb: json.dumps(statement("http://localhost/h5p/1", verb)) for verb in ("completed", "answered")
    }
    return {"cookies": cookies, "path": address, "bodies": bodies}


def large_package(target: Path) -> None:
    """An H5P package of 1,700 files and 10 MB, most of them library files, as real ones have."""
    import random

    source = random.Random(1)
    share = BYTES // FILES
    library = {
        "machineName": "Bench.Large",
        "title": "Large",
        "majorVersion": 1,
        "minorVersion": 0,
        "patchVersion": 0,
        "preloadedJs": [{"path": "f0.js"}],
    }
    manifest = {
        "title": "Groot",
        "mainLibrary": "Bench.Large",
        "preloadedDependencies": [{"machineName": "Bench.Large", "majorVersion": 1, "minorVersion": 0}],
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("h5p.json", json.dumps(manifest))
        archive.writestr("content/content.json", "{}")
        archive.writestr("Bench.Large-1.0/library.json", json.dumps(library))
        for number in range(FILES - 3):
            archive.writestr(f"Bench.Large-1.0/f{number}.js", source.randbytes(share // 2).hex())


def measure_import() -> dict[str, float]:
    """Seconds of an import and megabytes that the process grew to by it, in this process."""
    import django

    django.setup()
    from django.core.management import call_command

    from media.api import import_package

    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "groot.h5p"
        large_package(path)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        with path.open("rb") as file:
            import_package(file=file, uploaded_by=None, original_name="groot.h5p")
        seconds = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        size = path.stat().st_size / 1024 / 1024
    return {"seconds": seconds, "grown_mb": (after - before) / 1024, "peak_mb": after / 1024, "zip_mb": size}


def import_row(database_url: str, environment: dict[str, str]) -> str:
    """One line about the import, measured in a process of its own."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.bench.packages"],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "DATABASE_URL": database_url},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(result.stdout.strip().splitlines()[-1])
    # What the process of the whole site holds before it opens a package is not the import's.
    reached = found["seconds"] < 10 and found["grown_mb"] < 150
    return (
        f"Import of {FILES} files, 10 MB: {found['seconds']:.1f} s (target 10), {found['grown_mb']:.0f} MB for the "
        f"import (target 150; the process {found['peak_mb']:.0f} MB): {'reached' if reached else 'NOT REACHED'}"
    )


if __name__ == "__main__":
    print(json.dumps(measure_import()))
