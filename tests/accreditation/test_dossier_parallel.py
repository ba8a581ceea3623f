"""The same button pressed many times at once: one round, one piece of evidence, one answer."""

import threading

import pytest
from django.apps import apps
from django.db import connection, connections
from django.utils import timezone

from accreditation.domain.criteria_sets import load_proposal
from accreditation.domain.dossiers import submit_dossier
from accreditation.domain.evidence import add_evidence, verify_evidence
from accreditation.domain.evidence_kinds import check_facts
from accreditation.exceptions import EvidenceConflictError
from accreditation.models import DossierRound, Evidence, ProcedureRule
from ledger.api import verify_audit
from ledger.models import OutboxEvent
from people.domain.reference_data import load_reference_data
from people.enums import Role
from tests.factories.accreditation import EvidenceFactory, make_complete
from tests.factories.people import UserFactory, user_with

TIMES = 12


@pytest.fixture
def starting_rows(transactional_db):
    """What migrations write; an earlier test that committed emptied the tables."""
    load_reference_data(apps)
    load_proposal(apps)
    ProcedureRule.objects.get_or_create(valid_from="2024-01-01")


def at_once(action):
    """Run the action many times at the same moment (one after another on SQLite); returns results and errors."""
    start = threading.Barrier(TIMES if connection.vendor == "postgresql" else 1)
    results = []

    def attempt(index):
        start.wait()
        try:
            results.append(action(index))
        except Exception as error:  # noqa: BLE001 - shown in the assertion
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt, args=[index]) for index in range(TIMES)]
    for thread in threads:
        thread.start()
        if connection.vendor != "postgresql":
            thread.join()
    for thread in threads:
        thread.join()
    return results


def test_handing_in_many_times_at_once_is_one_round(starting_rows):
    person = UserFactory()
    make_complete(person)
    results = at_once(lambda index: submit_dossier(person=person, level="basic").pk)
    assert set(results) == {DossierRound.objects.get().pk}
    mails = OutboxEvent.objects.filter(
        topic="mail", payload__template="accreditation/email/dossier_submitted"
    )
    assert mails.count() == 1
    assert verify_audit().ok


def test_one_form_many_times_at_once_is_one_piece(starting_rows):
    person = UserFactory()
    checked = check_facts(kind="lived_experience", data={}, degrees=(), today=timezone.localdate())
    results = at_once(lambda index: add_evidence(person=person, checked=checked, token="een").pk)
    assert set(results) == {Evidence.objects.get().pk}


def test_many_colleagues_at_once_leave_one_answer(starting_rows):
    row = EvidenceFactory(person=UserFactory(), status="waiting")
    office = [user_with(Role.NETWORK_STAFF) for _ in range(TIMES)]
    results = at_once(
        lambda index: (
            verify_evidence(
                evidence_id=row.pk,
                by=office[index],
                status="verified" if index % 2 else "refused",
                reason="Onleesbaar.",
            ).status
        )
    )
    row.refresh_from_db()
    assert [result for result in results if isinstance(result, str)] == [row.status]
    assert sum(isinstance(result, EvidenceConflictError) for result in results) == TIMES - 1
    assert OutboxEvent.objects.filter(topic="mail").count() == 1
