"""The way through an outline: before, after, and where to go on. Pure."""

from courses.api import Outline, OutlineLesson


def neighbours(outline: Outline, slug: str) -> tuple[OutlineLesson | None, OutlineLesson | None]:
    """The lessons before and after, across modules."""
    lessons = outline.lessons
    at = next((index for index, lesson in enumerate(lessons) if lesson.slug == slug), None)
    if at is None:
        return None, None
    return (
        lessons[at - 1] if at > 0 else None,
        lessons[at + 1] if at + 1 < len(lessons) else None,
    )


def continue_with(outline: Outline, done: frozenset[str], last_lesson: str) -> OutlineLesson | None:
    """Where to go on: the lesson opened last if it is not done, else the next one that is not, else the first.

    None when every lesson is done.
    """
    lessons = outline.lessons
    start = next((index for index, lesson in enumerate(lessons) if lesson.slug == last_lesson), 0)
    for lesson in (*lessons[start:], *lessons[:start]):
        if lesson.slug not in done:
            return lesson
    return None
