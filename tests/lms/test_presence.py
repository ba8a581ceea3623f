"""Coming and going: rules of presence, checking out, codes, paper lists, ticks of a phone without a connection."""

import itertools
import json
import uuid
from datetime import UTC, datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.models import AuditEntry
from lms.domain.attendance import check_in, check_out, close_list, correct, record_by_list
from lms.domain.bulk_attendance import ListLine, record_lines
from lms.domain.check_in_codes import code_of
from lms.domain.check_in_tokens import make_token, read_token
from lms.domain.presence_rules import PresenceRule, Stay, double_counted, weigh
from lms.domain.queries.attendance import attendance_share, attendance_shares, roster
from lms.domain.settling import settle_past_sessions
from lms.enums import AttendanceMethod, AttendanceState
from lms.exceptions import AttendanceError
from lms.models import Attendance, AttendanceRule
from people.enums import Role
from tests.conftest import missing_part
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, at, enrolled, make_trainer
from tests.factories.people import UserFactory

BRUSSELS = ZoneInfo("Europe/Brussels")
START = datetime(2027, 3, 9, 9, 0, tzinfo=BRUSSELS)
PRESENT, ABSENT = AttendanceState.PRESENT, AttendanceState.ABSENT


def weighed(hours=3, came=0, went=None, **rule):
    """A presence from `came` to `went` minutes after the begin."""
    return weigh(
        PresenceRule(**rule),
        starts_at=START,
        ends_at=START + timedelta(hours=hours),
        arrived_at=START + timedelta(minutes=came),
        left_at=None if went is None else START + timedelta(minutes=went),
    )


@pytest.mark.parametrize(
    ("came", "went", "share", "late", "early", "counts", "credited"),
    [
        (-30, None, 100, False, False, True, 180),
        (10, None, 94, False, False, True, 180),
        (15, 165, 83, False, False, True, 180),
        (16, None, 91, True, False, True, 164),
        (36, None, 80, True, False, True, 144),
        (37, None, 79, True, False, False, 0),
        (0, 150, 83, False, True, True, 150),
        (0, 90, 50, False, True, False, 0),
        (200, None, 0, True, False, False, 0),
    ],
)
def test_late_early_and_the_least_share(came, went, share, late, early, counts, credited):
    found = weighed(came=came, went=went)
    assert (found.share, found.is_late, found.is_early, found.counts, found.credited) == (
        share,
        late,
        early,
        counts,
        credited,
    )


def test_a_rule_that_asks_to_check_out_counts_nothing_without():
    assert weighed(asks_check_out=True).counts is False
    assert weighed(asks_check_out=True, went=180).counts is True


def test_the_night_the_clock_goes_back_is_an_hour_longer():
    start = datetime(2026, 10, 25, 1, 0, tzinfo=BRUSSELS)
    end = datetime(2026, 10, 25, 4, 0, tzinfo=BRUSSELS)
    whole = weigh(PresenceRule(), starts_at=start, ends_at=end)
    assert whole.minutes == 240
    second = datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS, fold=1)
    assert weigh(PresenceRule(), starts_at=start, ends_at=end, left_at=second).minutes == 150


MOMENTS = st.none() | st.integers(-90, 400)


@given(st.integers(1, 100), MOMENTS, MOMENTS, st.integers(1, 400))
@settings(deadline=None)
def test_presence_stays_within_its_session(least, came, went, minutes):
    end = START + timedelta(minutes=minutes)
    found = weigh(
        PresenceRule(min_share=least),
        starts_at=START,
        ends_at=end,
        arrived_at=None if came is None else START + timedelta(minutes=came),
        left_at=None if went is None else START + timedelta(minutes=went),
    )
    assert 0 <= found.minutes <= minutes
    assert 0 <= found.share <= 100
    assert 0 <= found.credited <= minutes
    assert found.counts == (found.share >= least)


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(1, 200)), max_size=8))
@settings(deadline=None)
def test_nobody_counts_in_two_rooms_at_once(pairs):
    stays = [
        Stay(ref, START + timedelta(minutes=begin), START + timedelta(minutes=begin + length))
        for ref, (begin, length) in enumerate(pairs)
    ]
    left_out = double_counted(stays)
    kept = sorted((one for one in stays if one.ref not in left_out), key=lambda one: one.came)
    assert all(first.went <= second.came for first, second in itertools.pairwise(kept))
    assert not stays or kept


