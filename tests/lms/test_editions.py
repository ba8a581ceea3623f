"""Series with exceptions, copies and templates: all of it or nothing, and people never come along."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.domain.editions import (
    change_series,
    cohort_from_template,
    copy_cohort,
    plan_series,
    save_as_template,
)
from lms.domain.series_rules import days_of_series, moment_on
from lms.domain.sessions import SessionPlan, cancel_session, change_session
from lms.exceptions import CohortError
from lms.models import Cohort, CohortTemplate, Session
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, at, enrolled, make_trainer

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Europe/Brussels")


def a_series(**more):
    today = timezone.localdate()
    cohort = CohortFactory(starts_on=today, ends_on=today + timedelta(days=200))
    trainer = make_trainer()
    plan = SessionPlan(
        title="Samenkomst", starts_at=at(1, 9), ends_at=at(1, 12), place="De Kolk", trainer_ids=(trainer.pk,)
    )
    facts = {"cohort_id": cohort.pk, "actor": trainer, "plan": plan, "every_weeks": 2, "times": 4, **more}
    return cohort, trainer, plan, facts


def code_of(call, **kwargs) -> str:
    with pytest.raises(CohortError) as caught:
        call(**kwargs)
    return caught.value.code


@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.integers(1, 26),
    st.integers(2, 12),
    st.sets(st.integers(0, 12)),
)
@settings(deadline=None)
def test_days_keep_their_distance_and_pass_over_what_is_skipped(first, weeks, times, away):
    skipped = {first + timedelta(weeks=weeks * step) for step in away}
    days = days_of_series(first=first, every_weeks=weeks, times=times, skipped=skipped)
    assert len(days) == times and not skipped & set(days)
    assert all((day - first).days % (7 * weeks) == 0 for day in days)
    assert list(days) == sorted(set(days))


def test_hour_that_a_clock_change_skips_is_no_moment():
    assert moment_on(date(2027, 3, 28), time(2, 30), ZONE) is None
    assert moment_on(date(2027, 3, 28), time(3, 30), ZONE) is not None
    hours = {moment_on(day, time(9), ZONE).utcoffset() for day in (date(2027, 3, 27), date(2027, 3, 28))}
    assert hours == {timedelta(hours=1), timedelta(hours=2)}


def test_series_keeps_its_hour_and_makes_up_for_a_skipped_day():
    cohort, _trainer, _plan, facts = a_series()
    skip = timezone.localdate() + timedelta(days=15)
    plan_series(**facts, skipped=(skip,))
    sessions = list(cohort.sessions.order_by("starts_at"))
    assert [timezone.localtime(one.starts_at).hour for one in sessions] == [9] * 4
    first = timezone.localdate() + timedelta(days=1)
    assert [(timezone.localdate(one.starts_at) - first).days for one in sessions] == [0, 28, 42, 56]
    assert sessions[0].title == "Samenkomst (1 van 4)"


def test_series_is_planned_whole_or_not_at_all():
    cohort, trainer, _plan, facts = a_series()
    SessionFactory(starts_at=at(29, 10), trainers=[trainer])
    assert code_of(plan_series, **facts) == "trainer_busy"
    assert not Session.objects.filter(cohort=cohort).exists()
    assert code_of(plan_series, **{**facts, "times": 61}) == "series_too_long"


def test_change_of_a_series_leaves_exceptions_alone():
    cohort, trainer, plan, facts = a_series()
    plan_series(**facts)
    first, second, third, fourth = cohort.sessions.order_by("starts_at")
    by_hand = SessionPlan(
        **{**vars(plan), "title": "Apart", "starts_at": third.starts_at, "ends_at": third.ends_at}
    )
    change_session(session_id=third.pk, actor=trainer, plan=by_hand)
    cancel_session(session_id=fourth.pk, actor=trainer)
    changed = change_series(
        session_id=second.pk, actor=trainer, begins=time(13), ends=time(16), place="Elders", location_id=None
    )
    assert changed == 1
    hours = [timezone.localtime(one.starts_at).hour for one in cohort.sessions.order_by("starts_at")]
    assert hours == [9, 13, 9, 9]
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.sequence, second.sequence, second.place) == (0, 1, "Elders")
    alone = SessionFactory(cohort=cohort, starts_at=at(100))
    assert (
        code_of(
            change_series,
            session_id=alone.pk,
            actor=trainer,
            begins=time(9),
            ends=time(10),
            place="X",
            location_id=None,
        )
        == "no_series"
    )


def test_copy_moves_the_days_and_takes_nobody_along():
    cohort, trainer, _plan, facts = a_series()
    plan_series(**facts)
    enrolled(cohort)
    cohort.materials.create(title="Kaart", session=cohort.sessions.first())
    start = cohort.starts_on + timedelta(days=70)
    copy = copy_cohort(cohort_id=cohort.pk, actor=trainer, name="Najaar", starts_on=start)
    assert copy.copied_from == cohort and copy.enrolments.count() == 0
    assert copy.sessions.count() == 4 and copy.materials.count() == 1
    assert timezone.localdate(copy.sessions.earliest("starts_at").starts_at) == start + timedelta(days=1)
    assert {one.uid for one in copy.sessions.all()} & {one.uid for one in cohort.sessions.all()} == set()
    clash = cohort.starts_on
    assert (
        code_of(copy_cohort, cohort_id=cohort.pk, actor=trainer, name="X", starts_on=clash) == "trainer_busy"
    )
    assert Cohort.objects.count() == 2


def test_template_of_a_course_makes_a_new_edition():
    cohort, trainer, _plan, facts = a_series()
    plan_series(**facts)
    for _time in range(2):
        template = save_as_template(cohort_id=cohort.pk, actor=trainer, name="Vier keer")
    assert CohortTemplate.objects.count() == 1
    made = cohort_from_template(
        template_id=template.pk,
        actor=trainer,
        name="Volgend jaar",
        starts_on=timezone.localdate() + timedelta(days=300),
        trainer_ids=(trainer.pk,),
        place="Gent",
    )
    assert made.course_id == cohort.course_id and made.sessions.count() == 4
    assert (
        code_of(
            cohort_from_template,
            template_id=0,
            actor=trainer,
            name="X",
            starts_on=timezone.localdate(),
            trainer_ids=(),
            place="",
        )
        == "template_missing"
    )


def test_screens_of_series_copies_and_templates(client):
    cohort, trainer, _plan, _facts = a_series()
    Cohort.objects.filter(pk=cohort.pk).update(created_by=trainer)
    client.force_login(trainer)
    address = f"/begeleiding/groepen/{cohort.pk}"
    facts = {
        "title": "Avond",
        "day": (timezone.localdate() + timedelta(days=2)).isoformat(),
        "begins": "19:00",
        "ends": "21:00",
        "kind": "in_person",
        "place": "De Kolk",
        "trainers": [trainer.pk],
        "every_weeks": 1,
        "times": 3,
        "skipped": "geen dag",
    }
    assert client.post(f"{address}/reeks/", facts).status_code == 422
    assert client.post(f"{address}/reeks/", {**facts, "skipped": ""}).status_code == 302
    session = cohort.sessions.earliest("starts_at")
    moved = {"begins": "18:00", "ends": "20:00", "place": "De Kolk"}
    assert client.post(f"/begeleiding/sessies/{session.pk}/reeks/", moved).status_code == 302
    assert client.post(f"{address}/kopie/", {"name": "", "starts_on": ""}).status_code == 422
    client.post(f"{address}/kopie/", {"keep_as": "Avonden"})
    template = CohortTemplate.objects.get()
    start = (timezone.localdate() + timedelta(days=250)).isoformat()
    made = {"name": "Later", "starts_on": start, "place": "Gent", "trainers": [trainer.pk]}
    assert client.post(f"/begeleiding/sjablonen/{template.pk}/", made).status_code == 302
    assert Cohort.objects.get(name="Later").sessions.count() == 3
    alone = SessionFactory(cohort=cohort, starts_at=at(90))
    assert client.get(f"/begeleiding/sessies/{alone.pk}/reeks/").status_code == 404
