"""Pure rules: shares, windows, signatures."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.attendance_rules import SessionShare, check_in_window, list_opens_at, share_of
from lms.domain.intervision_rules import hours_of, signatures_needed

BRUSSELS = ZoneInfo("Europe/Brussels")
SESSIONS = st.lists(st.builds(SessionShare, st.integers(1, 600), st.booleans()), max_size=12)


@pytest.mark.parametrize(
    ("sessions", "share"),
    [
        ([], 0),
        ([(180, True)], 100),
        ([(180, True), (180, False)], 50),
        ([(180, True), (180, True), (180, False)], 66),
        ([(60, True), (180, False)], 25),
    ],
)
def test_share_of_time(sessions, share):
    assert share_of(SessionShare(*row) for row in sessions) == share


@given(SESSIONS)
def test_share_lies_between_0_and_100_and_is_full_only_when_all_were_attended(sessions):
    share = share_of(sessions)
    assert 0 <= share <= 100
    assert (share == 100) == (bool(sessions) and all(session.present for session in sessions))


@given(SESSIONS, st.integers(1, 600))
def test_one_more_presence_never_lowers_the_share(sessions, minutes):
    without = share_of([*sessions, SessionShare(minutes, False)])
    assert share_of([*sessions, SessionShare(minutes, True)]) >= without


def test_window_round_a_session():
    start = datetime(2027, 3, 9, 12, 30, tzinfo=UTC)
    opens, closes = check_in_window(start, start + timedelta(hours=3), BRUSSELS)
    assert (opens, closes) == (start - timedelta(hours=1), start + timedelta(hours=3, minutes=30))


def test_window_never_reaches_into_another_day():
    start = datetime(2027, 3, 9, 0, 20, tzinfo=BRUSSELS)
    opens, _ = check_in_window(start, start + timedelta(hours=1), BRUSSELS)
    assert opens == datetime(2027, 3, 9, 0, 0, tzinfo=BRUSSELS)
    late = datetime(2027, 3, 9, 23, 50, tzinfo=BRUSSELS)
    _, closes = check_in_window(late - timedelta(hours=1), late, BRUSSELS)
    assert closes.astimezone(BRUSSELS).date() == late.date()


def test_window_in_the_night_the_clock_goes_back():
    start = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02.30 for the second time
    opens, closes = check_in_window(start, start + timedelta(hours=2), BRUSSELS)
    assert closes - opens == timedelta(hours=3, minutes=30)
    assert list_opens_at(start, BRUSSELS) == datetime(2026, 10, 24, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("co_signers", "members", "needed"), [(1, 4, 1), (2, 4, 2), (2, 2, 1), (3, 3, 2), (1, 1, 1)]
)
def test_signatures_needed(co_signers, members, needed):
    assert signatures_needed(co_signers=co_signers, members=members) == needed


@pytest.mark.parametrize(("minutes", "hours"), [(120, "2.00"), (90, "1.50"), (100, "1.67"), (15, "0.25")])
def test_hours(minutes, hours):
    assert hours_of(minutes) == Decimal(hours)
