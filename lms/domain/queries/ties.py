"""Who is tied to whom by learning together: the ground for conflicts of interest."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lms.models import Enrolment, GroupMember, SessionTrainer


@dataclass(frozen=True, slots=True)
class TiedPeople:
    """Ids of people tied to somebody, past and present.

    `trainers` trained the person, `learners` were trained by them.
    """

    cohort_mates: frozenset[int]
    intervision_mates: frozenset[int]
    trainers: frozenset[int]
    learners: frozenset[int] = frozenset()

    @property
    def everyone(self) -> frozenset[int]:
        """All of them together."""
        return self.cohort_mates | self.intervision_mates | self.trainers | self.learners


def tied_people(person_id: int) -> TiedPeople:
    """Everybody who learned with the person, trained them or was trained by them. Four queries."""
    cohorts = Enrolment.objects.filter(person_id=person_id, cohort__isnull=False).values("cohort")
    groups = GroupMember.objects.filter(person_id=person_id).values("group")
    led = SessionTrainer.objects.filter(trainer_id=person_id).values("session__cohort")
    mates = Enrolment.objects.filter(cohort__in=cohorts).values_list("person_id", flat=True)
    peers = GroupMember.objects.filter(group__in=groups).values_list("person_id", flat=True)
    trainers = SessionTrainer.objects.filter(session__cohort__in=cohorts).values_list("trainer_id", flat=True)
    learners = Enrolment.objects.filter(cohort__in=led).values_list("person_id", flat=True)
    oneself = {person_id}
    return TiedPeople(
        cohort_mates=frozenset(set(mates) - oneself),
        intervision_mates=frozenset(set(peers) - oneself),
        trainers=frozenset(set(trainers) - oneself),
        learners=frozenset(set(learners) - oneself),
    )


def ties_between(first: Iterable[int], second: Iterable[int]) -> frozenset[tuple[int, int]]:
    """Pairs (one of `first`, one of `second`) who are tied as in `tied_people`. Three queries for any number."""
    ones, others = set(first), set(second)
    ids = ones | others
    learned: dict[int, set[int]] = defaultdict(set)
    led: dict[int, set[int]] = defaultdict(set)
    groups: dict[int, set[int]] = defaultdict(set)
    for person, cohort in Enrolment.objects.filter(person_id__in=ids, cohort__isnull=False).values_list(
        "person_id", "cohort_id"
    ):
        learned[person].add(cohort)
    for person, cohort in SessionTrainer.objects.filter(trainer_id__in=ids).values_list(
        "trainer_id", "session__cohort_id"
    ):
        led[person].add(cohort)
    for person, group in GroupMember.objects.filter(person_id__in=ids).values_list("person_id", "group_id"):
        groups[person].add(group)
    return frozenset(
        (one, other)
        for one in ones
        for other in others
        if one != other
        and (
            learned[one] & learned[other]
            or learned[one] & led[other]
            or led[one] & learned[other]
            or groups[one] & groups[other]
        )
    )
