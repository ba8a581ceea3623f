"""Polls: a voice each, shown to the group as counts and never as names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.api import LessonBlock, get_lesson, get_outline
from lms.domain.queries.enrolments import lock_enrolment
from lms.exceptions import PollError
from lms.models import Enrolment, PollVote

#: Below this many voices a count could tell who said what.
FEWEST_VOICES = 5


@dataclass(frozen=True, slots=True)
class PollCount:
    """How a group voted. `voices` is the number of people; with fewer than FEWEST_VOICES nothing is shown."""

    voices: int
    by_option: tuple[tuple[str, int], ...]

    @property
    def is_shown(self) -> bool:
        """Whether there are enough voices to show."""
        return self.voices >= FEWEST_VOICES

    def percent(self, option_id: str) -> int:
        """Share of the people who chose this option."""
        count = dict(self.by_option).get(option_id, 0)
        return count * 100 // self.voices if self.voices else 0


@transaction.atomic
def vote(
    *, person_id: int, course_slug: str, lesson_slug: str, poll_id: str, choices: Sequence[str]
) -> tuple[str, ...]:
    """Give or change a voice; the newest counts. Returns what was kept.

    Raises EnrolmentError (not_enrolled), PollError (poll_unknown, nothing_chosen).
    """
    enrolment = lock_enrolment(person_id=person_id, course_slug=course_slug)
    poll = _poll(enrolment, lesson_slug, poll_id)
    kept = [option_id for option_id, _text in poll.data["options"] if option_id in set(choices)]
    kept = kept if poll.data["multiple"] else kept[:1]
    if not kept:
        raise PollError("nothing_chosen", _("Kies eerst een antwoord."))
    PollVote.objects.update_or_create(
        enrolment=enrolment,
        poll_id=poll_id,
        defaults={"course_id": enrolment.course_id, "choices": kept, "given_at": timezone.now()},
    )
    return tuple(kept)


def poll_counts(*, enrolment: Enrolment, poll_ids: Sequence[str]) -> dict[str, PollCount]:
    """How the group voted: the learner's cohort, or everybody in the course. One query for any number of polls."""
    votes = PollVote.objects.filter(course_id=enrolment.course_id, poll_id__in=poll_ids)
    if enrolment.cohort_id:
        votes = votes.filter(enrolment__cohort_id=enrolment.cohort_id)
    voices: Counter[str] = Counter()
    by_option: dict[str, Counter[str]] = {poll_id: Counter() for poll_id in poll_ids}
    for poll_id, choices, people in votes.values_list("poll_id", "choices").annotate(Count("pk")):
        voices[poll_id] += people
        for option_id in choices:
            by_option[poll_id][option_id] += people
    return {
        poll_id: PollCount(voices[poll_id], tuple(by_option[poll_id].items()))
        for poll_id in dict.fromkeys(poll_ids)
    }


def _poll(enrolment: Enrolment, lesson_slug: str, poll_id: str) -> LessonBlock:
    lesson = get_outline(enrolment.version_id).lesson(lesson_slug)
    if lesson is None or poll_id not in lesson.poll_ids:
        raise PollError("poll_unknown", _("Deze peiling hoort niet bij jouw versie van de cursus."))
    blocks = get_lesson(enrolment.version_id, lesson_slug).blocks
    return next(block for block in blocks if block.id == poll_id)
