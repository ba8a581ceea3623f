"""What can go wrong on the courses floor, in words for the person who can mend it."""

from collections.abc import Sequence


class CoursesError(Exception):
    """Any refusal of this floor."""


class CourseNotPublishableError(CoursesError):
    """The course is not ready to become a version; `problems` are plain Dutch sentences for the author."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


class UnknownContentError(CoursesError, LookupError):
    """No such version, lesson or check."""


class CheckAnswerError(CoursesError):
    """An answer names a question or option that is not in the check, or more options than the question takes."""


class ContentError(CoursesError):
    """A content file does not keep to the format; the message names file and place."""
