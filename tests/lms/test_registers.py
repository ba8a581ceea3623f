"""From presence to points: dated rules, one session under many regimes, files that say each presence once, alarms."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.models import CourseAccreditation
from lms.domain.attendance import close_list, correct, record_by_list
from lms.domain.point_rules import (
    Gain,
    RegisterFacts,
    amount_for,
    last_day_to_report,
    module_amount,
    period_of,
    standing,
)
from lms.domain.queries.points import points_page
from lms.domain.register_alarms import warn_of_due_files
from lms.domain.register_files import content_of, make_file, months_of_registers, note_receipt
from lms.domain.session_approvals import ApprovalPlan, set_approvals
from lms.enums import AttendanceState, ReceiptKind
from lms.exceptions import RegisterError
from lms.models import RegisterFile, RegisterLine, RegisterReceipt, RegisterRule
from people.enums import Role
from people.models import DigestItem, Profession, ProfessionalProfile
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, at, enrolled, make_trainer
from tests.factories.people import UserFactory

PRESENT, ABSENT = AttendanceState.PRESENT, AttendanceState.ABSENT
PHYSICIANS = "physician_riziv"
#: 6 digits and their check digits (97 - 123456 mod 97 = 26), then the qualification.
GOOD_NUMBER = f"123456{97 - 123456 % 97:02d}004"
POINTS = RegisterFacts("p", "Punten", "points", Decimal(60), 3, True, max_per_hour=Decimal(1))
HOURS = RegisterFacts("h", "Uren", "hours", Decimal(75), 5, False)


@pytest.mark.parametrize(
    ("rule", "credited", "minutes", "approved", "amount"),
    [
        (POINTS, 180, 180, Decimal(3), "3.00"),
        (POINTS, 180, 180, Decimal(5), "3.00"),
        (POINTS, 150, 180, Decimal(3), "2.50"),
        (POINTS, 180, 180, None, "0.00"),
        (POINTS, 0, 180, Decimal(3), "0"),
        (HOURS, 150, 180, None, "2.50"),
        (HOURS, 100, 180, None, "1.66"),
        (HOURS, 180, 180, Decimal(2), "2.00"),
    ],
)
def test_what_a_presence_brings(rule, credited, minutes, approved, amount):
    found = amount_for(rule, credited=credited, minutes=minutes, approved=approved)
    assert str(found) == amount


@given(st.integers(0, 600), st.integers(1, 600), st.none() | st.decimals(0, 20, places=1))
@settings(deadline=None)
def test_a_presence_never_brings_more_than_was_approved_or_than_an_hour_may(credited, minutes, approved):
    found = amount_for(POINTS, credited=min(credited, minutes), minutes=minutes, approved=approved)
    assert 0 <= found <= (approved or 0)
    assert found <= Decimal(minutes) / 60


def test_an_online_module_has_a_limit_of_its_own():
    limited = RegisterFacts("p", "Punten", "points", Decimal(60), 3, True, max_module_hours=Decimal(2))
    assert (module_amount(limited, granted=Decimal(5)), module_amount(POINTS, granted=Decimal(5))) == (2, 5)


@given(st.dates(date(2000, 1, 1), date(2026, 12, 31)), st.integers(1, 6), st.integers(0, 9000))
@settings(deadline=None)
def test_a_period_holds_the_day_and_periods_join(starts_on, years, days):
    on = starts_on + timedelta(days=days)
    first, last = period_of(starts_on=starts_on, years=years, on=on)
    assert first <= on <= last
    following, _ = period_of(starts_on=starts_on, years=years, on=last + timedelta(days=1))
    assert following == last + timedelta(days=1)


def test_periods_that_begin_on_29_february():
    assert period_of(starts_on=date(2024, 2, 29), years=1, on=date(2025, 3, 1)) == (
        date(2025, 2, 28),
        date(2026, 2, 27),
    )


def test_a_standing_counts_its_own_period_and_says_what_leaves():
    on = date(2026, 11, 1)
    gains = [
        Gain(date(2023, 10, 1), "te oud", Decimal(9)),
        Gain(date(2023, 12, 1), "bijna weg", Decimal(4)),
        Gain(date(2026, 5, 1), "nieuw", Decimal(6), is_ethics=True),
        Gain(date(2026, 6, 1), "overleg", Decimal(0), is_peer_review=True),
        Gain(date(2027, 1, 1), "morgen", Decimal(50)),
    ]
    rolling = standing(POINTS, gains, starts_on=None, on=on)
    assert (rolling.gained, rolling.left, rolling.expiring) == (10, 50, 4)
    assert (rolling.ethics, rolling.peer_reviews, rolling.percent) == (6, 1, 16)
    fixed = standing(POINTS, gains, starts_on=date(2024, 1, 1), on=on)
    assert (fixed.gained, fixed.expiring, fixed.last) == (6, 6, date(2026, 12, 31))


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (date(2026, 1, 1), date(2026, 2, 28)),
        (date(2026, 11, 1), date(2026, 12, 31)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_the_last_day_to_report(month, day):
    assert last_day_to_report(month) == day


@pytest.fixture
def trainer():
    return make_trainer(first_name="Truus")


@pytest.fixture
def office():
    return UserFactory(roles=[Role.NETWORK_STAFF], first_name="Nel")


def a_professional(cohort, profession, number="", **fields):
    """Somebody with a profession, and a number where one is given, in a cohort."""
    person = enrolled(cohort, **fields).person
    ProfessionalProfile.objects.update_or_create(
        user=person,
        defaults={"profession": Profession.objects.get(key=profession), "riziv_number": number},
    )
    return person


def last_month(hour=9):
    """A moment on the 12th of last month."""
    day = timezone.localdate().replace(day=1) - timedelta(days=1)
    return at((day.replace(day=12) - timezone.localdate()).days, hour, 0)


@pytest.fixture
def held(trainer, office):
    """A closed session of three hours last month: three points for physicians, four hours for midwives by approval."""
    cohort = CohortFactory(starts_on=timezone.localdate() - timedelta(days=90))
    session = SessionFactory(
        cohort=cohort, starts_at=last_month(9), ends_at=last_month(12), trainers=[trainer]
    )
    set_approvals(
        session_id=session.pk,
        plans=[ApprovalPlan(PHYSICIANS, Decimal(3), "12345678", is_ethics=True)],
        actor=office,
    )
    return session


def note(session, trainer, *people, close=True, **moments):
    for person in people:
        record_by_list(session_id=session.pk, person_id=person.pk, state=PRESENT, trainer=trainer, **moments)
    if close:
        close_list(session_id=session.pk, actor=trainer)


@pytest.mark.django_db
def test_one_session_under_many_regimes(held, trainer, django_assert_max_num_queries):
    physician = a_professional(held.cohort, "physician", GOOD_NUMBER)
    midwife = a_professional(held.cohort, "midwife")
    other = a_professional(held.cohort, "social_worker")
    note(held, trainer, physician, midwife, other)
    with django_assert_max_num_queries(10):
        (points,) = points_page(physician.pk).registers
    assert (points.rule.key, points.standing.gained, points.standing.ethics) == (PHYSICIANS, 3, 3)
    (hours,) = points_page(midwife.pk).registers
    assert (hours.rule.key, hours.standing.gained, hours.standing.needed) == ("midwife", 3, 75)
    assert points_page(other.pk).registers == ()


@pytest.mark.django_db
def test_too_short_a_presence_brings_nothing_and_a_late_one_its_minutes(held, trainer):
    late, short = (a_professional(held.cohort, "physician", GOOD_NUMBER) for _ in range(2))
    note(held, trainer, late, close=False, arrived_at=last_month(9) + timedelta(minutes=30))
    note(held, trainer, short, arrived_at=last_month(10) + timedelta(minutes=30))
    assert points_page(late.pk).registers[0].standing.gained == Decimal("2.5")
    assert points_page(short.pk).registers[0].standing.gained == 0


@pytest.mark.django_db
def test_points_of_a_course_come_with_its_completion(held, office):
    person = a_professional(held.cohort, "physician", GOOD_NUMBER)
    profession = Profession.objects.get(key="physician")
    today = timezone.localdate()
    for scheme, amount, since, until in (
        ("Nu", 2, today - timedelta(days=9), None),
        ("Vroeger", 9, today - timedelta(days=900), today - timedelta(days=800)),
    ):
        CourseAccreditation.objects.create(
            course=held.cohort.course,
            profession=profession,
            scheme=scheme,
            points=amount,
            valid_from=since,
            valid_until=until,
        )
    person.enrolments.update(completed_at=timezone.now())
    (found,) = points_page(person.pk).registers
    assert [(gain.amount, "Nu" in gain.title) for gain in found.standing.gains] == [(2, True)]


@pytest.mark.django_db
def test_the_file_in_the_layout_of_riziv(held, trainer, office):
    person = a_professional(held.cohort, "physician", GOOD_NUMBER, first_name="=Cmd", last_name='O"Neil; x')
    note(held, trainer, person)
    file, content = make_file(register=PHYSICIANS, month=last_month().date().replace(day=1), actor=office)
    assert content.startswith(b"\xef\xbb\xbf")
    heads, row = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert heads == [
        "activiteitnummer",
        "datum",
        "duur (minuten)",
        "organisator",
        "naam",
        "RIZIV-nummer",
        "bewijs van aanwezigheid",
    ]
    assert row[:4] == ["12345678", f"{last_month():%d/%m/%Y}", "180", "Nestwerk"]
    assert row[4] == 'O"Neil; x, =Cmd'
    assert row[5].replace("-", "") == GOOD_NUMBER
    assert row[6].startswith("lijst van de trainer, regel ")
    assert content_of(file) == content
    assert (file.number, file.rows) == (1, 1)
    assert [one.kind for one in file.receipts.all()] == ["made"]


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["", "12345678901", "12345611004"])
def test_a_number_whose_check_digits_do_not_fit_is_not_sent(held, trainer, office, number):
    person = a_professional(held.cohort, "physician", number)
    note(held, trainer, person)
    (month,) = months_of_registers()
    assert (len(month.ready), len(month.stuck)) == (0, 1)
    with pytest.raises(RegisterError, match="niets nieuws"):
        make_file(register=PHYSICIANS, month=month.month, actor=office)


@pytest.mark.django_db
def test_a_presence_is_sent_once_and_a_changed_one_as_a_correction(held, trainer, office):
    person = a_professional(held.cohort, "physician", GOOD_NUMBER)
    second = a_professional(held.cohort, "physician", GOOD_NUMBER)
    note(held, trainer, person, second)
    month = last_month().date().replace(day=1)
    first, _ = make_file(register=PHYSICIANS, month=month, actor=office)
    with pytest.raises(RegisterError) as caught:
        make_file(register=PHYSICIANS, month=month, actor=office)
    assert caught.value.code == "nothing_to_send"
    facts = {"session_id": held.pk, "person_id": person.pk, "state": PRESENT, "actor": office}
    correct(reason="kwam later", arrived_at=last_month(9) + timedelta(minutes=30), **facts)
    again, content = make_file(register=PHYSICIANS, month=month, actor=office)
    (line,) = again.lines.all()
    assert (first.rows, again.number, line.minutes, line.amount) == (2, 2, 150, Decimal("2.5"))
    assert line.corrects.file == first
    assert "(verbetering)" in content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterLine.objects.create(
            file=again, register=PHYSICIANS, attendance=line.attendance, person=person, minutes=1, amount=1
        )
    for model in (RegisterFile, RegisterLine, RegisterReceipt):
        table = model._meta.db_table
        with (
            pytest.raises(Exception, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")


@pytest.mark.django_db
def test_open_lists_are_not_sent(held, trainer):
    note(held, trainer, a_professional(held.cohort, "physician", GOOD_NUMBER), close=False)
    assert months_of_registers() == ()


@pytest.mark.django_db
def test_the_office_is_warned_once_per_stage(held, trainer, office):
    note(held, trainer, a_professional(held.cohort, "physician", GOOD_NUMBER))
    office.role_grants.update(valid_from=date(2020, 1, 1))
    due = last_day_to_report(last_month().date())
    stages = []
    for days in (11, 10, 9, 3, 1, 0, -1, -5):
        day = at((due - timezone.localdate()).days - days, 6)
        with time_machine.travel(day, tick=False):
            warn_of_due_files()
            stages.append(DigestItem.objects.filter(person=office).count())
    assert stages == [0, 1, 1, 2, 2, 2, 3, 3]
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_register_without_a_last_day_is_never_late(held, trainer, office):
    note(held, trainer, a_professional(held.cohort, "midwife"))
    office.role_grants.update(valid_from=date(2020, 1, 1))
    (month,) = months_of_registers()
    with time_machine.travel(at(90, 6), tick=False):
        assert (month.rule.key, month.has_deadline, month.is_late) == ("midwife", False, False)
        warn_of_due_files()
    assert not DigestItem.objects.exists()
    assert (
        "Dit register vraagt geen vaste dag." in signed_in(office).get("/netwerk/registers/").content.decode()
    )


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db
def test_the_office_makes_fetches_and_logs_a_file(held, trainer, office):
    note(held, trainer, a_professional(held.cohort, "physician", GOOD_NUMBER, last_name="Zeldzaam"))
    client, month = signed_in(office), last_month().date()
    assert "klaar" in client.get("/netwerk/registers/").content.decode()
    made = client.post(f"/netwerk/registers/{PHYSICIANS}/{month.year}/{month.month}/")
    assert made.status_code == 302
    page = made.url
    assert "Zeldzaam" in client.get(page).content.decode()
    fetched = client.post(f"{page}ophalen/")
    assert "Zeldzaam" in fetched.content.decode()
    assert client.post(page, {"kind": "received", "reference": ""}).status_code == 422
    assert client.post(page, {"kind": "verzonnen"}).status_code == 422
    assert client.post(page, {"kind": "received", "reference": "OK-77"}).status_code == 302
    kinds = list(RegisterReceipt.objects.order_by("pk").values_list("kind", "reference"))
    assert kinds == [("made", ""), ("fetched", ""), ("received", "OK-77")]
    with pytest.raises(RegisterError):
        note_receipt(file_id=999999, kind=ReceiptKind.SENT, reference="", actor=office)
    assert client.post(f"/netwerk/registers/{PHYSICIANS}/2026/13/").status_code == 404


@pytest.mark.django_db
def test_what_a_session_brings_is_set_per_register(held, office):
    client, address = signed_in(office), reverse("lms:session_approvals", args=[held.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {f"amount-{PHYSICIANS}": "veel"}).status_code == 422
    typed = {f"amount-{PHYSICIANS}": "2,5", f"number-{PHYSICIANS}": "77", "amount-midwife": "4"}
    assert client.post(address, typed).status_code == 302
    found = held.approvals.values_list("register", "amount", "activity_number")
    assert set(found) == {(PHYSICIANS, Decimal("2.5"), "77"), ("midwife", Decimal(4), "")}
    client.post(address, {f"amount-{PHYSICIANS}": "0"})
    assert held.approvals.count() == 0


@pytest.mark.django_db
def test_my_points_and_my_period(held, trainer):
    person = a_professional(held.cohort, "physician", GOOD_NUMBER)
    note(held, trainer, person)
    client = signed_in(person)
    page = client.get("/mijn/punten/").content.decode()
    assert "3 van 60" in page
    address = reverse("lms:points_cycle", args=[PHYSICIANS])
    for wrong in ("", "gisteren", "1999-01-01", f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}"):
        assert client.post(address, {"starts_on": wrong}).status_code == 422
    start = held.starts_at.date() + timedelta(days=1)
    assert client.post(address, {"starts_on": f"{start:%Y-%m-%d}"}).status_code == 302
    assert "0 van 60" in client.get("/mijn/punten/").content.decode()
    assert client.get(reverse("lms:points_cycle", args=["midwife"])).status_code == 404
    proof = client.get("/mijn/punten/bewijs.pdf")
    assert proof.status_code in {200, 302}
    assert proof.status_code == 302 or proof.content.startswith(b"%PDF")


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 4])
def test_my_points_cost_the_same_with_one_and_four(number, trainer, django_assert_num_queries):
    cohort = CohortFactory(starts_on=timezone.localdate() - timedelta(days=90))
    person = a_professional(cohort, "midwife")
    for place in range(number):
        begin = last_month(9) + timedelta(days=place)
        session = SessionFactory(
            cohort=cohort, starts_at=begin, ends_at=begin + timedelta(hours=2), trainers=[trainer]
        )
        note(session, trainer, person)
    with django_assert_num_queries(7):
        points_page(person.pk)


@pytest.mark.django_db
def test_the_first_rules_are_dated_rows():
    before, after = (
        RegisterRule.objects.on(day).get(key=PHYSICIANS) for day in (date(2025, 6, 1), date(2026, 6, 1))
    )
    assert (before.max_module_hours, after.max_module_hours) == (None, 2)
    assert {row.key for row in RegisterRule.objects.on(date(2026, 6, 1))} == {
        PHYSICIANS,
        "midwife",
        "nurse_special_title",
        "physiotherapist",
    }
