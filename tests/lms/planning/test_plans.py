"""Plans in the database: making a question, searching, moving, going back, publishing; and their screens."""

import io
import subprocess
import sys
import time
import zipfile
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from ledger.models import AuditEntry, OutboxEvent
from lms.domain.plan_publishing import publish_plan
from lms.domain.plan_question import PartChoice, ProgrammeChoices, RoomChoice, add_absences, create_plan
from lms.domain.plan_runs import SILENT, add_version, execute_run, request_run, stop_run
from lms.domain.planning.checking import broken_rules
from lms.domain.planning.plan import plan_to_json
from lms.domain.planning.reading import read_problem
from lms.domain.planning.solving import solve
from lms.domain.plans import Move, go_back, loaded, move_group
from lms.exceptions import PlanError
from lms.models import Cohort, Enrolment, PlanRun, PlanVersion, PublishedGroup, Session
from people.api import Role
from people.models import DigestItem, ReferenceRegion, TeamMembership, User
from tests.factories.courses import make_published_course
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, ensure_site
from tests.factories.people import OrganisationFactory, TeamFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


def monday() -> date:
    """A Monday four weeks from now: every test date lies in the future."""
    day = timezone.localdate() + timedelta(days=28)
    return day - timedelta(days=day.weekday())


@pytest.fixture
def staff():
    return user_with(Role.NETWORK_STAFF)


@pytest.fixture
def world():
    """Two teams of three in two regions, a course, three trainers."""
    ensure_site()
    course = make_published_course("basiscursus", lessons=1, complete_attendance=0).course_page_id
    regions = [ReferenceRegion.objects.get(name=name) for name in ("Regio Gent", "Kempen")]
    teams = []
    for region in regions:
        team = TeamFactory(organisation=OrganisationFactory(region=region))
        for _number in range(3):
            TeamMembership.objects.create(team=team, user=UserFactory(), valid_from=date(2020, 1, 1))
        teams.append(team)
    trainers = [user_with(Role.TRAINER) for _number in range(3)]
    return {"course": course, "teams": teams, "trainers": trainers, "regions": regions}


def choices(world, **changes) -> ProgrammeChoices:
    values = {
        "name": "Voorjaar",
        "first_day": monday(),
        "last_day": monday() + timedelta(days=25),
        "share_away": 1.0,
        "team_ids": tuple(team.pk for team in world["teams"]),
        "parts": (
            PartChoice(
                course_id=world["course"],
                days=0.5,
                spacing_days=7,
                max_group=3,
                trainers=1,
                groups=None,
                per_team=None,
                after_previous=False,
            ),
        ),
        "trainer_ids": tuple(one.pk for one in world["trainers"]),
        "rooms": (
            RoomChoice(name="De Kolk", region="Regio Gent", capacity=10),
            RoomChoice(name="Het Ven", region="Kempen", capacity=10),
        ),
        "months_after": (3,),
        "expert_ids": (world["trainers"][0].pk,),
    }
    return ProgrammeChoices(**{**values, **changes})


@pytest.fixture
def plan(world, staff):
    return create_plan(actor=staff, choices=choices(world))


@pytest.fixture
def version(plan, staff):
    """A version found by the solver itself, in this process."""
    outcome = solve(read_problem(plan.question), seconds=5)
    return add_version(
        plan=plan, origin="search", question=plan.question, result=plan_to_json(outcome.plan), actor=staff
    )


def test_question_holds_ids_of_people_and_no_names(plan, world):
    problem = read_problem(plan.question)
    assert len(problem.people) == 6
    assert {person.id for person in problem.people} == {
        str(pk) for pk in TeamMembership.objects.values_list("user_id", flat=True)
    }
    assert plan.courses == {"deel-1": world["course"]}
    assert [team.region for team in problem.teams] == ["Regio Gent", "Kempen"]


def test_question_without_people_or_course_is_refused(world, staff):
    empty = TeamFactory()
    with pytest.raises(PlanError) as refused:
        create_plan(actor=staff, choices=choices(world, team_ids=(empty.pk,)))
    assert refused.value.code == "nobody"
    part = choices(world).parts[0]
    gone = PartChoice(
        **{**{name: getattr(part, name) for name in part.__dataclass_fields__}, "course_id": 999_999}
    )
    with pytest.raises(PlanError) as refused:
        create_plan(actor=staff, choices=choices(world, parts=(gone,)))
    assert refused.value.code == "course_missing"


