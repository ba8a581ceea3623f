"""What a recognition is worth, day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.domain.recognition_rules import Lapse, RecognitionDates, status_on
from accreditation.domain.recognitions import dates_of_grant
from accreditation.models import ProcedureRule

DATES = RecognitionDates(
    valid_from=date(2026, 3, 1),
    valid_until=date(2031, 2, 28),
    renewal_from=date(2030, 8, 28),
    grace_until=date(2031, 5, 28),
)


@pytest.mark.parametrize(
    ("day", "status", "holds"),
    [
        (date(2026, 2, 28), "upcoming", False),
        (date(2026, 3, 1), "valid", True),
        (date(2030, 8, 27), "valid", True),
        (date(2030, 8, 28), "expiring", True),
        (date(2031, 2, 28), "expiring", True),
        (date(2031, 3, 1), "grace", False),
        (date(2031, 5, 28), "grace", False),
        (date(2031, 5, 29), "expired", False),
    ],
)
def test_status_follows_from_dates(day, status, holds):
    found = status_on(DATES, day)
    assert (found.status, found.holds) == (status, holds)


def test_withdrawn_goes_before_everything():
    gone = RecognitionDates(**{**DATES.__dict__, "withdrawn": True, "replaced": True})
    assert status_on(gone, date(2027, 1, 1), (Lapse("polis"),)).status == "withdrawn"


def test_lapsed_insurance_interrupts_at_once_and_only_while_it_runs():
    lapse = (Lapse("beroepsaansprakelijkheid", date(2027, 1, 1)),)
    assert status_on(DATES, date(2027, 1, 2), lapse).status == "interrupted"
    assert status_on(DATES, date(2031, 3, 2), lapse).status == "grace"


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 10), st.integers(0, 12), st.integers(0, 12)
)
def test_dates_of_a_grant_are_in_order_and_cover_whole_years(on, years, before, after):
    rule = ProcedureRule(validity_years=years, renewal_months_before=before, grace_months_after=after)
    dates = dates_of_grant(rule, on)
    assert dates.valid_from <= dates.renewal_from <= dates.valid_until <= dates.grace_until
    assert (dates.valid_until - on) >= timedelta(days=365 * years - 1)


def test_five_years_end_on_the_day_before():
    dates = dates_of_grant(ProcedureRule(), date(2026, 3, 1))
    assert (dates.valid_until, dates.renewal_from, dates.grace_until) == (
        date(2031, 2, 28),
        date(2030, 8, 28),
        date(2031, 5, 28),
    )