@pytest.fixture
def trainer():
    return make_trainer(first_name="Truus")


@pytest.fixture
def session(trainer):
    return SessionFactory(trainers=[trainer])


@pytest.fixture
def learner(session):
    return enrolled(session.cohort, first_name="Lies").person


def refusal(call, **kwargs) -> str:
    with pytest.raises(AttendanceError) as caught:
        call(**kwargs)
    return caught.value.code


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def rows(session):
    found = Attendance.objects.filter(session=session).order_by("pk")
    return list(found.values_list("person_id", "state", "method"))


@pytest.mark.django_db
def test_checking_out_adds_one_row_and_the_first_moment_stays():
    with time_machine.travel(at(0, 9, 0), tick=False) as clock:
        session = SessionFactory(starts_at=at(0, 9, 0), ends_at=at(0, 12, 0))
        learner = enrolled(session.cohort).person
        assert refusal(check_out, session_id=session.pk, person=learner) == "not_present"
        check_in(session_id=session.pk, person=learner)
        clock.move_to(at(0, 10, 30))
        first = check_out(session_id=session.pk, person=learner)
        clock.move_to(at(0, 11, 55))
        again = check_out(session_id=session.pk, person=learner)
        assert (first.created, again.created) == (True, False)
        assert (first.attendance.arrived_at, first.attendance.left_at) == (at(0, 9, 0), at(0, 10, 30))
        assert check_in(session_id=session.pk, person=learner).created is False
        (line,) = roster(session).lines
        assert (line.presence.share, line.presence.counts) == (50, False)
        assert line.flags == ("Ging om 10.30 u.", "Telt niet: 50 % van de tijd")
    assert [row[2] for row in rows(session)] == ["qr", "qr"]


@pytest.mark.django_db
def test_checking_out_before_the_begin_and_after_closing(session, learner, trainer):
    early = SessionFactory(cohort=session.cohort, starts_at=timezone.now() + timedelta(minutes=20))
    record_by_list(session_id=early.pk, person_id=learner.pk, state=PRESENT, trainer=trainer)
    assert refusal(check_out, session_id=early.pk, person=learner) == "too_early"
    record_by_list(session_id=session.pk, person_id=learner.pk, state=PRESENT, trainer=trainer)
    close_list(session_id=session.pk, actor=trainer)
    assert refusal(check_out, session_id=session.pk, person=learner) == "too_late"


@pytest.mark.django_db
def test_overlapping_sessions_of_one_person(session, learner, trainer):
    other = SessionFactory(cohort=CohortFactory(course=session.cohort.course), title="Elders")
    check_in(session_id=session.pk, person=learner)
    # Another course would be needed for a second seat; the seat moves, the presence stays.
    learner.enrolments.update(cohort=other.cohort)
    assert refusal(check_in, session_id=other.pk, person=learner) == "elsewhere"
    record_by_list(session_id=other.pk, person_id=learner.pk, state=PRESENT, trainer=trainer)
    (line,) = roster(other).lines
    assert line.flags == (f"Ook aanwezig bij {session.title}",)


@pytest.mark.django_db
def test_the_rule_of_the_day_decides_and_later_rules_change_nothing(trainer):
    cohort = CohortFactory()
    session = SessionFactory(cohort=cohort, starts_at=at(-2, 9, 0), ends_at=at(-2, 13, 0), kind="online")
    enrolment = enrolled(cohort)
    moments = {"arrived_at": at(-2, 10, 0), "left_at": at(-2, 13, 0)}
    record_by_list(
        session_id=session.pk, person_id=enrolment.person_id, state=PRESENT, trainer=trainer, **moments
    )
    shares = {enrolment.pk: (cohort.pk, enrolment.person_id)}
    assert (attendance_share(enrolment), attendance_shares(shares)) == (0, {enrolment.pk: 0})
    AttendanceRule.objects.create(kind="online", valid_from=at(-3).date(), min_share=70)
    AttendanceRule.objects.create(kind="online", valid_from=at(-1).date(), min_share=99)
    AttendanceRule.objects.create(kind="in_person", valid_from=at(-3).date(), min_share=100)
    assert (attendance_share(enrolment), attendance_shares(shares)) == (100, {enrolment.pk: 100})


