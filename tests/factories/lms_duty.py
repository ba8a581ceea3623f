"""Teams that were trained, experts of the pool, and the dated rule that names a course."""

from datetime import timedelta

from django.utils import timezone

from lms.models import Attendance, Licence, TeamDutyRule
from people.models import Team, User
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, a_course, at, enrolled, make_trainer
from tests.factories.people import TeamFactory, TeamMembershipFactory, UserFactory


def duty_rule(**fields) -> TeamDutyRule:
    """The rule in force, for the first course."""
    found = TeamDutyRule.objects.latest("valid_from")
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    found.courses.set([a_course()])
    return found


def make_licence(kind: str, person: User | None = None, **fields) -> Licence:
    """A licence since a hundred days, for years to come."""
    today = timezone.localdate()
    return Licence.objects.create(
        kind=kind,
        person=person or UserFactory(first_name="Expert"),
        **{"valid_from": today - timedelta(days=100), "valid_until": today + timedelta(days=900)} | fields,
    )


def trained_team(number: int, *, days: int = -200, coordinator: bool = True) -> tuple[Team, list[User]]:
    """A team whose members were trained `days` from now; the first coordinates it."""
    team = TeamFactory()
    cohort = CohortFactory(
        course=a_course(), capacity=200, starts_on=at(days - 1).date(), ends_on=at(days + 1).date()
    )
    session = SessionFactory(cohort=cohort, starts_at=at(days))
    people, trainer = [], make_trainer()
    for place in range(number):
        person = enrolled(cohort).person
        TeamMembershipFactory(
            team=team,
            user=person,
            valid_from=at(days - 300).date(),
            is_coordinator=coordinator and place == 0,
        )
        Attendance.objects.create(
            session=session, person=person, state="present", method="list", recorded_by=trainer
        )
        people.append(person)
    return team, people
