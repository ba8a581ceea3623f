"""The face of the courses floor. Higher floors import from here and nowhere else below `courses`."""

from courses.domain.answer_rules import MAX_GAP, clean_answer, is_answered, sequence_of, split_pairs
from courses.domain.check_facts import (
    CaseStep,
    CaseWay,
    MarkedCheck,
    MarkedQuestion,
    PublicCheck,
    PublicQuestion,
    TakenStep,
)
from courses.domain.content.index import ensure_course_index
from courses.domain.content.load import LoadedCourse, load_content
from courses.domain.extras import (
    CohortDate,
    PersonState,
    ReviewFigures,
    register_course_extras,
    register_course_reviews,
    register_person_state,
)
from courses.domain.facts import (
    CompletionRule,
    CourseSummary,
    LessonBlock,
    LessonContent,
    Outline,
    OutlineLesson,
    OutlineModule,
    Source,
)
from courses.domain.publish import publish_course
from courses.domain.queries.catalogue import (
    course_by_slug,
    courses_by_ids,
    latest_version_id,
    list_courses,
)
from courses.domain.queries.package_uses import PackageUse, package_uses
from courses.domain.queries.points import CourseGrant, CoursePoints, grants_of_courses, points_of_course
from courses.domain.queries.sheets import Sheet, has_trainer_sheets, trainer_sheets
from courses.domain.queries.terms import CourseTerms, course_terms, prerequisites_of
from courses.domain.queries.versions import follow_case, get_check, get_lesson, get_outline, mark_check
from courses.enums import BlockKind, CaseEnd, CourseForm, Level, QuestionKind, SheetKind
from courses.exceptions import (
    CheckAnswerError,
    ContentError,
    CourseNotPublishableError,
    CoursesError,
    UnknownContentError,
)

__all__ = [
    "MAX_GAP",
    "BlockKind",
    "CaseEnd",
    "CaseStep",
    "CaseWay",
    "CheckAnswerError",
    "CohortDate",
    "CompletionRule",
    "ContentError",
    "CourseForm",
    "CourseGrant",
    "CourseNotPublishableError",
    "CoursePoints",
    "CourseSummary",
    "CourseTerms",
    "CoursesError",
    "LessonBlock",
    "LessonContent",
    "Level",
    "LoadedCourse",
    "MarkedCheck",
    "MarkedQuestion",
    "Outline",
    "OutlineLesson",
    "OutlineModule",
    "PackageUse",
    "PersonState",
    "PublicCheck",
    "PublicQuestion",
    "QuestionKind",
    "ReviewFigures",
    "Sheet",
    "SheetKind",
    "Source",
    "TakenStep",
    "UnknownContentError",
    "clean_answer",
    "course_by_slug",
    "course_terms",
    "courses_by_ids",
    "ensure_course_index",
    "follow_case",
    "get_check",
    "get_lesson",
    "get_outline",
    "grants_of_courses",
    "has_trainer_sheets",
    "is_answered",
    "latest_version_id",
    "list_courses",
    "load_content",
    "mark_check",
    "package_uses",
    "points_of_course",
    "prerequisites_of",
    "publish_course",
    "register_course_extras",
    "register_course_reviews",
    "register_person_state",
    "sequence_of",
    "split_pairs",
    "trainer_sheets",
]
