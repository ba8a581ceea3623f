"""Who is tied, and who reads: pure rules."""

from hypothesis import given
from hypothesis import strategies as st

from accreditation.domain.conflict_rules import (
    ApplicantTies,
    Candidate,
    MemberFacts,
    choose_readers,
    grounds_for,
)
from accreditation.enums import ConflictGround


def test_grounds_are_all_named_in_order():
    ties = ApplicantTies(
        person_id=1,
        employer_id=7,
        team_ids=frozenset({3}),
        cohort_mates=frozenset({2}),
        intervision_mates=frozenset({2}),
        trainers=frozenset({2}),
    )
    assert grounds_for(ties, MemberFacts(person_id=2, employer_id=7, team_ids=frozenset({3, 4}))) == (
        ConflictGround.EMPLOYER,
        ConflictGround.TEAM,
        ConflictGround.COHORT,
        ConflictGround.INTERVISION,
        ConflictGround.TRAINER,
    )


def test_unknown_employer_ties_nobody():
    assert grounds_for(ApplicantTies(person_id=1), MemberFacts(person_id=2)) == ()


def test_lowest_load_reads_and_the_oldest_account_breaks_the_tie():
    found = choose_readers([Candidate(4, 2), Candidate(3, 1), Candidate(2, 1), Candidate(1, 5)], wanted=2)
    assert found == (2, 3)


def test_one_reader_of_the_same_profession_is_enough():
    crowd = [Candidate(1, 0), Candidate(2, 9, same_profession=True), Candidate(3, 8, same_profession=True)]
    assert choose_readers(crowd, wanted=2) == (3, 1)


def test_reader_of_an_earlier_round_comes_back():
    assert choose_readers([Candidate(1, 0), Candidate(2, 9, knows_dossier=True)], wanted=1) == (2,)


@given(
    st.lists(
        st.builds(Candidate, st.integers(1, 50), st.integers(0, 9), st.booleans(), st.booleans()),
        unique_by=lambda one: one.person_id,
    ),
    st.integers(0, 3),
)
def test_never_more_than_wanted_never_twice(candidates, wanted):
    found = choose_readers(candidates, wanted=wanted)
    assert len(found) == min(wanted, len(candidates)) == len(set(found))
    assert set(found) <= {one.person_id for one in candidates}
    assert found == choose_readers(list(reversed(candidates)), wanted=wanted)
