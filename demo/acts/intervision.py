"""Act 4: peers meet, and confirm one another's presence."""

from datetime import timedelta

from demo.acts.people import by_account, crowd
from demo.clock import at, moment
from lms.domain.agreement import sign_agreement
from lms.domain.intervision import MeetingPlan, claim_presence, confirm_presence, form_group, plan_meeting
from lms.enums import MeetingKind, MeetingMethod
from lms.models import IntervisionGroup, Meeting
from people.models import User


def meet() -> None:
    """One group with the demo's learner (two meetings held, one to come) and one that met four times and more."""
    midwives, others = crowd("midwife"), crowd("psychologist")
    learner = by_account("deelnemer")
    small = [midwives[0], learner, midwives[1], others[0], crowd("nurse")[0]]
    group = _group("Intervisie rond de wieg", small, -200)
    for days in (-150, -35):
        _hold(group, small, days=days)
    _plan(group, small[0], days=21)
    busy = [*midwives[2:6], others[1], crowd("nurse")[1]]
    second = _group("Intervisie Het Atelier", busy, -360)
    for days in (-330, -270, -200, -140, -80, -28):
        _hold(second, busy, days=days)
    _hold(second, busy, days=-10, kind=MeetingKind.SUPERVISION)


def _group(name: str, members: list[User], days: int) -> IntervisionGroup:
    with at(moment(days)):
        group = form_group(
            name=name,
            member_ids=tuple(person.pk for person in members),
            moderator_id=members[0].pk,
            actor=by_account("netwerk"),
        )
        for person in members:
            sign_agreement(group_id=group.pk, person=person)
    return group


def _plan(
    group: IntervisionGroup, moderator: User, *, days: int, kind: str = MeetingKind.INTERVISION
) -> Meeting:
    supervisor = crowd("psychologist")[0].pk if kind == MeetingKind.SUPERVISION else None
    plan = MeetingPlan(
        starts_at=moment(days, 19),
        minutes=120,
        kind=kind,
        method=MeetingMethod.INCIDENT if days % 2 else MeetingMethod.BALINT,
        led_by_id=supervisor,
    )
    return plan_meeting(group_id=group.pk, actor=moderator, plan=plan)


def _hold(
    group: IntervisionGroup, members: list[User], *, days: int, kind: str = MeetingKind.INTERVISION
) -> None:
    """A meeting; everybody says they were there, and the next two in the circle confirm it."""
    with at(moment(days - 20)):
        meeting = _plan(group, members[0], days=days, kind=kind)
    with at(meeting.starts_at + timedelta(hours=2, minutes=10)):
        for person in members:
            claim_presence(meeting_id=meeting.pk, person=person)
        for place, person in enumerate(members):
            for step in (1, 2):
                other = members[(place + step) % len(members)]
                confirm_presence(meeting_id=meeting.pk, person_id=person.pk, confirmed_by=other)
