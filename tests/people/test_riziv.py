import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.domain.riziv import RizivError, format_riziv, validate_riziv


@given(
    base=st.integers(min_value=100000, max_value=999999),
    qualification=st.integers(min_value=0, max_value=999),
)
@pytest.mark.parametrize("modulus", [97, 89])
def test_numbers_with_right_check_digits_are_accepted(modulus, base, qualification):
    number = f"{base}{modulus - base % modulus:02d}{qualification:03d}"
    assert validate_riziv(number) == number
    assert validate_riziv(format_riziv(number)) == number


@given(base=st.integers(min_value=100000, max_value=999999), check=st.integers(min_value=0, max_value=99))
def test_other_check_digits_are_refused(base, check):
    if check in (97 - base % 97, 89 - base % 89):
        return
    with pytest.raises(RizivError):
        validate_riziv(f"{base}{check:02d}001")


@pytest.mark.parametrize("text", ["123", "abcdefghijk", "1-23456", "", "12345678901234"])
def test_wrong_form_says_what_to_do(text):
    with pytest.raises(RizivError, match="11 cijfers"):
        validate_riziv(text)


def test_national_number_is_recognised_and_refused():
    with pytest.raises(RizivError, match="rijksregisternummer"):
        validate_riziv("85.07.30-033.28")
