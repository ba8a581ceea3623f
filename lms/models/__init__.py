from lms.models.attempt import CheckAttempt
from lms.models.attendance import Attendance, AttendanceRule
from lms.models.calendar import CalendarKey
from lms.models.cohort import Cohort
from lms.models.cohort_talk import CohortMessage, Invitation, MessageTemplate, SessionNote
from lms.models.document import ActivityDocument
from lms.models.duty import DateProposal, TeamDutyRule, TeamObligation
from lms.models.enrolment import Enrolment
from lms.models.evaluation import Evaluation, EvaluationAnswer, EvaluationForm, EvaluationVoice
from lms.models.intervision import (
    GroupMember,
    IntervisionGroup,
    IntervisionRule,
    Meeting,
    MeetingPresence,
    PresenceConfirmation,
)
from lms.models.joining import GroupJoinRequest, GroupJoinVoice
from lms.models.licence import ExpertAbsence, ExpertBooking, ExpertProfile, Licence
from lms.models.location import Location
from lms.models.network_event import NetworkEvent, NetworkEventSeat
from lms.models.note import LessonNote
from lms.models.planning import PlanRun, PlanVersion, ProgrammePlan, PublishedGroup
from lms.models.poll import PollVote
from lms.models.position import MediaPosition
from lms.models.progress import LessonProgress
from lms.models.record import LearningRecord
from lms.models.reflection import Reflection, ReflectionShare
from lms.models.register import (
    RegisterCycle,
    RegisterFile,
    RegisterLine,
    RegisterReceipt,
    RegisterRule,
    SessionApproval,
)
from lms.models.review import CourseReview
from lms.models.seats import ListSeat, SeatRequest, WaitingEntry
from lms.models.series import CohortTemplate, SessionMaterial, SessionSeries
from lms.models.session import Session, SessionTrainer
from lms.models.state import ActivityState
from lms.models.trust import AgreementSignature, LearningPoint, MeetingCheck
from lms.models.unit import UnitLaunch

__all__ = [
    "ActivityDocument",
    "ActivityState",
    "AgreementSignature",
    "Attendance",
    "AttendanceRule",
    "CalendarKey",
    "CheckAttempt",
    "Cohort",
    "CohortMessage",
    "CohortTemplate",
    "CourseReview",
    "DateProposal",
    "Enrolment",
    "Evaluation",
    "EvaluationAnswer",
    "EvaluationForm",
    "EvaluationVoice",
    "ExpertAbsence",
    "ExpertBooking",
    "ExpertProfile",
    "GroupJoinRequest",
    "GroupJoinVoice",
    "GroupMember",
    "IntervisionGroup",
    "IntervisionRule",
    "Invitation",
    "LearningPoint",
    "LearningRecord",
    "LessonNote",
    "LessonProgress",
    "Licence",
    "ListSeat",
    "Location",
    "MediaPosition",
    "Meeting",
    "MeetingCheck",
    "MeetingPresence",
    "MessageTemplate",
    "NetworkEvent",
    "NetworkEventSeat",
    "PlanRun",
    "PlanVersion",
    "PollVote",
    "PresenceConfirmation",
    "ProgrammePlan",
    "PublishedGroup",
    "Reflection",
    "ReflectionShare",
    "RegisterCycle",
    "RegisterFile",
    "RegisterLine",
    "RegisterReceipt",
    "RegisterRule",
    "SeatRequest",
    "Session",
    "SessionApproval",
    "SessionMaterial",
    "SessionNote",
    "SessionSeries",
    "SessionTrainer",
    "TeamDutyRule",
    "TeamObligation",
    "UnitLaunch",
    "WaitingEntry",
]
