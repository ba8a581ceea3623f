"""Forty members decide at once: exactly one outcome (fault 13)."""

import threading

import pytest
from django.apps import apps
from django.db import connection, connections

from accreditation.domain.criteria_sets import load_proposal
from accreditation.domain.decisions import decide
from accreditation.exceptions import DecisionConflictError
from accreditation.models import Certificate, Decision, Letter, ProcedureRule, Recognition
from ledger.api import verify_audit
from people.domain.reference_data import load_reference_data
from tests.factories.committee import REASONED, advised, handed_in, members

DECIDERS = 40


@pytest.fixture
def starting_rows(transactional_db):
    """What migrations write; an earlier test that committed emptied the tables."""
    load_reference_data(apps)
    load_proposal(apps)
    ProcedureRule.objects.get_or_create(valid_from="2024-01-01")


def test_forty_deciders_leave_exactly_one_outcome(starting_rows):
    everybody = members(DECIDERS)
    round = advised(handed_in())
    outcomes, start = [], threading.Barrier(DECIDERS if connection.vendor == "postgresql" else 1)

    def attempt(index, decider):
        start.wait()
        try:
            made = decide(round_id=round.pk, decider=decider, **REASONED)
            outcomes.append(made.outcome)
        except DecisionConflictError:
            outcomes.append("conflict")
        except Exception as error:  # noqa: BLE001 - shown in the assertion
            outcomes.append(repr(error))

    def run(index, decider):
        try:
            attempt(index, decider)
        finally:
            connections.close_all()

    if connection.vendor == "postgresql":
        threads = [
            threading.Thread(target=run, args=(index, decider)) for index, decider in enumerate(everybody)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:
        for index, decider in enumerate(everybody[:2]):
            attempt(index, decider)
    decision = Decision.objects.get()
    assert sorted(outcomes) == sorted([decision.outcome] + ["conflict"] * (len(outcomes) - 1))
    assert len(outcomes) == (DECIDERS if connection.vendor == "postgresql" else 2)
    assert Letter.objects.count() == 1
    assert Recognition.objects.count() == Certificate.objects.count() == 1
    assert verify_audit().ok