@pytest.mark.django_db
def test_presence_counts_for_completion_once_the_session_is_over(session, learner):
    enrolment = learner.enrolments.get()
    check_in(session_id=session.pk, person=learner)
    assert (attendance_share(enrolment), attendance_share(enrolment, settled=True)) == (100, 0)
    with time_machine.travel(session.ends_at + timedelta(minutes=1)):
        assert attendance_share(enrolment, settled=True) == 100
        assert settle_past_sessions() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "moments",
    [{"arrived_at": START, "left_at": START - timedelta(minutes=1)}, {"state": ABSENT, "arrived_at": START}],
)
def test_impossible_moments_are_refused_by_verb_and_database(session, learner, trainer, moments):
    facts = {"session_id": session.pk, "person_id": learner.pk, "state": PRESENT, **moments}
    assert refusal(record_by_list, trainer=trainer, **facts) == "moments"
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(method="list", recorded_by=trainer, **facts)


@pytest.mark.django_db
def test_a_correction_may_carry_moments(session, learner, trainer):
    close_list(session_id=session.pk, actor=trainer)
    staff = UserFactory(roles=[Role.NETWORK_STAFF])
    came = session.starts_at + timedelta(minutes=50)
    facts = {"session_id": session.pk, "person_id": learner.pk, "state": PRESENT, "actor": staff}
    assert correct(reason="kwam later", arrived_at=came, **facts).created
    assert not correct(reason="nog eens", **facts).created
    assert Attendance.objects.current().get(session=session).arrived_at == came


@pytest.mark.django_db
def test_a_cohort_with_attendance_cannot_be_deleted(session, learner):
    check_in(session_id=session.pk, person=learner)
    for row in (session, session.cohort):
        with pytest.raises(ProtectedError):
            row.delete()


@pytest.mark.django_db
def test_tokens_for_coming_and_leaving_are_different():
    assert (read_token(make_token(7)).leaving, read_token(make_token(7, leaving=True)).leaving) == (
        False,
        True,
    )
    assert read_token(make_token(7, leaving=True)).session_id == 7
    with time_machine.travel(timezone.now() + timedelta(seconds=32)):
        stale = make_token(7)
    assert read_token(stale).fresh


@pytest.mark.django_db
def test_a_photographed_code_sent_on_is_worth_nothing(session, learner):
    token, digits = make_token(session.pk), code_of(session.pk)
    colleague = UserFactory()
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        late = signed_in(learner)
        assert "Deze code is net verlopen" in late.post(f"/aanwezig/{token}/").content.decode()
        assert late.post("/aanwezig/code/", {"code": digits}).status_code == 422
    fresh = signed_in(colleague)
    assert "niet ingeschreven" in fresh.post(f"/aanwezig/{make_token(session.pk)}/").content.decode()
    assert fresh.post("/aanwezig/code/", {"code": code_of(session.pk)}).status_code == 422
    assert rows(session) == []


@pytest.mark.django_db
def test_scan_to_leave(session, learner):
    client = signed_in(learner)
    address = reverse("lms:check_in", args=[make_token(session.pk, leaving=True)])
    assert "nog niet aangemeld" in client.post(address).content.decode()
    check_in(session_id=session.pk, person=learner)
    assert "Ik ga nu weg" in client.get(address).content.decode()
    done = client.post(address, follow=True).content.decode()
    assert "Je bent afgemeld." in done
    assert Attendance.objects.current().get(session=session).left_at is not None
    assert client.get(address).status_code == 302


