"""A copy of the site and the way back: nothing lost, nothing sent, and who was erased stays erased."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from accreditation.domain.dossiers import submit_dossier, withdraw_dossier
from accreditation.models import Evidence
from cms.domain.backup import stored_names
from ledger.api import drain, outbox_status, publish, verify_audit
from ledger.domain.outbox import register_handler
from ledger.models import AuditEntry
from people.api import Erased, erase_person, known_erasures, replay_erasures
from people.models import Erasure, User
from tests.factories.accreditation import EvidenceFactory, make_complete, make_stored_file
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def run(capsys, *arguments):
    code = 0
    try:
        call_command(*[str(each) for each in arguments], "--json")
    except SystemExit as stop:
        code = stop.code
    return code, json.loads(capsys.readouterr().out)


def refusal(*arguments):
    with pytest.raises(CommandError) as caught:
        call_command(*[str(each) for each in arguments])
    assert caught.value.returncode == 1
    return str(caught.value)


def test_restored_site_is_as_it_was_silent_and_keeps_who_was_erased(capsys, tmp_path, client):
    gone = UserFactory(first_name="Zonderling", email="zonderling@uniek.test")
    stays = UserFactory(first_name="Blijver")
    row = EvidenceFactory(person=gone, file=make_stored_file(gone))
    kept = EvidenceFactory(person=stays, file=make_stored_file(stays))
    client.force_login(stays)
    code, made = run(capsys, "backup", tmp_path / "kopie")
    assert code == 0 and made["files"] == 2 and made["size"] > 1000
    place, content = row.file.storage_name, storages["private"].open(kept.file.storage_name).read()
    erase_person(user_id=gone.pk, by=None)
    storages["private"].delete(kept.file.storage_name)
    storages["private"].save("later/kwam.pdf", ContentFile(b"later"))
    User.objects.filter(pk=stays.pk).update(first_name="Anders")
    later = UserFactory()
    assert "--overwrite" in refusal("restore", tmp_path / "kopie")
    code, told = run(capsys, "restore", tmp_path / "kopie", "--overwrite")
    assert (code, told["files"], told["erasures"]["again"]) == (0, 2, [gone.pk])
    assert User.objects.get(pk=stays.pk).first_name == "Blijver"
    assert not User.objects.filter(pk=later.pk).exists()
    assert User.objects.get(pk=gone.pk).email == f"gewist-{gone.pk}@gewist.invalid"
    assert Erasure.objects.get().user_id == gone.pk
    names = set(stored_names(storages["private"]))
    assert storages["private"].open(kept.file.storage_name).read() == content
    assert place not in names and "later/kwam.pdf" not in names
    assert Evidence.objects.get(pk=kept.pk).file.storage_name == kept.file.storage_name
    assert not Session.objects.exists()
    assert AuditEntry.objects.latest("number").verb == "site.restored" and verify_audit().ok
    # Silent, until somebody says so.
    sent = []
    register_handler("backup-test", sent.append)
    publish(topic="backup-test", subject="a", payload={}, key="na-herstel")
    assert drain() == 0 and sent == [] and outbox_status().held
    code, told = run(capsys, "release_outbox")
    assert told["released"] == 1 and told["waiting"] >= 1
    drain()
    assert len(sent) == 1 and not outbox_status().held
    assert run(capsys, "release_outbox")[1]["released"] == 0


def test_erasures_are_known_without_the_database(capsys, tmp_path):
    """The database is lost and a new one stands empty: the private storage still knows, and so does a newer copy."""
    gone = UserFactory(first_name="Zonderling")
    run(capsys, "backup", tmp_path / "oud")
    erase_person(user_id=gone.pk, by=None)
    run(capsys, "backup", tmp_path / "nieuw")
    Erasure.objects.all().delete()
    assert [one.user_id for one in known_erasures()] == [gone.pk]
    storages["private"].delete(f"erasures/{gone.pk}.json")
    assert known_erasures() == ()
    code, told = run(capsys, "restore", tmp_path / "oud", "--overwrite", "--erasures", tmp_path / "nieuw")
    assert (code, told["erasures"]["again"]) == (0, [gone.pk])
    assert User.objects.get(pk=gone.pk).first_name == ""


def test_replay_twice_and_a_number_that_is_somebody_elses():
    one = UserFactory()
    now = timezone.now()
    assert replay_erasures([Erased(one.pk, now), Erased(999_999, now)]).again == (one.pk,)
    assert replay_erasures([Erased(one.pk, now)]).settled == (one.pk,)
    # After a restore a number can go to somebody new.
    newer = UserFactory(date_joined=now + timedelta(days=1))
    assert replay_erasures([Erased(newer.pk, now)]).settled == (newer.pk,)
    assert User.objects.get(pk=newer.pk).is_active


def test_erasure_that_cannot_be_done_again_is_told(capsys, tmp_path):
    person = UserFactory()
    make_complete(person)
    submit_dossier(person=person, level="basic")
    run(capsys, "backup", tmp_path / "kopie")
    withdraw_dossier(person=person, level="basic")
    erase_person(user_id=person.pk, by=None)
    code, told = run(capsys, "restore", tmp_path / "kopie", "--overwrite")
    assert code == 1
    [(number, reason)] = told["erasures"]["refused"]
    assert number == person.pk and reason
    # It stays known, so that the next try finds it.
    withdraw_dossier(person=person, level="basic")
    assert replay_erasures(known_erasures()).again == (person.pk,)


def test_unusable_backups_are_refused_and_change_nothing(capsys, tmp_path):
    person = UserFactory(first_name="Blijver")
    EvidenceFactory(person=person, file=make_stored_file(person))
    folder = tmp_path / "kopie"
    run(capsys, "backup", folder)
    assert "not empty" in refusal("backup", folder)
    assert "no finished backup" in refusal("restore", tmp_path / "nergens", "--overwrite")
    path = next(each for each in (folder / "files").rglob("*") if each.is_file())
    before, manifest = path.read_bytes(), json.loads((folder / "manifest.json").read_text())
    path.write_bytes(before + b"x")
    assert "was changed" in refusal("restore", folder, "--overwrite")
    path.unlink()
    assert "is missing" in refusal("restore", folder, "--overwrite")
    path.write_bytes(before)
    for change, words in (
        ({"format": 9}, "another form"),
        ({"engine": "oracle"}, "of oracle"),
        ({"migrations": [["people", "9999_later"]]}, "newer code"),
    ):
        (folder / "manifest.json").write_text(json.dumps({**manifest, **change}))
        assert words in refusal("restore", folder, "--overwrite")
    assert User.objects.get().first_name == "Blijver" and not outbox_status().held


@pytest.fixture
def key(tmp_path, settings, capsys):
    """A key of an operator, and the setting that belongs to it."""
    path = tmp_path / "sleutel"
    call_command("backup_key", str(path))
    name, public = capsys.readouterr().out.strip().split("=")
    assert name == "BACKUP_RECIPIENTS" and path.stat().st_mode & 0o777 == 0o600
    settings.BACKUP_RECIPIENTS = [public]
    return path


def test_an_encrypted_copy_tells_nothing_and_comes_back_with_its_key(capsys, tmp_path, key):
    person = UserFactory(first_name="Zonderling", email="zonderling@uniek.test")
    row = EvidenceFactory(person=person, file=make_stored_file(person))
    content = storages["private"].open(row.file.storage_name).read()
    code, made = run(capsys, "backup", tmp_path / "kopie")
    assert (code, made["encrypted"], made["files"]) == (0, True, 1)
    kept = [path for path in (tmp_path / "kopie").rglob("*") if path.is_file()]
    assert sorted(path.suffix for path in kept) == [".age", ".age", ".json"]
    for path in kept:
        held = path.read_bytes()
        assert b"Zonderling" not in held and b"uniek.test" not in held and content[:64] not in held
        assert path.suffix == ".json" or held.startswith(b"age-encryption.org/v1")
    storages["private"].delete(row.file.storage_name)
    User.objects.filter(pk=person.pk).update(first_name="Anders")
    code, told = run(capsys, "restore", tmp_path / "kopie", "--overwrite", "--key", key)
    assert (code, told["files"]) == (0, 1)
    assert User.objects.get(pk=person.pk).first_name == "Zonderling"
    assert storages["private"].open(row.file.storage_name).read() == content


def test_a_key_that_does_not_fit_changes_nothing(capsys, tmp_path, key):
    person = UserFactory(first_name="Eerst")
    run(capsys, "backup", tmp_path / "kopie")
    User.objects.filter(pk=person.pk).update(first_name="Later")
    call_command("backup_key", str(tmp_path / "andere"))
    (tmp_path / "geen").write_text("hallo")
    (tmp_path / "leeg").write_text("# niets\n")
    copy = (tmp_path / "kopie", "--overwrite")
    assert "--key" in refusal("restore", *copy)
    assert refusal("restore", *copy, "--key", tmp_path / "andere") == "this key does not open the backup"
    for name in ("geen", "leeg", "bestaat-niet"):
        assert "holds no key" in refusal("restore", *copy, "--key", tmp_path / name)
    assert User.objects.get(pk=person.pk).first_name == "Later"


def test_production_asks_for_a_readable_copy(capsys, tmp_path, settings):
    settings.DEVELOPMENT = False
    assert "BACKUP_RECIPIENTS is not set" in refusal("backup", tmp_path / "kopie")
    assert not (tmp_path / "kopie").exists()
    code, made = run(capsys, "backup", tmp_path / "kopie", "--plain")
    assert (code, made["encrypted"]) == (0, False)


def test_what_is_no_public_key_is_named(tmp_path, settings):
    settings.BACKUP_RECIPIENTS = ["age1nee"]
    assert "age1nee" in refusal("backup", tmp_path / "kopie")


def test_a_key_is_never_written_over(tmp_path, key):
    before = key.read_text()
    assert "never written over" in refusal("backup_key", key)
    assert key.read_text() == before


def test_a_copy_opens_with_the_ssh_key_that_an_operator_has(capsys, tmp_path, settings):
    private = Ed25519PrivateKey.generate()
    settings.BACKUP_RECIPIENTS = [
        private.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    ]
    path = tmp_path / "id_ed25519"
    path.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    UserFactory()
    assert run(capsys, "backup", tmp_path / "kopie")[1]["encrypted"]
    code, _told = run(capsys, "restore", tmp_path / "kopie", "--overwrite", "--key", path)
    assert code == 0
