"""Cases with decision points: one step at a time, each decision kept as it is taken, the way is ours to tell."""

from dataclasses import dataclass

from courses.api import CaseWay, CheckAnswerError, MarkedCheck, follow_case, get_check
from lms.domain.attempt_rules import Standing
from lms.domain.checks import (
    CheckAddress,
    again_when_raced,
    close,
    locked_attempts,
    refuse_while_waiting,
    standing_of,
)
from lms.domain.queries.enrolments import attempts_of
from lms.exceptions import CheckError
from lms.models import CheckAttempt, Enrolment


@dataclass(frozen=True, slots=True)
class CaseRun:
    """Where somebody is in a case."""

    way: CaseWay
    number: int
    standing: Standing


def run_of(*, enrolment: Enrolment, case_id: str) -> tuple[CaseRun, list[CheckAttempt]]:
    """The newest run of a case and all attempts; without one, the first step. One query."""
    attempts = attempts_of(enrolment=enrolment, check_id=case_id)
    newest = attempts[-1] if attempts else None
    way = follow_case(enrolment.version_id, case_id, newest.answers if newest else {})
    where = standing_of(get_check(enrolment.version_id, case_id), attempts)
    return CaseRun(way, newest.number if newest else 1, where), attempts


def decide(*, address: CheckAddress, number: int, step: str, choice: str) -> CaseRun:
    """Take a decision. The first decision at a step counts, whatever another device says later. At most six queries.

    A decision at a step where nobody stands changes nothing. Raises EnrolmentError (not_enrolled), CheckError
    (check_unknown, choice_unknown, waiting).
    """

    def write() -> CaseRun:
        enrolment, attempts, check = locked_attempts(address, case=True)
        attempt = _run_to_write(enrolment, attempts, address.check_id, number)
        way = follow_case(enrolment.version_id, address.check_id, attempt.answers)
        if way.here.id == step and not way.is_ended and not attempt.is_submitted:
            attempt.answers = {**attempt.answers, step: [choice]}
            try:
                way = follow_case(enrolment.version_id, address.check_id, attempt.answers)
            except CheckAnswerError as error:
                raise CheckError("choice_unknown", str(error)) from error
            _keep(attempt, way)
        return CaseRun(way, attempt.number, standing_of(check, [*attempts, attempt]))

    return again_when_raced(write)


def run_again(*, address: CheckAddress) -> int:
    """Begin a new run once the last one ended, also after one that ended well. Twice is one run.

    Raises EnrolmentError (not_enrolled), CheckError (check_unknown, waiting).
    """

    def write() -> int:
        enrolment, attempts, check = locked_attempts(address, case=True)
        if attempts and not attempts[-1].is_submitted:
            return attempts[-1].number
        refuse_while_waiting(check, attempts)
        run = CheckAttempt(enrolment=enrolment, check_id=check.id, number=len(attempts) + 1)
        run.save()
        return run.number

    return again_when_raced(write)


def _run_to_write(
    enrolment: Enrolment, attempts: list[CheckAttempt], case_id: str, number: int
) -> CheckAttempt:
    """The run that a form names, else the newest, else the first one."""
    named = next((attempt for attempt in attempts if attempt.number == number), None)
    if named is not None:
        return named
    return attempts[-1] if attempts else CheckAttempt(enrolment=enrolment, check_id=case_id, number=1)


def _keep(attempt: CheckAttempt, way: CaseWay) -> None:
    if not way.is_ended:
        attempt.save()
        return
    score, maximum = way.fitting, len(way.taken)
    close(
        attempt,
        MarkedCheck(
            score=score,
            maximum=maximum,
            scaled_percent=score * 100 // maximum if maximum else 100,
            passed=way.passed,
            questions=(),
        ),
    )