def test_search_in_its_own_process_becomes_a_version_once(plan, staff):
    run = request_run(plan_id=plan.pk, actor=staff, seconds=5)
    with pytest.raises(PlanError) as refused:
        request_run(plan_id=plan.pk, actor=staff)
    assert refused.value.code == "running"
    execute_run(run.pk)
    execute_run(run.pk)
    run.refresh_from_db()
    # Trainers without a region count as coming from elsewhere: three steps for each group.
    assert (run.state, run.obstacles, run.cost) == ("done", [], 6)
    found = PlanVersion.objects.get(plan=plan)
    assert (found.number, found.origin, broken_rules(*loaded(found))) == (1, "search", ())


def test_search_that_finds_nothing_says_why(world, staff):
    plan = create_plan(
        actor=staff, choices=choices(world, rooms=(RoomChoice(name="Kast", region="Kempen", capacity=1),))
    )
    run = request_run(plan_id=plan.pk, actor=staff, seconds=5)
    execute_run(run.pk)
    run.refresh_from_db()
    assert (run.state, [one["code"] for one in run.obstacles]) == ("done", ["rooms_too_small"])
    assert not PlanVersion.objects.exists()


def test_stopped_before_it_began_ends_as_stopped(plan, staff):
    run = request_run(plan_id=plan.pk, actor=staff, seconds=600)
    stop_run(plan_id=plan.pk, actor=staff)
    stop_run(plan_id=plan.pk, actor=staff)
    execute_run(run.pk)
    run.refresh_from_db()
    assert run.state == "stopped"
    assert AuditEntry.objects.filter(verb="plan.search_stopped").count() == 1


def test_silent_run_does_not_block_the_next(plan, staff):
    lost = request_run(plan_id=plan.pk, actor=staff)
    PlanRun.objects.update(state="running", seen_at=timezone.now() - SILENT - timedelta(seconds=1))
    request_run(plan_id=plan.pk, actor=staff)
    lost.refresh_from_db()
    assert lost.state == "failed"


def test_search_out_of_memory_fails_and_keeps_the_best_plan_so_far(client, plan, version, staff, settings):
    run = request_run(plan_id=plan.pk, actor=staff, seconds=5)
    # What the search had told before it broke off.
    version.refresh_from_db()
    PlanRun.objects.update(best=version.result, better=1)
    settings.PLANNER_MEMORY_MB = 120
    execute_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.best, run.cost) == ("failed", None, version.result["cost"])
    assert (run.version.number, run.version.result) == (2, version.result)
    client.force_login(staff)
    page = client.get(reverse("lms:plan", args=[plan.pk])).content.decode()
    assert "de vraag is te groot voor het geheugen" in page
    assert "Het beste plan tot dan is bewaard." in page
    # The next search begins as if nothing happened.
    settings.PLANNER_MEMORY_MB = 3072
    again = request_run(plan_id=plan.pk, actor=staff, seconds=5)
    execute_run(again.pk)
    again.refresh_from_db()
    assert (again.state, again.better > 0, again.version.number) == ("done", True, 3)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="limits of a process are read from /proc")
def test_planner_process_has_its_limit_of_memory():
    child = subprocess.Popen(
        [sys.executable, "-m", "lms.domain.planning.child", "777"], stdin=subprocess.PIPE, text=True
    )
    try:
        limit = time.monotonic() + 30
        wanted = str(777 * 1024**2)
        while (found := _address_space(child.pid)) != wanted and time.monotonic() < limit:
            time.sleep(0.1)
        assert found == wanted
    finally:
        child.kill()
        child.communicate()


def _address_space(pid: int) -> str:
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
    return next(line.split()[3] for line in lines if line.startswith("Max address space"))


def test_silent_run_leaves_its_best_plan(client, plan, version, staff):
    request_run(plan_id=plan.pk, actor=staff)
    silent = timezone.now() - SILENT - timedelta(seconds=1)
    PlanRun.objects.update(state="running", seen_at=silent, best=version.result)
    client.force_login(staff)
    page = client.get(reverse("lms:plan", args=[plan.pk])).content.decode()
    assert "Het beste plan tot nu toe" in page
    client.post(reverse("lms:plan_replan", args=[plan.pk]), {"seconds": "20"})
    lost, fresh = PlanRun.objects.order_by("pk")
    assert (lost.state, lost.version.number, lost.best) == ("failed", 2, None)
    assert fresh.base_id == lost.version_id


