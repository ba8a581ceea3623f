"""Figures about fairness: known examples, properties, and nobody who can be recognised."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accreditation.domain.decisions import decide
from accreditation.domain.fairness_rules import cohens_kappa, histogram, outcome_table, share
from accreditation.domain.queries.fairness import fairness_report
from people.enums import Role
from tests.factories.committee import REASONED, REFUSING, advised, handed_in, members
from tests.factories.people import ProfileFactory, UserFactory, user_with

COLUMNS = ("granted", "refused", "more")


def pairs(**counts):
    return [tuple(key.split("_")) for key, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("given_pairs", "kappa"),
    [
        # The textbook example: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no.
        (pairs(yes_yes=20, yes_no=5, no_yes=10, no_no=15), 0.4),
        (pairs(yes_yes=45, yes_no=15, no_yes=25, no_no=15), 0.1304),
        (pairs(yes_no=5, no_yes=5), -1.0),
        (pairs(yes_yes=5, no_no=5), 1.0),
        (pairs(yes_yes=9), None),
        ([], None),
    ],
)
def test_kappa_of_known_examples(given_pairs, kappa):
    found = cohens_kappa(given_pairs)
    assert found == (None if kappa is None else pytest.approx(kappa, abs=0.0001))


LETTERS = st.sampled_from("abc")


@given(st.lists(st.tuples(LETTERS, LETTERS), max_size=40))
def test_kappa_is_symmetric_and_bounded(given_pairs):
    found = cohens_kappa(given_pairs)
    turned = cohens_kappa([(other, one) for one, other in given_pairs])
    assert (found is None) == (turned is None)
    if found is not None:
        assert found == pytest.approx(turned)
        assert -1.0 - 1e-9 <= found <= 1.0 + 1e-9


def test_share_is_the_nearest_rank():
    assert [share([5, 1, 3, 2, 4], part) for part in (0.0, 0.5, 0.9, 1.0)] == [1, 3, 5, 5]
    assert share([], 0.5) is None


COUNTS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.dictionaries(st.sampled_from(COLUMNS), st.integers(0, 12)),
    max_size=8,
)


@given(COUNTS)
def test_no_table_shows_or_betrays_a_small_group(counts):
    rows = outcome_table(counts, columns=COLUMNS, rest_label="rest")
    everybody = sum(sum(cells.values()) for cells in counts.values())
    shown = sum(row.total for row in rows)
    assert shown == everybody or (everybody - shown < 5 and not rows)
    for row in rows:
        assert row.total >= 5
        assert all(cell is None or cell == 0 or cell >= 5 for cell in row.cells)
        assert sum(cell is None for cell in row.cells) != 1
        assert row.hidden >= 0


def test_small_groups_are_taken_together():
    rows = outcome_table(
        {"groot": {"granted": 9, "refused": 6}, "klein": {"granted": 2}, "ook klein": {"refused": 3}},
        columns=COLUMNS,
        rest_label="rest",
    )
    assert [(row.label, row.cells, row.total) for row in rows] == [
        ("groot", (9, 6, 0), 15),
        ("rest", (None, None, 0), 5),
    ]


def test_histogram_puts_edges_in_the_lower_bin():
    assert histogram([0, 14, 15, 30, 31, 500], (14, 30)) == (2, 2, 2)


@pytest.fixture
def decided(db):
    *_readers, decider = members(3)
    for number in range(6):
        judgement = REFUSING if number == 5 else REASONED
        person = UserFactory(last_name="Geheimpje" if number == 5 else f"Rust{number}")
        ProfileFactory(user=person)
        decide(round_id=advised(handed_in(person), judgement, judgement).pk, decider=decider, **judgement)
    return decider


def test_report_counts_and_hides(decided):
    today = timezone.localdate()
    report = fairness_report(since=date(today.year, 1, 1), until=today)
    assert (report.decisions, report.pairs, report.agreed, report.kappa) == (6, 6, 1.0, pytest.approx(1.0))
    assert (report.median_days, report.within_target) == (0, 1.0)
    (route,) = report.groups[0].rows
    assert route.row.total == 6
    assert route.row.cells == (None, 0, None, 0)
    assert sum(one.decided for one in report.loads) == 6
    assert sum(one.read for one in report.loads) == 12


def test_report_is_for_committee_and_office_and_names_no_applicant(client, decided):
    for role in (Role.COMMITTEE_MEMBER, Role.NETWORK_STAFF):
        client.force_login(user_with(role))
        page = client.get("/commissie/eerlijkheid/?periode=onzin").content.decode()
        assert "Cohens kappa" in page and "Geheimpje" not in page
    assert "Vanaf 5 beslissingen" not in page


def test_report_without_decisions_says_so(client, db):
    client.force_login(user_with(Role.COMMITTEE_MEMBER))
    assert "Nog te weinig beslissingen" in client.get("/commissie/eerlijkheid/").content.decode()


@pytest.mark.parametrize("extra", [0, 2])
def test_report_costs_the_same_whatever_its_length(client, decided, django_assert_num_queries, extra):
    for _ in range(extra):
        decide(round_id=advised(handed_in()).pk, decider=decided, **REASONED)
    client.force_login(user_with(Role.NETWORK_STAFF))
    with django_assert_num_queries(7):
        client.get("/commissie/eerlijkheid/")
