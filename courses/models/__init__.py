from courses.models.accreditation import CourseAccreditation
from courses.models.content_source import ContentSource
from courses.models.course import CourseIndexPage, CoursePage
from courses.models.lesson import LessonPage, ModulePage
from courses.models.trainer_sheet import TrainerSheet
from courses.models.version import CourseVersion, VersionCheck, VersionCheckKey, VersionLesson

__all__ = [
    "ContentSource",
    "CourseAccreditation",
    "CourseIndexPage",
    "CoursePage",
    "CourseVersion",
    "LessonPage",
    "ModulePage",
    "TrainerSheet",
    "VersionCheck",
    "VersionCheckKey",
    "VersionLesson",
]
