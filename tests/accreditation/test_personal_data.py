"""Export, erasure and merging: everything that is declared, nothing of somebody else, and a way back."""

import io
import json
import zipfile

import pypdfium2
import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from accreditation.domain.dossiers import submit_dossier, withdraw_dossier
from accreditation.domain.evidence import add_evidence, keep_file
from accreditation.domain.evidence_kinds import check_facts
from accreditation.domain.recognitions import withdraw_recognition
from accreditation.models import Certificate, Dossier, Evidence, Listing
from ledger.models import AuditEntry, OutboxEvent
from media.models import StoredFile
from people.api import Role, erase_person
from people.domain.data_classes import data_classes, undeclared_models
from people.domain.merging import merge_accounts, preview_merge, unmerge_accounts
from people.exceptions import ErasureError, MergeError
from people.models import AccountMerge, Erasure, ProfessionalProfile, User
from tests.factories.accreditation import EvidenceFactory, make_complete
from tests.factories.people import ProfileFactory, UserFactory, user_with
from tests.factories.proof import make_recognition
from tests.factories.uploads import pdf_upload

pytestmark = pytest.mark.django_db
SECRET = "Het Geheime Pad"


def with_diploma(person, institution=SECRET, token="a"):
    from django.utils import timezone

    facts = {"degree": "Vroedkunde", "institution": institution, "year": 2014}
    checked = check_facts(kind="diploma", data=facts, degrees=("Vroedkunde",), today=timezone.localdate())
    kept = keep_file(person=person, upload=pdf_upload("mijn diploma.pdf"))
    return add_evidence(person=person, checked=checked, token=token, file_id=kept.id)


def test_every_model_about_a_person_says_what_for_and_how_long():
    found = {one.label: one.data for one in data_classes()}
    assert all(data.purpose and data.retention for data in found.values())
    # Also one that has no declaration of its own yet is exported and erased.
    assert set(undeclared_models()) < set(found)
    assert {"accreditation.Evidence", "lms.Reflection", "media.StoredFile", "people.User"} <= set(found)


# --- export ---------------------------------------------------------------------------------------------------------


