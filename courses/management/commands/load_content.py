"""Load course content into pages."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from courses.domain.content.files import CONTENT
from courses.domain.content.load import LoadedCourse, load_content
from courses.exceptions import ContentError


class Command(BaseCommand):
    """Courses from files, idempotent: what is loaded already stays as it is."""

    help = (
        "Load course folders (course.yaml, modules/, h5p/) into pages and publish them. Safe to run again: "
        "a folder that did not change is left alone. Example: manage.py load_content --dir courses/content"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where from, whether again, and how to tell."""
        parser.add_argument(
            "--dir", type=Path, default=CONTENT, help="folder with course folders, or one of them"
        )
        parser.add_argument("--force", action="store_true", help="load again, over what authors changed")
        parser.add_argument("--json", action="store_true", help="one JSON document on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load; exits 1 where a file was refused."""
        loaded: list[LoadedCourse] = []
        try:
            for course in load_content(root=options["dir"], force=options["force"]):
                loaded.append(course)
                (self.stderr if options["json"] else self.stdout).write(self._line(course))
        except ContentError as error:
            self.stderr.write(str(error))
            sys.exit(1)
        if options["json"]:
            self.stdout.write(json.dumps({"courses": [asdict(course) for course in loaded]}))

    def _line(self, course: LoadedCourse) -> str:
        word = "unchanged" if course.state == "unchanged" else "loaded"
        return (
            f"  {course.slug}: {word}, version {course.version} "
            f"({course.modules} modules, {course.lessons} lessons, {course.packages} packages)"
        )
