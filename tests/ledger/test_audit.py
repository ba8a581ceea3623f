import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from ledger.api import record_audit, verify_audit
from ledger.models import AuditEntry, AuditHead

pytestmark = pytest.mark.django_db


def test_record_audit_chains_entries():
    first = record_audit(verb="thing.made", subject="thing:1", actor="user:7", data={"a": 1})
    second = record_audit(verb="thing.changed", subject="thing:1")
    one, two = AuditEntry.objects.order_by("number")
    assert (first, second) == (one.number, two.number)
    assert two.previous_hash == one.hash
    assert AuditHead.objects.get().hash == two.hash
    assert verify_audit().ok is True
    assert verify_audit().entries == 2


@pytest.mark.parametrize("action", ["update", "delete"])
def test_audit_entries_cannot_be_changed(action):
    record_audit(verb="thing.made", subject="thing:1")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        if action == "update":
            AuditEntry.objects.update(verb="other")
        else:
            AuditEntry.objects.all()._raw_delete("default")
    assert AuditEntry.objects.get().verb == "thing.made"


def test_verify_audit_names_the_first_broken_entry():
    for number in range(4):
        record_audit(verb="thing.made", subject=f"thing:{number}")
    from ledger.domain.append_only import install, remove

    remove(connection, "ledger_auditentry")
    AuditEntry.objects.filter(number=3).update(data={"forged": True})
    install(connection, "ledger_auditentry")
    verdict = verify_audit()
    assert (verdict.ok, verdict.first_broken) == (False, 3)


def test_verify_audit_sees_a_cut_tail():
    record_audit(verb="thing.made", subject="thing:1")
    record_audit(verb="thing.made", subject="thing:2")
    from ledger.domain.append_only import install, remove

    remove(connection, "ledger_auditentry")
    AuditEntry.objects.filter(number=2).delete()
    install(connection, "ledger_auditentry")
    assert verify_audit().ok is False
    assert verify_audit().first_broken == 2


def test_what_is_written_while_the_chain_is_checked_is_no_fault(monkeypatch):
    """The check runs on a site that goes on: an entry that comes meanwhile is left for the next time."""
    from ledger.domain import audit

    for number in range(3):
        record_audit(verb="thing.made", subject=f"thing:{number}")
    seen, plain = [], audit.entry_hash

    def busy(**facts):
        seen.append(facts["number"])
        if len(seen) == 1:
            record_audit(verb="thing.made", subject="thing:later")
        return plain(**facts)

    monkeypatch.setattr(audit, "entry_hash", busy)
    verdict = verify_audit()
    assert (verdict.ok, verdict.entries) == (True, 3)
    monkeypatch.undo()
    assert verify_audit().entries == 4


def test_record_audit_query_count(django_assert_num_queries):
    record_audit(verb="thing.made", subject="thing:1")
    with django_assert_num_queries(5):  # savepoint, head, entry, head, release
        record_audit(verb="thing.made", subject="thing:2")


def test_verify_audit_command(capsys):
    import json

    from django.core.management import call_command

    record_audit(verb="thing.made", subject="thing:1")
    call_command("verify_audit", "--json")
    document = json.loads(capsys.readouterr().out)
    assert document["ok"] is True
    assert document["entries"] == 1
    assert set(document) == {"ok", "entries", "head", "first_broken"}


def test_a_trail_that_was_written_anew_does_not_fit_what_was_kept_elsewhere(capsys):
    for number in range(3):
        record_audit(verb="thing.made", subject=f"thing:{number}")
    kept = dict(AuditEntry.objects.values_list("number", "hash"))
    assert verify_audit(known=kept).ok
    from ledger.domain.append_only import install, remove

    remove(connection, "ledger_auditentry")
    AuditEntry.objects.all().delete()
    AuditHead.objects.all().delete()
    install(connection, "ledger_auditentry")
    for number in range(3):
        record_audit(verb="thing.made", subject=f"other:{number}")
    assert verify_audit().ok
    assert verify_audit(known={2: kept[2]}).first_broken == 2
    assert verify_audit(known={4: kept[3]}).first_broken == 4  # entries that were there once are gone
    with pytest.raises(SystemExit) as stop:
        call_command("verify_audit", f"--known=2:{kept[2].upper()}", "--json")
    assert stop.value.code == 1
    assert json.loads(capsys.readouterr().out)["first_broken"] == 2


@pytest.mark.parametrize("odd", ["", "2", "2:abc", "0:" + "a" * 64, "x:" + "a" * 64])
def test_what_is_no_number_and_hash_is_named(odd):
    with pytest.raises(CommandError, match="NUMMER:HASH"):
        call_command("verify_audit", f"--known={odd}")