def test_database_knows_one_open_run_a_plan(plan):
    PlanRun.objects.create(plan=plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanRun.objects.create(plan=plan, state="running")


def test_move_makes_a_version_and_shows_what_it_breaks(version, staff):
    problem, before = loaded(version)
    group = before.groups[0]
    free = next(day for day in problem.days if day != group.start)
    move = Move(key=group.key, start=free, half=1, room=group.room, trainers=group.trainers, pin=True)
    made = move_group(version_id=version.pk, actor=staff, move=move)
    problem, after = loaded(made)
    assert (made.number, made.origin) == (2, "hand")
    assert (after.group(group.key).start, after.group(group.key).half) == (free, 1)
    assert [(pin.part, pin.group, pin.start) for pin in problem.pins] == [(group.part, group.number, free)]
    with pytest.raises(PlanError) as refused:
        move_group(version_id=version.pk, actor=staff, move=move)
    assert refused.value.code == "outdated"
    saturday = monday() + timedelta(days=5)
    broken = move_group(
        version_id=made.pk,
        actor=staff,
        move=Move(key=group.key, start=saturday, half=0, room=group.room, trainers=()),
    )
    assert {"closed_day", "trainer_count"} <= {rule.code for rule in broken_rules(*loaded(broken))}
    with pytest.raises(PlanError) as refused:
        publish_plan(version_id=broken.pk, actor=staff)
    assert refused.value.code == "broken"
    again = go_back(version_id=version.pk, actor=staff)
    version.refresh_from_db()
    assert (again.number, again.origin, again.result) == (4, "back", version.result)


def test_publish_twice_is_once(version, staff, world, django_capture_on_commit_callbacks):
    gone = TeamMembership.objects.filter(team=world["teams"][0]).first()
    gone.valid_until = timezone.localdate() - timedelta(days=1)
    gone.save()
    with django_capture_on_commit_callbacks(execute=True):
        done = publish_plan(version_id=version.pk, actor=staff)
    assert (done.cohorts, done.invited, done.gone, done.problems) == (2, 5, 1, ())
    with django_capture_on_commit_callbacks(execute=True):
        publish_plan(version_id=version.pk, actor=staff)
    assert (Cohort.objects.count(), Session.objects.count(), PublishedGroup.objects.count()) == (2, 2, 2)
    assert Enrolment.objects.filter(cohort__isnull=False).count() == 5
    assert not Enrolment.objects.filter(person=gone.user_id).exists()
    assert OutboxEvent.objects.filter(topic="mail", key__contains=":invitation:").count() == 5
    letter = next(one for one in mail.outbox if "Voorjaar" in one.subject)
    assert "De dagen, uren en plaatsen staan in je agenda" in letter.body
    # Five members and the expert of two meetings keep the day free.
    assert DigestItem.objects.filter(key__contains=":meeting:").count() == 7
    for refusing in (
        lambda: request_run(plan_id=version.plan_id, actor=staff),
        lambda: go_back(version_id=version.pk, actor=staff),
        lambda: add_absences(plan_id=version.plan_id, actor=staff, absences={}),
    ):
        with pytest.raises(PlanError) as refused:
            refusing()
        assert refused.value.code == "published"


def test_a_trainer_who_got_busy_meanwhile_is_told_and_nothing_is_half(client, version, staff):
    _problem, plan = loaded(version)
    group = plan.groups[-1]
    busy = SessionFactory(
        cohort=CohortFactory(name="Andere groep"),
        starts_at=timezone.make_aware(datetime.combine(group.start, clock(8))),
        ends_at=timezone.make_aware(datetime.combine(group.start, clock(18))),
        trainers=list(User.objects.filter(pk__in=[int(one) for one in group.trainers])),
    )
    before = Cohort.objects.count()
    client.force_login(staff)
    answer = client.post(reverse("lms:plan_publish", args=[version.plan_id]), follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "begeleidt op dat moment al Andere groep" in page and "publiceer dan opnieuw" in page
    version.plan.refresh_from_db()
    assert version.plan.published_at is None
    made = Cohort.objects.count()
    busy.delete()
    publish_plan(version_id=version.pk, actor=staff)
    assert Cohort.objects.count() == before + len(plan.groups) >= made


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_beyond_every_programme_is_asked_anew(client, version, staff, day):
    key = loaded(version)[1].groups[0].key
    client.force_login(staff)
    answer = client.post(reverse("lms:plan_group", args=[version.plan_id, key]), {"start": day, "half": "0"})
    assert answer.status_code == 422
    assert "Kies een dag in deze of de volgende jaren." in answer.content.decode()
    assert PlanVersion.objects.filter(plan=version.plan).count() == 1


def test_plan_in_the_past_is_not_published(version, staff):
    result = version.result
    for group in result["groups"]:
        group["start"] = "2020-01-06"
    question = {**version.question, "window": {"start": "2020-01-06", "end": "2020-01-10"}}
    old = add_version(
        plan=version.plan, origin="hand", question=question, result={**result, "meetings": []}, actor=staff
    )
    with pytest.raises(PlanError) as refused:
        publish_plan(version_id=old.pk, actor=staff)
    assert refused.value.code == "past"


def form_data(world, **changes):
    period = f"{monday():%d/%m/%Y} - {monday() + timedelta(days=2):%d/%m/%Y}"
    data = {
        "name": "Najaar",
        "first_day": monday().isoformat(),
        "last_day": (monday() + timedelta(days=25)).isoformat(),
        "free_days": f"{monday():%d/%m/%Y}\n",
        "teams": [team.pk for team in world["teams"]],
        "share_away": "50",
        "part1_course": world["course"],
        "part1_days": "0.5",
        "trainers": [one.pk for one in world["trainers"]],
        "absences": f"{world['trainers'][0].get_full_name()}: {period}",
        "rooms": "De Kolk; regio gent; 24\nHet Ven; Kempen; 12",
        "months_after": ["3"],
        "experts": [world["trainers"][1].pk],
    }
    return {**data, **changes}


def test_form_makes_a_plan_and_starts_the_search(client, world, staff):
    client.force_login(staff)
    response = client.post(reverse("lms:plan_create"), form_data(world))
    run = PlanRun.objects.get()
    assert response.url == reverse("lms:plan", args=[run.plan_id])
    problem = read_problem(run.plan.question)
    assert problem.trainer[str(world["trainers"][0].pk)].unavailable == {
        monday() + timedelta(days=n) for n in range(3)
    }
    assert monday() not in problem.days
    assert [room.region for room in problem.rooms] == ["Regio Gent", "Kempen"]
    assert problem.mix_teams is False


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rooms": "De Kolk, Gent, 24"}, "De Kolk, Gent, 24"),
        ({"rooms": "De Kolk; Nergens; 24"}, "De Kolk; Nergens; 24"),
        ({"absences": "Niemand: 12/01/2027"}, "Niemand: 12/01/2027"),
        ({"free_days": "31/02/2027"}, "31/02/2027"),
        ({"last_day": "2020-01-01"}, "De laatste dag ligt voor de eerste"),
        ({"experts": []}, "Kies wie de intervisie kan begeleiden"),
        ({"teams": []}, "Teams"),
        ({"share_away": "0"}, "1"),
    ],
)
def test_bad_lines_come_back_with_what_to_write(client, world, staff, changes, words):
    client.force_login(staff)
    response = client.post(reverse("lms:plan_create"), form_data(world, **changes))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "Najaar" in response.content.decode()
    assert not PlanRun.objects.exists()


