"""A dossier's life: open, choose a route, hand in, take back; and what a round froze."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accreditation.domain.checklist import checklist_for
from accreditation.domain.dossiers import (
    choose_route,
    open_dossier,
    record_outcome,
    submit_dossier,
    withdraw_dossier,
)
from accreditation.domain.snapshot import canonical_json, content_hash, evidence_ids_of, is_intact, replay
from accreditation.exceptions import CriteriaError, DossierError, DossierIncompleteError
from accreditation.models import CriteriaVersion, Dossier, DossierRound, Evidence
from accreditation.signals import dossier_submitted
from ledger.models import AuditEntry, OutboxEvent
from tests.factories.accreditation import EvidenceFactory, make_complete, make_stored_file
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory()


def test_proposed_criteria_are_there_for_both_levels():
    versions = CriteriaVersion.objects.order_by("level")
    assert [(v.level, v.number, v.is_proposal) for v in versions] == [
        ("basic", 1, True),
        ("specialised", 1, True),
    ]
    assert [c["number"] for c in versions[0].rules["criteria"]] == [1, 2, 3, 4, 5, 6]


def test_approved_criteria_never_change():
    with pytest.raises(DatabaseError), transaction.atomic():
        CriteriaVersion.objects.filter(level="basic").update(rules={})


def test_criteria_need_two_different_approvers(person):
    version = CriteriaVersion(
        level="basic", number=2, valid_from="2027-01-01", rules={}, approved_at=timezone.now()
    )
    version.approved_by_first = version.approved_by_second = person
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()
    version.approved_by_second = UserFactory()
    version.save()


def test_newer_version_holds_from_its_day(person):
    first = CriteriaVersion.objects.get(level="basic")
    CriteriaVersion.objects.create(
        level="basic",
        number=2,
        valid_from="2027-01-01",
        rules=first.rules,
        approved_at=timezone.now(),
        approved_by_first=person,
        approved_by_second=UserFactory(),
    )
    CriteriaVersion.objects.create(level="basic", number=3, valid_from="2026-01-01", rules={})
    day = timezone.localdate().replace(year=2026, month=12, day=31)
    assert CriteriaVersion.objects.in_force(level="basic", on=day).number == 1
    assert CriteriaVersion.objects.in_force(level="basic", on=day + timedelta(days=1)).number == 2


def test_before_the_first_version_there_are_no_criteria(person):
    with pytest.raises(CriteriaError):
        checklist_for(person.pk, "basic", timezone.localdate().replace(year=2020))


def test_opening_twice_is_one_dossier(person):
    assert open_dossier(person=person, level="basic") == open_dossier(person=person, level="basic")
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.create(person=person, level="basic")
    open_dossier(person=person, level="specialised")


def test_unknown_level_is_refused(person):
    with pytest.raises(DossierError):
        open_dossier(person=person, level="hoogste")


def test_incomplete_dossier_is_not_handed_in_and_names_what_is_missing(person):
    make_complete(person, insurance="absent", membership="refused")
    with pytest.raises(DossierIncompleteError) as caught:
        submit_dossier(person=person, level="basic")
    assert caught.value.missing == ("Beroepsaansprakelijkheid", "Beroepsvereniging")
    assert not DossierRound.objects.exists()


def test_handing_in_freezes_facts_and_file_hashes(person):
    rows = make_complete(person, membership="waiting")
    rows["diploma"].file = make_stored_file(person)
    rows["diploma"].save()
    frozen = submit_dossier(person=person, level="basic")
    snapshot = frozen.snapshot
    assert (frozen.number, snapshot["level"], snapshot["route"]) == (1, "basic", "degree")
    assert [c["state"] for c in snapshot["criteria"]] == ["met", "met", "met", "met", "pending", "met"]
    assert sorted(evidence_ids_of(snapshot)) == sorted(row.pk for row in rows.values())
    diploma = next(piece for piece in snapshot["evidence"] if piece["kind"] == "diploma")
    assert diploma["file"]["sha256"] == rows["diploma"].file.sha256
    assert diploma["facts"] == {"degree": "Vroedkunde", "institution": "Hogeschool", "year": 2014}
    assert frozen.snapshot_hash == content_hash(snapshot)
    assert person.email not in canonical_json(snapshot)
    assert person.last_name not in canonical_json(snapshot)


def test_snapshot_survives_the_database_unchanged(person):
    make_complete(person)
    frozen = DossierRound.objects.get(pk=submit_dossier(person=person, level="basic").pk)
    assert is_intact(frozen)
    shuffled = json.loads(json.dumps(dict(reversed(list(frozen.snapshot.items())))))
    assert content_hash(shuffled) == frozen.snapshot_hash


def test_refused_and_withdrawn_pieces_are_not_in_the_snapshot(person):
    make_complete(person)
    EvidenceFactory(person=person, kind="insurance", status="refused", reason="Onleesbaar.")
    gone = EvidenceFactory(person=person, withdrawn_at=timezone.now())
    frozen = submit_dossier(person=person, level="basic")
    assert len(frozen.snapshot["evidence"]) == 5
    assert gone.pk not in evidence_ids_of(frozen.snapshot)


def test_double_click_is_one_round_one_mail_and_one_announcement(person):
    make_complete(person)
    heard = []

    def listen(sender, round_id, **kwargs):
        heard.append(round_id)

    dossier_submitted.connect(listen)
    try:
        first = submit_dossier(person=person, level="basic")
        assert submit_dossier(person=person, level="basic") == first
    finally:
        dossier_submitted.disconnect(listen)
    assert heard == [first.pk]
    assert DossierRound.objects.count() == 1
    mails = OutboxEvent.objects.filter(topic="mail", subject=f"user:{person.pk}")
    assert [mail.payload["template"] for mail in mails] == ["accreditation/email/dossier_submitted"]
    assert AuditEntry.objects.filter(verb="dossier.submitted").count() == 1


def test_a_receiver_that_refuses_undoes_the_round(person):
    make_complete(person)

    def refuse(sender, round_id, **kwargs):
        raise DossierError("nee")

    dossier_submitted.connect(refuse)
    try:
        with pytest.raises(DossierError):
            submit_dossier(person=person, level="basic")
    finally:
        dossier_submitted.disconnect(refuse)
    assert not DossierRound.objects.exists()
    assert not OutboxEvent.objects.filter(topic="mail").exists()


def test_round_is_append_only(person):
    make_complete(person)
    frozen = submit_dossier(person=person, level="basic")
    with pytest.raises(DatabaseError), transaction.atomic():
        DossierRound.objects.filter(pk=frozen.pk).update(snapshot_hash="0")
    with pytest.raises(DatabaseError), transaction.atomic():
        DossierRound.objects.filter(pk=frozen.pk).delete()


def test_evidence_replaced_after_submit_leaves_the_round_alone(person):
    rows = make_complete(person)
    frozen = submit_dossier(person=person, level="basic")
    Evidence.objects.filter(pk=rows["insurance"].pk).update(withdrawn_at=timezone.now())
    frozen.refresh_from_db()
    assert is_intact(frozen)
    assert replay(frozen).met
    assert not checklist_for(person.pk, "basic", timezone.localdate()).evaluation.ready


def test_replay_uses_the_version_of_its_own_day(person):
    make_complete(person)
    frozen = submit_dossier(person=person, level="basic")
    stricter = json.loads(json.dumps(frozen.criteria_version.rules))
    stricter["criteria"][1]["rule"]["minimums"][0]["hours"] = "200"
    CriteriaVersion.objects.create(
        level="basic",
        number=2,
        valid_from=timezone.localdate(),
        rules=stricter,
        approved_at=timezone.now(),
        approved_by_first=person,
        approved_by_second=UserFactory(),
    )
    assert (
        checklist_for(person.pk, "basic", timezone.localdate()).evaluation.missing[0].id
        == "continued_training"
    )
    assert [(c.id, c.state) for c in replay(frozen).criteria] == [
        (c["id"], c["state"]) for c in frozen.snapshot["criteria"]
    ]


def test_more_information_opens_a_second_round(person):
    make_complete(person)
    first = submit_dossier(person=person, level="basic")
    dossier = record_outcome(dossier_id=first.dossier_id, outcome="more_information")
    assert dossier.is_editable
    second = submit_dossier(person=person, level="basic")
    assert (second.dossier, second.number) == (dossier, 2)
    dossier.refresh_from_db()
    assert dossier.stage in ("submitted", "reading")


@pytest.mark.parametrize("outcome", ["granted", "refused"])
def test_decided_dossier_is_closed_and_a_new_one_may_begin(person, outcome):
    make_complete(person)
    first = submit_dossier(person=person, level="basic")
    record_outcome(dossier_id=first.dossier_id, outcome=outcome)
    with pytest.raises(DossierError):
        record_outcome(dossier_id=first.dossier_id, outcome="granted")
    assert submit_dossier(person=person, level="basic").dossier_id != first.dossier_id


def test_taking_back_keeps_the_round_and_frees_the_level(person):
    make_complete(person)
    frozen = submit_dossier(person=person, level="basic")
    dossier = withdraw_dossier(person=person, level="basic")
    assert (dossier.stage, DossierRound.objects.filter(pk=frozen.pk).exists()) == ("withdrawn", True)
    with pytest.raises(DossierError):
        withdraw_dossier(person=person, level="basic")
    assert submit_dossier(person=person, level="basic").number == 1


def test_route_is_fixed_once_handed_in(person):
    make_complete(person)
    choose_route(person=person, level="basic", route="experience")
    choose_route(person=person, level="basic", route="degree")
    submit_dossier(person=person, level="basic")
    with pytest.raises(DossierError):
        choose_route(person=person, level="basic", route="experience")


def test_experience_route_is_handed_in_without_degree_or_association(person):
    make_complete(person, diploma="absent", membership="absent")
    today = timezone.localdate()
    EvidenceFactory(
        person=person, kind="experience", title="Kraamzorg", facts={}, valid_from=today - timedelta(days=2200)
    )
    choose_route(person=person, level="basic", route="experience")
    frozen = submit_dossier(person=person, level="basic")
    assert frozen.snapshot["route"] == "experience"
    assert {c["id"]: c["state"] for c in frozen.snapshot["criteria"]}["clinical_experience"] == "pending"


def test_lived_experience_goes_along_for_the_readers(person):
    make_complete(person)
    EvidenceFactory(
        person=person, kind="lived_experience", title="Ervaringsdeskundige", facts={}, status="waiting"
    )
    kinds = [piece["kind"] for piece in submit_dossier(person=person, level="basic").snapshot["evidence"]]
    assert kinds.count("lived_experience") == 1


@pytest.mark.parametrize("count", [1, 100])
def test_checklist_query_count(person, count, django_assert_num_queries):
    for _ in range(count):
        EvidenceFactory(person=person)
    # dossiers, criteria, evidence with files, completions, presences
    with django_assert_num_queries(5):
        checklist_for(person.pk, "basic", timezone.localdate())