@pytest.mark.django_db
def test_six_digits_check_in_and_out(session, learner, trainer):
    screen = signed_in(trainer).get(reverse("lms:session_qr_code", args=[session.pk])).content.decode()
    assert code_of(session.pk) in screen
    client = signed_in(learner)
    digits = code_of(session.pk)
    assert client.post("/aanwezig/code/", {"code": f"{digits[:3]} {digits[3:]}"}).status_code == 302
    client.post("/aanwezig/code/", {"code": code_of(session.pk, leaving=True)})
    assert rows(session) == [(learner.pk, "present", "code")] * 2


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "12", "abcdef", "000000", "9" * 12, "<b>"])
def test_codes_that_are_none(session, learner, typed):
    response = signed_in(learner).post("/aanwezig/code/", {"code": typed})
    assert response.status_code == 422
    assert rows(session) == []


@pytest.mark.django_db
def test_guessing_ends_after_ten_tries_and_never_is_free(session, learner):
    client = signed_in(learner)
    wrong = "000000" if code_of(session.pk) != "000000" else "000001"
    for _ in range(10):
        client.post("/aanwezig/code/", {"code": wrong})
    answer = client.post("/aanwezig/code/", {"code": code_of(session.pk)})
    assert "te veel verkeerde codes" in answer.content.decode()
    cache.clear()
    with mock.patch.object(cache, "incr", side_effect=ConnectionError):
        assert (
            "lukt nu niet" in client.post("/aanwezig/code/", {"code": code_of(session.pk)}).content.decode()
        )
    assert rows(session) == []


def paper(session, **typed):
    """What a browser sends of the paper list; names are `state_<pk>`, `came_<pk>`, `went_<pk>`."""
    return {name.replace("_", "-"): value for name, value in typed.items()}


@pytest.mark.django_db
def test_a_paper_list_is_typed_in_once(session, learner, trainer):
    other = enrolled(session.cohort, first_name="Mo").person
    client, address = signed_in(trainer), reverse("lms:paper", args=[session.pk])
    clock = timezone.localtime(session.starts_at)
    typed = paper(session, **{f"state_{learner.pk}": "present", f"state_{other.pk}": "absent"})
    typed[f"came-{learner.pk}"] = f"{clock:%H:%M}"
    for _ in range(2):
        assert client.post(address, typed).status_code == 302
    assert rows(session) == [(learner.pk, "present", "paper"), (other.pk, "absent", "paper")]
    entry = AuditEntry.objects.get(verb="attendance.list_recorded")
    assert entry.data["people"] == sorted([learner.pk, other.pk])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"state": "present", "came": "25:99"}, "Typ een uur zoals 13:45"),
        ({"state": "present", "came": "11:00", "went": "10:00"}, "Iemand kan niet weggaan"),
        ({"state": "", "came": "10:00"}, "Kies aanwezig"),
        ({"state": "verzonnen"}, "verzonnen"),
    ],
)
def test_a_wrong_line_on_paper_keeps_what_was_typed(session, learner, trainer, typed, said):
    sent = {f"{name}-{learner.pk}": value for name, value in typed.items()}
    response = signed_in(trainer).post(reverse("lms:paper", args=[session.pk]), sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert all(value in page for value in typed.values())
    assert rows(session) == []


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 5])
def test_a_list_costs_the_same_with_one_and_five_lines(session, trainer, number, django_assert_num_queries):
    lines = [ListLine(enrolled(session.cohort).person_id, PRESENT) for _ in range(number)]
    facts = {"session_id": session.pk, "trainer": trainer, "method": AttendanceMethod.PAPER}
    with django_assert_num_queries(12):
        record_lines(lines=lines, **facts)
    assert Attendance.objects.count() == number