def test_export_holds_all_of_one_person_and_nothing_of_another(tmp_path, capsys):
    person, other = UserFactory(first_name="Wout"), UserFactory()
    with_diploma(person), with_diploma(other, "Andermans School")
    path = tmp_path / "map.zip"
    call_command("export_person", str(person.pk), "--out", str(path), "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["files"], told["missing_files"], told["person"]) == (1, [], person.pk)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        data = archive.read("gegevens.json").decode()
        pdf = pypdfium2.PdfDocument(io.BytesIO(archive.read("overzicht.pdf")))
        file = next(name for name in names if name.startswith("bestanden/"))
        assert archive.read(file).startswith(b"%PDF") and file.endswith("mijn diploma.pdf")
    assert sorted(names)[1:] == ["gegevens.json", "lees-mij.txt", "overzicht.pdf"]
    assert SECRET in data and "Andermans" not in data and person.password not in data
    assert SECRET in pdf[0].get_textpage().get_text_range()
    evidence = next(one for one in json.loads(data) if one["model"] == "accreditation.Evidence")
    assert evidence["purpose"] == "Tonen dat een criterium in orde is" and len(evidence["rows"]) == 1


def test_lost_file_is_named_and_nobody_and_nowhere_are_refused(tmp_path, capsys):
    person = UserFactory()
    row = with_diploma(person)
    storages["private"].delete(row.file.storage_name)
    call_command("export_person", str(person.pk), "--out", str(tmp_path / "a.zip"), "--json")
    assert json.loads(capsys.readouterr().out)["missing_files"] == ["mijn diploma.pdf"]
    for arguments, code in ((["999999"], 1), ([str(person.pk), "--out", "/nergens/a.zip"], 2)):
        with pytest.raises(CommandError) as caught:
            call_command("export_person", *arguments)
        assert caught.value.returncode == code


def test_professional_downloads_only_their_own(client):
    person = UserFactory()
    with_diploma(person)
    client.force_login(person)
    answer = client.post("/mijn/map/alles.zip")
    assert answer["Content-Type"] == "application/zip" and answer["Cache-Control"] == "private, no-store"
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert SECRET in archive.read("gegevens.json").decode()


# --- erasure --------------------------------------------------------------------------------------------------------


def everything_in_the_database():
    """Every text of every table as one, to look for what must be gone."""
    from django.apps import apps

    left_out = {"accreditation.DossierRound", "accreditation.Letter", "sessions.Session"}
    found = []
    for model in apps.get_models():
        if model._meta.label not in left_out and not model._meta.proxy:
            found += [f"{model._meta.label} {row}" for row in model._default_manager.values_list()]
    return "\n".join(found)


def test_erased_person_is_nowhere_any_more(django_capture_on_commit_callbacks, capsys):
    person = UserFactory(first_name="Zonderling", last_name="Uniekenaam", email="zonderling@uniek.test")
    ProfileFactory(user=person, offer=SECRET, public_listing=True, riziv_number="12345678901")
    row = with_diploma(person)
    place = row.file.storage_name
    recognition = make_recognition(person)
    with pytest.raises(ErasureError) as caught:
        erase_person(user_id=person.pk, by=None)
    assert "Trek de erkenning eerst in" in str(caught.value)
    withdraw_recognition(
        recognition_id=recognition.pk, withdrawn_by=user_with(Role.NETWORK_STAFF), reason="Op vraag."
    )
    call_command("erase_person", str(person.pk), "--rehearse", "--json")
    rehearsed = json.loads(capsys.readouterr().out)
    assert rehearsed["erased"] is False and User.objects.get(pk=person.pk).first_name == "Zonderling"
    with django_capture_on_commit_callbacks(execute=True):
        call_command("erase_person", str(person.pk), "--json")
    told = json.loads(capsys.readouterr().out)
    parts = {line["part"]: line["what"] for line in told["checklist"]}
    assert parts["people.ProfessionalProfile"] == "deleted" and parts["accreditation.Evidence"] == "blanked"
    assert parts["accreditation.Recognition"] == "kept" and parts["people.User"] == "blanked"
    assert all(line["why"] for line in told["checklist"] if line["what"] == "kept")
    texts = everything_in_the_database()
    for word in ("Zonderling", "Uniekenaam", "zonderling@uniek.test", SECRET, "mijn diploma"):
        assert [line for line in texts.splitlines() if word in line] == [], word
    assert not storages["private"].exists(place)
    assert not Listing.objects.filter(recognition=recognition, is_announced=True).exists()
    assert Certificate.objects.filter(person=person, revoked_at=None).count() == 0
    assert not OutboxEvent.objects.filter(subject=f"user:{person.pk}").exclude(payload={}).exists()
    call_command("erase_person", str(person.pk), "--json")
    assert json.loads(capsys.readouterr().out)["checklist"] == told["checklist"]
    assert (Erasure.objects.count(), AuditEntry.objects.filter(verb="person.erased").count()) == (1, 1)


def test_erasing_waits_for_the_committee_and_knows_nobody(capsys):
    person = UserFactory()
    make_complete(person)
    submit_dossier(person=person, level="basic")
    with pytest.raises(SystemExit):
        call_command("erase_person", str(person.pk), "--rehearse")
    with pytest.raises(CommandError) as caught:
        call_command("erase_person", str(person.pk))
    assert caught.value.returncode == 1
    withdraw_dossier(person=person, level="basic")
    erase_person(user_id=person.pk, by=None)
    assert User.objects.get(pk=person.pk).is_active is False
    with pytest.raises(CommandError):
        call_command("erase_person", "999999")


# --- merging --------------------------------------------------------------------------------------------------------


def test_merge_is_looked_at_first_done_once_and_undone(client):
    office = user_with(Role.NETWORK_STAFF)
    kept, double = (
        UserFactory(first_name="Lore", last_name="Dubbel"),
        UserFactory(first_name="lore", last_name="dubbel"),
    )
    ProfileFactory(user=kept), ProfileFactory(user=double)
    row = with_diploma(double)
    Dossier.objects.create(person=double, level="basic")
    Dossier.objects.create(person=kept, level="basic")
    Dossier.objects.create(person=double, level="specialised")
    lines = {
        line.label: (line.moving, line.staying)
        for line in preview_merge(kept_id=kept.pk, merged_id=double.pk)
    }
    assert lines == {
        "people.ProfessionalProfile": (0, 1),
        "media.StoredFile": (1, 0),
        "accreditation.Dossier": (1, 1),
        "accreditation.Evidence": (1, 0),
        "account.EmailAddress": (0, 1),
    }
    assert Evidence.objects.get().person == double and not AccountMerge.objects.exists()
    client.force_login(office)
    path = f"/netwerk/mensen/{kept.pk}/samenvoegen/"
    assert double.email in client.get(path).content.decode()
    assert "Blijft achter" in client.get(f"{path}?met={double.pk}").content.decode()
    assert client.get(f"{path}?email=niemand@voorbeeld.test").status_code == 422
    assert client.post(path, {"met": double.pk}).status_code == 302
    merge = merge_accounts(kept_id=kept.pk, merged_id=double.pk, by=office)
    assert AccountMerge.objects.get() == merge
    row.refresh_from_db()
    double.refresh_from_db()
    assert (row.person, StoredFile.objects.get().owner, double.is_active) == (kept, kept, False)
    later = EvidenceFactory(person=kept)
    unmerge_accounts(merge_id=merge.pk, by=office)
    row.refresh_from_db()
    double.refresh_from_db()
    later.refresh_from_db()
    assert (row.person, later.person, double.is_active) == (double, kept, True)
    assert Dossier.objects.filter(person=double).count() == 2
    again = client.post(f"/netwerk/samenvoegingen/{merge.pk}/ongedaan/", follow=True)
    assert "al ongedaan gemaakt" in again.content.decode()
    assert ProfessionalProfile.objects.filter(user=double).exists()


def test_accounts_that_cannot_be_merged(client):
    office, kept, double = user_with(Role.NETWORK_STAFF), UserFactory(), UserFactory()
    for kept_id, merged_id, by in (
        (kept.pk, kept.pk, office),
        (kept.pk, 999999, office),
        (kept.pk, office.pk, office),
        (kept.pk, UserFactory(is_active=False).pk, office),
    ):
        with pytest.raises(MergeError):
            merge_accounts(kept_id=kept_id, merged_id=merged_id, by=by)
    merge_accounts(kept_id=kept.pk, merged_id=double.pk, by=office)
    with pytest.raises(MergeError):
        preview_merge(kept_id=UserFactory().pk, merged_id=kept.pk)
    client.force_login(office)
    answer = client.post(f"/netwerk/mensen/{kept.pk}/samenvoegen/", {"met": kept.pk})
    assert answer.status_code == 422
