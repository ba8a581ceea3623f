"""A course with its published modules and lessons, read in three queries."""

from dataclasses import dataclass

from courses.models import CoursePage, LessonPage, ModulePage


@dataclass(frozen=True, slots=True)
class CourseTree:
    """The live pages of one course in reading order."""

    course: CoursePage
    modules: tuple[tuple[ModulePage, tuple[LessonPage, ...]], ...]

    @property
    def lessons(self) -> tuple[LessonPage, ...]:
        """All lessons in reading order."""
        return tuple(lesson for _, lessons in self.modules for lesson in lessons)


def course_tree(course: CoursePage) -> CourseTree:
    """What is published below a course; drafts stay out. Three queries."""
    modules = list(ModulePage.objects.child_of(course).live().order_by("path"))
    lessons: dict[str, list[LessonPage]] = {module.path: [] for module in modules}
    for lesson in LessonPage.objects.descendant_of(course).live().order_by("path"):
        parent = lesson.path[: -LessonPage.steplen]
        if parent in lessons:
            lessons[parent].append(lesson)
    return CourseTree(
        course=course, modules=tuple((module, tuple(lessons[module.path])) for module in modules)
    )
