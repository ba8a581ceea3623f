"""Act 4b: experts and licences, teams that owe their intervision, a sample, and days of the network."""

from datetime import timedelta

from courses.models import CoursePage
from demo.acts.cohorts import CRISIS
from demo.acts.people import by_account, crowd, today
from demo.clock import at, moment
from lms.domain.agreement import sign_agreement
from lms.domain.duty import choose_proposal
from lms.domain.duty_clock import run_duty_clock
from lms.domain.intervision import claim_presence, confirm_presence
from lms.domain.learning_points import save_learning_point
from lms.domain.licences import Availability, grant_licence, set_availability
from lms.domain.network_events import EventPlan, plan_events, publish_minutes, record_presence, take_seat
from lms.domain.samples import draw_sample, record_outcome
from lms.enums import CheckOutcome, LicenceKind, NetworkEventKind
from lms.models import DateProposal, Meeting, MeetingCheck, NetworkEvent, TeamDutyRule
from people.models import PrimaryCareZone, ReferenceRegion, Team, User

MINUTES = """We maakten kennis en zetten op een rij wie in onze zone wat doet.

- Iedereen vult tegen de volgende keer aan hoe je zijn dienst bereikt.
- Vroedvrouwen en kraamzorg spreken af wie belt na een ontslag uit het ziekenhuis.
- De volgende keer gaat over taal en tolken."""


def license_people() -> None:
    """A supervisor, and three experts for the intervision of teams."""
    office = by_account("netwerk")
    start, end = today(), today() + timedelta(days=900)
    psychologists = crowd("psychologist")
    grant_licence(
        kind=LicenceKind.SUPERVISOR, person=psychologists[0], valid_from=start, valid_until=end, actor=office
    )
    experts = [psychologists[1], by_account("trainer"), crowd("midwife")[-1]]
    for place, person in enumerate(experts):
        grant_licence(kind=LicenceKind.EXPERT, person=person, valid_from=start, valid_until=end, actor=office)
        half_days = (("1-1", "3-0", "3-1"), (), ("2-0", "2-1", "4-0", "4-1"))[place]
        availability = Availability(region_ids=(), half_days=half_days, most_per_month=(2, 4, 3)[place])
        set_availability(person=person, availability=availability, actor=office)


def license_in_house() -> None:
    """Somebody of the coordinator's team may train newcomers there; after the plan, which wants trainers only."""
    grant_licence(
        kind=LicenceKind.IN_HOUSE,
        person=crowd("crisis_team_member")[2],
        valid_from=today(),
        valid_until=today() + timedelta(days=730),
        actor=by_account("netwerk"),
    )


def run_the_clock() -> None:
    """One team of the coordinator had its first intervision; the other one still has to choose a day."""
    rule = TeamDutyRule.objects.latest("valid_from")
    rule.courses.set(CoursePage.objects.filter(slug=CRISIS))
    coordinator, team = by_account("teamcoordinator"), Team.objects.get(slug="mct-oever")
    with at(moment(-60, 5)):
        run_duty_clock()
        proposal = DateProposal.objects.filter(obligation__team=team).earliest("day")
        meeting = choose_proposal(proposal_id=proposal.pk, actor=coordinator)
    if meeting.held_on < today():
        with at(meeting.ends_at + timedelta(minutes=10)):
            _hold(meeting)
    run_duty_clock()


def _hold(meeting: Meeting) -> None:
    """All but the last were there; the expert says so."""
    expert = meeting.led_by
    members = [row.person for row in meeting.group.members.select_related("person").order_by("pk")]
    for person in members[:-1]:
        sign_agreement(group_id=meeting.group_id, person=person)
        claim_presence(meeting_id=meeting.pk, person=person)
        if expert is not None:
            confirm_presence(meeting_id=meeting.pk, person_id=person.pk, confirmed_by=expert)


def check_a_sample() -> None:
    """Staff asked about one meeting, another one waits; the learner keeps a private learning point."""
    office, learner = by_account("netwerk"), by_account("deelnemer")
    with at(moment(-3)):
        draw_sample(actor=office, since=today() - timedelta(days=92), until=today(), seed=1)
        first = MeetingCheck.objects.earliest("pk")
        record_outcome(check_id=first.pk, actor=office, outcome=CheckOutcome.IN_ORDER)
        left = Meeting.objects.filter(
            check_of_sample=None, presences__confirmed_at__isnull=False, held_on__lt=today()
        ).latest("held_on")
        MeetingCheck.objects.create(meeting=left, drawn_by=office)
    mine = Meeting.objects.filter(presences__person=learner).latest("starts_at")
    save_learning_point(
        meeting_id=mine.pk,
        person_id=learner.pk,
        text="Ik wil vaker een stilte laten vallen voor ik raad geef.",
        revision=0,
    )


def meet_as_network() -> None:
    """A six-monthly meeting of a care zone with minutes, the next one to come, and a series of case consultation."""
    office = by_account("netwerk")
    region = ReferenceRegion.objects.get(slug="regio-gent")
    zone = PrimaryCareZone.objects.filter(region=region).first() or PrimaryCareZone.objects.first()
    people = [by_account("deelnemer"), *crowd("midwife")[:4], *crowd("nurse")[:2]]
    with at(moment(-190)):
        past = _plan(NetworkEventKind.MEETING, "Perinataal rond de tafel", -160, zone)
        _sign_up(past, people)
    with at(moment(-158, 15)):
        record_presence(event_id=past.pk, actor=office, present_ids=frozenset(one.pk for one in people[:-1]))
        publish_minutes(event_id=past.pk, actor=office, minutes=MINUTES, presentation_url="")
    with at(moment(-30)):
        coming = _plan(NetworkEventKind.MEETING, "Perinataal rond de tafel", 23, zone, times=2)
        cases = _plan(NetworkEventKind.CASES, "Samen leren uit de praktijk", 12, None, times=3, months=2)
        _sign_up(coming, people[:3])
        _sign_up(cases, people[3:])


def _plan(
    kind: str, title: str, days: int, zone: PrimaryCareZone | None, *, times: int = 1, months: int = 6
) -> NetworkEvent:
    plan = EventPlan(
        kind=kind,
        title=title,
        starts_at=moment(days, 12),
        ends_at=moment(days, 14),
        zone_id=zone.pk if zone else None,
        place="Huis van de Buurt",
        seats=30,
        times=times,
        every_months=months,
    )
    return plan_events(actor=by_account("netwerk"), plan=plan)[0]


def _sign_up(event: NetworkEvent, people: list[User]) -> None:
    for person in people:
        take_seat(event_id=event.pk, person=person)