def test_screens_cost_the_same_for_one_version_and_many(client, version, staff, django_assert_num_queries):
    client.force_login(staff)
    address = reverse("lms:plan", args=[version.plan_id])
    client.get(address)
    with django_assert_num_queries(5):
        assert client.get(address).status_code == 200
    for _number in range(3):
        add_version(
            plan=version.plan, origin="hand", question=version.question, result=version.result, actor=staff
        )
    with django_assert_num_queries(5):
        assert client.get(address).status_code == 200
    with django_assert_num_queries(4):
        assert client.get(reverse("lms:plans")).status_code == 200


def test_screens_of_a_plan(client, version, staff):
    client.force_login(staff)
    plan = version.plan
    group = loaded(version)[1].groups[0]
    page = client.get(reverse("lms:plan", args=[plan.pk])).content.decode()
    assert "Iedereen reist samen zo weinig mogelijk" in page
    assert client.get(reverse("lms:plan", args=[plan.pk]), {"versie": "9"}).status_code == 404
    assert (
        "verplaats"
        in client.get(reverse("lms:plan_group", args=[plan.pk, group.key])).content.decode().lower()
    )
    assert client.get(reverse("lms:plan_group", args=[plan.pk, "weg-01"])).status_code == 404
    move = {
        "start": (monday() + timedelta(days=5)).isoformat(),
        "half": "0",
        "room": group.room,
        "trainers": group.trainers,
    }
    check = client.post(reverse("lms:plan_group_check", args=[plan.pk, group.key]), move).content.decode()
    assert "Zo past het nog niet" in check
    assert "een vrije dag" in check
    saved = client.post(reverse("lms:plan_group", args=[plan.pk, group.key]), move)
    assert saved.status_code == 302
    compared = client.get(reverse("lms:plan_compare", args=[plan.pk]), {"van": 1, "met": 2}).content.decode()
    assert "1 groep verschilt." in compared
    assert compared.count("<mark>") == 4  # the day and the half day, in each version
    assert client.post(reverse("lms:plan_back", args=[plan.pk, 1])).status_code == 302
    assert "2 groepen komen er" in client.get(reverse("lms:plan_publish", args=[plan.pk])).content.decode()
    assert client.post(reverse("lms:plan_publish", args=[plan.pk])).status_code == 302
    assert Cohort.objects.count() == 2


