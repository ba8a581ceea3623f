"""Figures of the office: right, linked to people for who may see them, and left out where they are small."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.domain.attendance import close_list, record_by_list
from lms.domain.queries.reports import coverage, funnel, intervision, load, no_shows, report_of, waiting
from lms.domain.report_rules import Cell, Row, is_small, shown
from lms.enums import AttendanceState
from lms.models import AttendanceRule, WaitingEntry
from people.enums import Role
from people.models import Profession, ProfessionalProfile
from tests.factories.lms_cohorts import (
    CohortFactory,
    MeetingFactory,
    SessionFactory,
    at,
    enrolled,
    make_trainer,
)
from tests.factories.people import TeamFactory, TeamMembershipFactory, UserFactory


def row(*numbers, first=None):
    sizes = numbers if first is None else (first, *numbers)
    return Row("1", "x", tuple(Cell(number, frozenset(range(int(number)))) for number in sizes))


@pytest.mark.parametrize(
    ("numbers", "seen"),
    [
        ((0, 0), (0, 0)),
        ((4, 0), (None, None)),
        ((20, 3), (20, None)),
        ((20, 18), (20, None)),
        ((20, 20), (20, 20)),
        ((20, 12), (20, 12)),
        ((5, 5), (5, 5)),
    ],
)
def test_small_figures_and_small_remainders_are_left_out(numbers, seen):
    assert shown(row(*numbers), may_see_people=False) == seen
    assert shown(row(*numbers), may_see_people=True) == numbers


@given(st.lists(st.integers(0, 40), min_size=1, max_size=5))
@settings(deadline=None)
def test_what_is_shown_never_tells_of_fewer_than_five(numbers):
    whole = max(numbers)
    seen = shown(row(*numbers, first=whole), may_see_people=False)
    told = [value for value in seen if value is not None]
    assert not any(is_small(value) for value in told)
    if seen[0] is not None:
        assert not any(is_small(seen[0] - value) for value in told)


def test_a_line_about_one_person_is_for_who_may_see_people():
    one = Row("1", "An", (Cell(12, counts_people=False),), is_person=True)
    assert shown(one, may_see_people=False) == (None,)


@pytest.fixture
def trainer():
    return make_trainer(first_name="Truus", last_name="Takje")


def signed_in(*roles) -> Client:
    client = Client()
    client.force_login(UserFactory(roles=list(roles)))
    return client


def figures(report):
    return [(line.label, tuple(cell.number for cell in line.cells)) for line in report.rows]


@pytest.mark.django_db
def test_the_funnel_counts_people_once():
    cohort = CohortFactory()
    people = [enrolled(cohort) for _ in range(6)]
    people[0].completed_at = timezone.now()
    people[0].save()
    people[1].withdrawn_at = timezone.now()
    people[1].save()
    enrolled(cohort, person=people[1].person)
    (line,) = figures(funnel())
    assert line == (cohort.course.title, (6, 6, 1, 1))


@pytest.mark.django_db
@pytest.mark.parametrize("per", ["beroep", "regio", "team"])
def test_coverage_per_profession_region_and_team(per):
    enrolment = enrolled(CohortFactory())
    enrolment.completed_at = timezone.now()
    enrolment.save()
    other = UserFactory()
    team = TeamFactory(name="Mobiel team")
    for person in (enrolment.person, other):
        TeamMembershipFactory(team=team, user=person)
        ProfessionalProfile.objects.update_or_create(
            user=person,
            defaults={
                "profession": Profession.objects.get(key="midwife"),
                "region_id": team.organisation.region_id,
            },
        )
    found = dict(figures(coverage(per)))
    names = {"beroep": "vroedvrouw", "regio": "niet ingevuld", "team": "Mobiel team"}
    name = names[per] if names[per] in found else next(iter(found))
    assert found[name][1] == 1
    assert found[name][0] >= 2


@pytest.mark.django_db
def test_waiting_lists_load_and_no_shows(trainer):
    cohort = CohortFactory(name="Vol", capacity=30)
    people = [enrolled(cohort).person for _ in range(3)]
    WaitingEntry.objects.create(cohort=cohort, person=UserFactory())
    WaitingEntry.objects.create(cohort=cohort, person=UserFactory(), state="left", ended_at=timezone.now())
    session = SessionFactory(cohort=cohort, trainers=[trainer], starts_at=at(-2, 9), ends_at=at(-2, 12))
    SessionFactory(cohort=cohort, trainers=[trainer], starts_at=at(5, 9), ends_at=at(5, 10, 30))
    record_by_list(
        session_id=session.pk, person_id=people[0].pk, state=AttendanceState.PRESENT, trainer=trainer
    )
    close_list(session_id=session.pk, actor=trainer)
    assert figures(waiting()) == [(f"{cohort.course.title}: Vol", (1, 3, 30))]
    assert figures(load()) == [("Truus Takje", (1, 1, 4.0))]
    assert figures(no_shows()) == [(cohort.course.title, (3, 2, 67))]


@pytest.mark.django_db
def test_intervision_kept_and_missed():
    kept, _unconfirmed, gone = MeetingFactory(), MeetingFactory(), MeetingFactory()
    MeetingFactory(starts_at=at(-500), held_on=at(-500).date())
    person = kept.group.members.first().person
    kept.presences.create(person=person, confirmed_at=timezone.now())
    gone.cancelled_at = timezone.now()
    gone.save()
    assert figures(intervision()) == [("niet ingevuld", (1, 1, 2))]


@pytest.mark.django_db
def test_staff_follow_a_figure_to_its_people_and_others_do_not():
    cohort = CohortFactory()
    people = [enrolled(cohort, first_name="Lies", last_name="Zichtbaar") for _ in range(3)]
    staff, author = signed_in(Role.NETWORK_STAFF), signed_in(Role.AUTHOR)
    address = f"/netwerk/rapporten/trechter/mensen/{cohort.course_id}/0/"
    page = staff.get("/netwerk/rapporten/trechter/").content.decode()
    assert address in page
    assert staff.get(address).content.decode().count("Lies Zichtbaar") == len(people)
    hidden = author.get("/netwerk/rapporten/trechter/").content.decode()
    assert "minder dan 5" in hidden
    assert "/mensen/" not in hidden
    assert author.get(address).status_code == 404
    assert author.get("/netwerk/rapporten/trainers/").status_code == 404
    for wrong in (f"{cohort.course_id}/9", "999999/0", f"{cohort.course_id}/99999999999"):
        assert staff.get(f"/netwerk/rapporten/trechter/mensen/{wrong}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["trechter", "bereik", "wachtlijsten", "trainers", "afwezig", "intervisie"])
def test_every_report_as_page_csv_and_workbook(slug, trainer):
    cohort = CohortFactory(name='=cmd|"x"')
    enrolled(cohort)
    WaitingEntry.objects.create(cohort=cohort, person=UserFactory())
    SessionFactory(cohort=cohort, trainers=[trainer])
    client, address = signed_in(Role.ADMINISTRATOR), f"/netwerk/rapporten/{slug}/"
    assert client.get(address).status_code == 200
    table = list(
        csv.reader(
            io.StringIO(client.get(address, {"formaat": "csv"}).content.decode("utf-8-sig")), delimiter=";"
        )
    )
    assert table[0][0] == report_of(slug).head
    assert not any(cell.startswith(("=", "+", "@")) for line in table for cell in line)
    book = zipfile.ZipFile(io.BytesIO(client.get(address, {"formaat": "xlsx"}).content))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["?per=onzin", "?formaat=pdf", "?per=team&formaat=csv", "?per=%00"])
def test_questions_that_nobody_asks_give_a_page(asked):
    assert signed_in(Role.NETWORK_STAFF).get(f"/netwerk/rapporten/bereik/{asked}").status_code == 200
    assert signed_in(Role.NETWORK_STAFF).get("/netwerk/rapporten/bestaat-niet/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 4])
def test_reports_cost_the_same_with_one_and_four(number, trainer, django_assert_num_queries):
    for _ in range(number):
        cohort = CohortFactory()
        enrolled(cohort)
        session = SessionFactory(cohort=cohort, trainers=[trainer], starts_at=at(-2, 9), ends_at=at(-2, 12))
        close_list(session_id=session.pk, actor=trainer)
        WaitingEntry.objects.create(cohort=cohort, person=UserFactory())
    for maker, queries in ((funnel, 1), (waiting, 3), (load, 2), (no_shows, 3), (intervision, 3)):
        with django_assert_num_queries(queries):
            maker()


@pytest.mark.django_db
def test_a_new_rule_begins_on_a_day_to_come():
    client, address = signed_in(Role.NETWORK_STAFF), "/netwerk/aanwezigheidsregels/"
    tomorrow = timezone.localdate() + timedelta(days=1)
    typed = {
        "kind": "online",
        "valid_from": f"{tomorrow:%Y-%m-%d}",
        "min_share": "90",
        "late_minutes": "5",
        "early_minutes": "5",
    }
    for wrong in (
        {"valid_from": f"{timezone.localdate():%Y-%m-%d}"},
        {"min_share": "0"},
        {"min_share": "101"},
        {"late_minutes": "-1"},
        {"late_minutes": "99999"},
        {"kind": "verzonnen"},
        {"valid_from": "31/02/2027"},
    ):
        assert client.post(address, typed | wrong).status_code == 422
    assert client.post(address, typed).status_code == 302
    assert client.post(address, typed).status_code == 422
    assert AttendanceRule.objects.filter(kind="online").count() == 2
