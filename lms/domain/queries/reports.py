"""The figures of the network's office. Every figure about people knows who they are; who may see them is the view's."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from lms.domain.report_rules import Cell, Report, Row
from lms.enums import AttendanceState
from lms.models import Attendance, Cohort, Enrolment, Meeting, MeetingPresence, SessionTrainer, WaitingEntry
from people.api import Team, User, profession_names, professionals_after, region_names, team_members

YEAR = timedelta(days=365)
SLICE = 2000
OPEN = ("waiting", "offered")
Grouped = Mapping[int | None, set[int]]


def _cell(people: Iterable[int], *, part: bool = True) -> Cell:
    found = frozenset(people)
    return Cell(len(found), found, part=part)


def _figure(number: float) -> Cell:
    return Cell(number, counts_people=False, part=False)


def funnel() -> Report:
    """From enrolling to completing, per course. One query."""
    rows = Enrolment.objects.order_by("course__title", "course_id").values_list(
        "course_id", "course__title", "person_id", "last_lesson", "completed_at", "withdrawn_at", "cohort_id"
    )
    titles: dict[int, str] = {}
    sets: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for course, title, person, lesson, completed, withdrawn, cohort in rows.iterator(chunk_size=5000):
        titles[course] = title
        found = sets[course]
        found["all"].add(person)
        if lesson or completed or cohort:
            found["begun"].add(person)
        if completed:
            found["done"].add(person)
        if withdrawn:
            found["gone"].add(person)
    return Report(
        slug="trechter",
        title=_("Van inschrijven tot afronden"),
        intro=_("Per cursus: wie schreef in, begon, rondde af of stopte."),
        head=_("Cursus"),
        columns=(_("Ingeschreven"), _("Begonnen"), _("Afgerond"), _("Uitgeschreven")),
        rows=tuple(
            Row(
                str(course),
                titles[course],
                tuple(_cell(found[name]) for name in ("all", "begun", "done", "gone")),
            )
            for course, found in sets.items()
        ),
        bars=(0, 1, 2),
    )


def coverage(per: str = "beroep") -> Report:
    """How many professionals completed a course: per profession, region or team."""
    trained = set(
        Enrolment.objects.current().filter(completed_at__isnull=False).values_list("person_id", flat=True)
    )
    groups: dict[int | None, set[int]] = defaultdict(set)
    names: dict[int, str]
    if per == "team":
        names = dict(Team.objects.filter(ended_on=None).order_by("name").values_list("pk", "name"))
        for team, people in team_members(names, on=timezone.localdate()).items():
            groups[team] = set(people)
    else:
        names = region_names() if per == "regio" else profession_names()
        last = 0
        while found := professionals_after(last, limit=SLICE):
            for fact in found:
                groups[fact.region_id if per == "regio" else fact.profession_id].add(fact.person_id)
            last = found[-1].person_id
    heads = {"beroep": _("Beroep"), "regio": _("Regio"), "team": _("Team")}
    rows = [
        Row(str(key), name, (_cell(groups[key]), _cell(groups[key] & trained)))
        for key, name in names.items()
        if groups.get(key)
    ]
    if groups.get(None):
        rows.append(Row("0", _("niet ingevuld"), (_cell(groups[None]), _cell(groups[None] & trained))))
    return Report(
        slug="bereik",
        title=_("Bereik"),
        intro=_("Hoeveel professionals rondden minstens een cursus af."),
        head=heads.get(per, heads["beroep"]),
        columns=(_("Professionals"), _("Rondden een cursus af")),
        rows=tuple(rows),
        bars=(0, 1),
    )


def waiting() -> Report:
    """Who waits for a seat, per group that is not over. Two queries."""
    entries = WaitingEntry.objects.filter(state__in=OPEN, cohort__ends_on__gte=timezone.localdate())
    queue: dict[int, set[int]] = defaultdict(set)
    for cohort_id, person in entries.values_list("cohort_id", "person_id"):
        queue[cohort_id].add(person)
    rows = []
    seats = _members(queue)
    for cohort in Cohort.objects.filter(pk__in=queue).select_related("course").order_by("starts_on", "pk"):
        cells = (_cell(queue[cohort.pk]), _cell(seats[cohort.pk], part=False), _figure(cohort.capacity))
        rows.append(Row(str(cohort.pk), f"{cohort.course.title}: {cohort.name}", cells))
    return Report(
        slug="wachtlijsten",
        title=_("Wachtlijsten"),
        intro=_("Groepen die nog lopen of komen, met wie op een plaats wacht."),
        head=_("Groep"),
        columns=(_("Wachten"), _("Ingeschreven"), _("Plaatsen")),
        rows=tuple(rows),
        bars=(0,),
    )


def _members(cohorts: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Enrolment.objects.current().filter(cohort_id__in=list(cohorts))
    for cohort, person in rows.values_list("cohort_id", "person_id"):
        found[cohort].add(person)
    return found


def load() -> Report:
    """What trainers led in the last year and will lead: sessions and hours. Two queries."""
    now = timezone.now()
    rows = SessionTrainer.objects.filter(session__cancelled_at=None, session__starts_at__gte=now - YEAR)
    led: dict[int, list[float]] = defaultdict(lambda: [0, 0, 0.0])
    for trainer, starts_at, ends_at in rows.values_list(
        "trainer_id", "session__starts_at", "session__ends_at"
    ):
        mine = led[trainer]
        mine[0 if starts_at <= now else 1] += 1
        mine[2] += (ends_at - starts_at).total_seconds() / 3600
    people = User.objects.filter(pk__in=led).order_by("first_name", "last_name", "pk")
    return Report(
        slug="trainers",
        title=_("Werk van trainers"),
        intro=_("Het laatste jaar en wat al gepland is."),
        head=_("Trainer"),
        columns=(_("Gegeven"), _("Komt nog"), _("Uren samen")),
        rows=tuple(
            Row(
                str(person.pk),
                person.get_full_name(),
                tuple(_figure(round(one, 1)) for one in led[person.pk]),
                is_person=True,
            )
            for person in people
        ),
        bars=(0, 1),
    )


def no_shows() -> Report:
    """Members without presence at closed lists of the last year, per course. Three queries."""
    from lms.models import Session

    closed = Session.objects.held().filter(closed_at__isnull=False, starts_at__gte=timezone.now() - YEAR)
    sessions = list(closed.values_list("pk", "cohort_id", "cohort__course_id", "cohort__course__title"))
    members = _members({cohort for _pk, cohort, _course, _title in sessions})
    present: dict[int, set[int]] = defaultdict(set)
    rows = Attendance.objects.current().filter(session__in=closed, state=AttendanceState.PRESENT)
    for session, person in rows.values_list("session_id", "person_id"):
        present[session].add(person)
    titles: dict[int, str] = {}
    expected: dict[int, set[int]] = defaultdict(set)
    missed: dict[int, set[int]] = defaultdict(set)
    seats: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for session, cohort, course, title in sessions:
        titles[course] = title
        there = present[session]
        all_of_them = members[cohort] | there
        expected[course] |= all_of_them
        missed[course] |= all_of_them - there
        seats[course][0] += len(all_of_them)
        seats[course][1] += len(all_of_them - there)
    return Report(
        slug="afwezig",
        title=_("Ingeschreven, niet gekomen"),
        intro=_("Afgesloten lijsten van het laatste jaar."),
        head=_("Cursus"),
        columns=(_("Mensen verwacht"), _("Minstens een keer niet"), _("Plaatsen leeg (%)")),
        rows=tuple(
            Row(
                str(course),
                title,
                (
                    _cell(expected[course]),
                    _cell(missed[course]),
                    _figure(round(seats[course][1] * 100 / seats[course][0]) if seats[course][0] else 0),
                ),
            )
            for course, title in sorted(titles.items(), key=lambda one: one[1])
        ),
        bars=(0, 1),
    )


def intervision() -> Report:
    """Meetings of the last year that were kept and missed, per region. No group and no name of one. Three queries."""
    today = timezone.localdate()
    names = region_names()
    confirmed: dict[int, set[int]] = defaultdict(set)
    seen = MeetingPresence.objects.filter(confirmed_at__isnull=False, meeting__held_on__gte=today - YEAR)
    for meeting, person in seen.values_list("meeting_id", "person_id"):
        confirmed[meeting].add(person)
    kept: dict[int | None, int] = defaultdict(int)
    missed: dict[int | None, int] = defaultdict(int)
    people: dict[int | None, set[int]] = defaultdict(set)
    meetings = Meeting.objects.filter(held_on__gte=today - YEAR, held_on__lte=today)
    for pk, region, cancelled in meetings.values_list("pk", "group__region_id", "cancelled_at"):
        if cancelled is None and confirmed[pk]:
            kept[region] += 1
            people[region] |= confirmed[pk]
        else:
            missed[region] += 1
    regions: list[int | None] = [key for key in names if key in kept or key in missed]
    if None in kept or None in missed:
        regions.append(None)
    return Report(
        slug="intervisie",
        title=_("Intervisie"),
        intro=_("Het laatste jaar: gehouden en bevestigd, of afgelast of door niemand bevestigd."),
        head=_("Regio"),
        columns=(_("Mensen die er waren"), _("Gehouden"), _("Gemist")),
        rows=tuple(
            Row(
                str(key or 0),
                names[key] if key else _("niet ingevuld"),
                (_cell(people[key]), _figure(kept[key]), _figure(missed[key])),
            )
            for key in regions
        ),
        bars=(1, 2),
    )


REPORTS: dict[str, Callable[..., Report]] = {
    "trechter": funnel,
    "bereik": coverage,
    "wachtlijsten": waiting,
    "trainers": load,
    "afwezig": no_shows,
    "intervisie": intervision,
}
PER = ("beroep", "regio", "team")


def report_of(slug: str, per: str = "") -> Report | None:
    """A report by the name in its address; None when there is none."""
    if slug == "bereik":
        return coverage(per if per in PER else PER[0])
    maker: Any = REPORTS.get(slug)
    return maker() if maker else None


def people_behind(ids: Iterable[int]) -> list[User]:
    """Those behind a figure, by name. One query."""
    return list(User.objects.filter(pk__in=list(ids)).order_by("first_name", "last_name", "pk"))
