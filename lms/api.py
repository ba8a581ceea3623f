"""The face of the lms floor. Higher floors import from here and nowhere else below `lms`."""

from lms.domain.enrolment import enrol, withdraw
from lms.domain.joining import ask_to_join
from lms.domain.paper import register_paper_maker, register_printer
from lms.domain.queries.attended import AttendedGroup, attended_group, attended_groups
from lms.domain.queries.cohorts import PublicSession, upcoming_public_sessions
from lms.domain.queries.desk import CourseProgress, DeskLearning, desk_learning
from lms.domain.queries.education import EducationLevel, register_education_levels
from lms.domain.queries.facts import (
    LEARNING_ROWS,
    CompletionFact,
    LearningFacts,
    learning_facts,
    learning_facts_bulk,
)
from lms.domain.queries.forums import RegionForums, forums_by_region
from lms.domain.queries.meetings import MeetingFact, meeting_facts
from lms.domain.queries.offers import CourseOffer, Offers, offers_for
from lms.domain.queries.soon import SessionFact, next_sessions
from lms.domain.queries.ties import TiedPeople, tied_people, ties_between
from lms.exceptions import LmsError, PaperError
from lms.signals import course_completed, meeting_confirmed, seats_changed

__all__ = [
    "LEARNING_ROWS",
    "AttendedGroup",
    "CompletionFact",
    "CourseOffer",
    "CourseProgress",
    "DeskLearning",
    "EducationLevel",
    "LearningFacts",
    "LmsError",
    "MeetingFact",
    "Offers",
    "PaperError",
    "PublicSession",
    "RegionForums",
    "SessionFact",
    "TiedPeople",
    "ask_to_join",
    "attended_group",
    "attended_groups",
    "course_completed",
    "desk_learning",
    "enrol",
    "forums_by_region",
    "learning_facts",
    "learning_facts_bulk",
    "meeting_confirmed",
    "meeting_facts",
    "next_sessions",
    "offers_for",
    "register_education_levels",
    "register_paper_maker",
    "register_printer",
    "seats_changed",
    "tied_people",
    "ties_between",
    "upcoming_public_sessions",
    "withdraw",
]
