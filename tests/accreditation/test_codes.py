"""Verification codes: random, readable, forgiving."""

import pytest

from accreditation.domain.codes import ALPHABET, LENGTH, new_code, read_code


def test_code_holds_eighty_bits_without_look_alikes():
    assert len(ALPHABET) ** LENGTH == 2**80
    assert not set("ILOU") & set(ALPHABET)


def test_codes_are_canonical_and_all_different():
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(read_code(code) == code for code in codes)


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M-9PQA-2X01-8RWD",
        "7k3m9pqa2x018rwd",
        " 7K3M 9PQA 2XO1 8RWD ",
        "7K3M–9PQA–2XoI–8RWD",
        "7K3M.9PQA.2XOl.8RWD",
        "7K3M_9PQA_2XOL_8RWD",
        "７Ｋ３Ｍ-9PQA-2X01-8RWD",
    ],
)
def test_code_is_understood_however_it_was_typed(typed):
    assert read_code(typed) == "7K3M-9PQA-2X01-8RWD"


@pytest.mark.parametrize(
    "typed",
    ["", "7K3M", "7K3M-9PQA-2X01-8RW", "7K3M-9PQA-2X01-8RWDD", "7K3M-9PQA-2X01-8RW!", "A" * 5000, "ä" * 16],
)
def test_what_cannot_be_a_code_is_refused(typed):
    assert read_code(typed) is None