def test_progress_refreshes_the_page_at_the_end(client, plan, staff):
    client.force_login(staff)
    request_run(plan_id=plan.pk, actor=staff)
    address = reverse("lms:plan_progress", args=[plan.pk])
    going = client.get(address)
    assert "HX-Refresh" not in going
    assert "We beginnen eraan." in going.content.decode()
    PlanRun.objects.update(state="done")
    assert client.get(address)["HX-Refresh"] == "true"


def test_waiting_page_draws_a_better_plan_once(client, plan, version, staff, django_assert_num_queries):
    client.force_login(staff)
    request_run(plan_id=plan.pk, actor=staff)
    PlanRun.objects.update(best=version.result, better=3, cost=6, bound=4, step="times")
    page = client.get(reverse("lms:plan", args=[plan.pk])).content.decode()
    group = loaded(version)[1].groups[0].key
    assert "Het beste plan tot nu toe" in page
    assert f'href="#{group}"' in page
    address = reverse("lms:plan_progress", args=[plan.pk])
    client.get(address)
    with django_assert_num_queries(4):
        fresh = client.get(address, {"getekend": "2"}).content.decode()
    assert "Beste plan tot nu toe: 6 stappen reizen. Minder dan 4 kan niet." in fresh
    assert 'hx-swap-oob="true"' in fresh
    assert "2 groepen, 6 mensen." in fresh
    # What is swapped in while somebody reads holds nothing that can have the focus.
    assert f'href="#{group}"' not in fresh
    assert "hx-swap-oob" not in client.get(address, {"getekend": "3"}).content.decode()


def test_replan_notes_who_is_away(client, version, staff, world):
    client.force_login(staff)
    trainer = world["trainers"][0]
    address = reverse("lms:plan_replan", args=[version.plan_id])
    wrong = client.post(address, {"absences": "Iemand: straks", "seconds": "20"})
    assert wrong.status_code == 422
    assert "Iemand: straks" in wrong.content.decode()
    client.post(address, {"absences": f"{trainer.get_full_name()}: {monday():%d/%m/%Y}", "seconds": "20"})
    run = PlanRun.objects.get()
    assert (run.base_id, run.seconds) == (version.pk, 20)
    assert read_problem(run.plan.question).trainer[str(trainer.pk)].unavailable == {monday()}


def test_exports_hold_every_group(client, version, staff):
    client.force_login(staff)
    book = client.get(reverse("lms:plan_export", args=[version.plan_id, 1, "xlsx"])).content
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/sharedStrings.xml").decode()
    assert "deel-1-01" in sheet
    assert "deel-1-02" in sheet
    calendar = Calendar.from_ical(
        client.get(reverse("lms:plan_export", args=[version.plan_id, 1, "ics"])).content
    )
    assert len(calendar.walk("VEVENT")) == 2
    assert client.get(reverse("lms:plan_export", args=[version.plan_id, 1, "pdf"])).status_code == 404