@pytest.mark.django_db
def test_the_list_on_paper(session, learner, trainer):
    from accreditation.domain import certificate_paper

    if not (certificate_paper.FONTS / certificate_paper.READING).is_file():
        missing_part("the typefaces for PDF are missing: run scripts/bundle_vendor.py")
    response = signed_in(trainer).get(reverse("lms:paper_pdf", args=[session.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def tick(person, state=PRESENT, **extra):
    return {
        "key": str(uuid.uuid4()),
        "person": person.pk,
        "state": str(state),
        "at": datetime.now(UTC).isoformat(),
        **extra,
    }


def send(client, session, ticks):
    address = reverse("lms:attendance_sync", args=[session.pk])
    return client.post(address, json.dumps({"ticks": ticks}), content_type="application/json")


@pytest.mark.django_db
def test_ticks_of_a_phone_are_written_once(session, learner, trainer):
    client, ticks = signed_in(trainer), [tick(learner)]
    first, again = send(client, session, ticks).json(), send(client, session, ticks).json()
    assert [one["outcome"] for one in first["results"]] == ["written"]
    assert [one["outcome"] for one in again["results"]] == ["same"]
    assert rows(session) == [(learner.pk, "present", "offline")]


@pytest.mark.django_db
def test_the_last_tick_counts_and_older_news_loses(session, learner, trainer):
    now = datetime.now(UTC)
    client = signed_in(trainer)
    both = [
        tick(learner, ABSENT, at=(now - timedelta(minutes=1)).isoformat()),
        tick(learner, PRESENT, at=(now - timedelta(minutes=4)).isoformat()),
    ]
    send(client, session, both)
    assert rows(session) == [(learner.pk, "absent", "offline")]
    check_in(session_id=session.pk, person=learner)
    send(client, session, [tick(learner, ABSENT, at=(now - timedelta(minutes=3)).isoformat())])
    assert Attendance.objects.current().get(session=session).state == PRESENT


@pytest.mark.django_db
def test_a_phone_cannot_note_what_a_trainer_may_not(session, learner, trainer):
    stranger, client = UserFactory(), signed_in(trainer)
    ticks = [
        tick(trainer),
        tick(stranger),
        tick(learner, at=(datetime.now(UTC) + timedelta(hours=1)).isoformat()),
    ]
    assert [one["outcome"] for one in send(client, session, ticks).json()["results"]] == ["refused"] * 3
    close_list(session_id=session.pk, actor=UserFactory(roles=[Role.NETWORK_STAFF]))
    closed = send(client, session, [tick(learner)])
    assert (closed.status_code, closed.json()["code"]) == (409, "closed")
    tomorrow = SessionFactory(cohort=session.cohort, starts_at=at(1), trainers=[trainer])
    assert send(client, tomorrow, [tick(learner)]).json()["code"] == "too_early"
    assert rows(session) == rows(tomorrow) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"ticks": 3}',
        '{"ticks": [1]}',
        '{"ticks": [{"key": "x", "person": 1, "state": "present", "at": "2027-01-01T10:00:00Z"}]}',
        '{"ticks": [{"key": "9b2d2e8e-0000-4000-8000-000000000000", "person": "1", "state": "present",'
        ' "at": "2027-01-01T10:00:00Z"}]}',
        '{"ticks": [{"key": "9b2d2e8e-0000-4000-8000-000000000000", "person": 1, "state": "present", "at": "nu"}]}',
        '{"ticks": [{"key": "9b2d2e8e-0000-4000-8000-000000000000", "person": 1, "state": "weg",'
        ' "at": "2027-01-01T10:00:00Z"}]}',
    ],
)
def test_nonsense_from_a_phone(session, trainer, body):
    address = reverse("lms:attendance_sync", args=[session.pk])
    response = signed_in(trainer).post(address, body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (400, "unreadable")


@pytest.mark.django_db
def test_late_and_early_by_the_minute(session, learner, trainer):
    client, address = signed_in(trainer), reverse("lms:moments", args=[session.pk, learner.pk])
    end = timezone.localtime(session.ends_at)
    assert client.post(address, {"came": "kwart na", "went": ""}).status_code == 422
    assert client.post(address, {"came": "", "went": f"{end:%H:%M}"}).status_code == 302
    assert Attendance.objects.current().get(session=session).left_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize("number", [5, 200])
def test_the_list_takes_few_queries_with_5_or_200(number, trainer, django_assert_max_num_queries):
    session = SessionFactory(trainers=[trainer], cohort=CohortFactory(capacity=250))
    people = [enrolled(session.cohort).person_id for _ in range(number)]
    lines = [ListLine(person, PRESENT) for person in people]
    record_lines(session_id=session.pk, lines=lines, trainer=trainer, method=AttendanceMethod.PAPER)
    client = signed_in(trainer)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("lms:session", args=[session.pk]))
    assert page.content.decode().count("roll__name") == number
