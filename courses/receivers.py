"""What follows when Wagtail says that a page was published. Receivers only pass on; the verbs decide."""

import logging
from typing import Any

from courses.domain.author_group import ensure_author_rights
from courses.domain.publish import publish_course
from courses.exceptions import CourseNotPublishableError
from courses.models import CourseIndexPage, CoursePage

logger = logging.getLogger("nestwerk.courses")


def make_version(sender: type[CoursePage], instance: CoursePage, revision: Any, **kwargs: Any) -> None:
    """A published course becomes a version. The edit form has checked it; a planned publication may still fail."""
    try:
        publish_course(course=instance, published_by=getattr(revision, "user", None))
    except CourseNotPublishableError as error:
        logger.warning("course %s makes no version yet: %s problems", instance.pk, len(error.problems))


def give_author_rights(sender: type[CourseIndexPage], instance: CourseIndexPage, **kwargs: Any) -> None:
    """Authors may write below a catalogue, whoever made it."""
    ensure_author_rights(instance)
