"""Module and lesson pages have no public page of their own."""

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect

from courses.domain.queries.catalogue import COURSES_PATH

if TYPE_CHECKING:
    from courses.models import LessonPage, ModulePage

LEARNING_PATH = "/mijn/leren/"


def to_course(module: "ModulePage") -> HttpResponseRedirect:
    """The course that a module belongs to."""
    return HttpResponseRedirect(f"{COURSES_PATH}{module.get_parent().slug}/")


def to_lesson(lesson: "LessonPage") -> HttpResponseRedirect:
    """The learner's page of a lesson; who is not enrolled is told so there."""
    course = lesson.get_parent().get_parent()
    return HttpResponseRedirect(f"{LEARNING_PATH}{course.slug}/{lesson.slug}/")
