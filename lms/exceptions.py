"""Errors of the lms floor. Each carries a code for machines and a Dutch message for people."""


class LmsError(Exception):
    """Base of every refusal on this floor; `code` is stable, `message` says what to do about it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class EnrolmentError(LmsError):
    """An enrolment that cannot be made or ended like this."""


class CheckError(LmsError):
    """Answers to a knowledge check that cannot be taken in."""


class ReflectionError(LmsError):
    """A reflection that cannot be kept as it is."""


class PollError(LmsError):
    """A voice in a poll that cannot be taken in."""


class PositionError(LmsError):
    """A moment in a film or a recording that cannot be kept."""


class RecordError(LmsError):
    """A learning record that contradicts what was stored before, or that nobody may write."""


class CohortError(LmsError):
    """A cohort or session that cannot be made, changed or joined like this."""


class AttendanceError(LmsError):
    """A presence that cannot be recorded like this."""


class RegisterError(LmsError):
    """A file for a register that cannot be made, or a receipt that says too little."""


class IntervisionError(LmsError):
    """A meeting or confirmation that cannot be entered like this."""


class DutyError(LmsError):
    """A step in the duty of a team, or in the pool behind it, that cannot be taken like this."""


class NetworkEventError(LmsError):
    """A day of the network that cannot be made, changed or joined like this."""


class UnitError(LmsError):
    """A unit of a package that cannot be started, or that reports what it may not report."""


class PlanError(LmsError):
    """A plan that cannot be searched, changed or published like this."""


class PaperError(LmsError):
    """A file for paper that could not be made."""


class EvaluationError(LmsError):
    """A form that cannot be asked, or an answer that cannot be taken in."""
