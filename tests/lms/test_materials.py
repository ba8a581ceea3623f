"""Files among the materials of a session: who may open them, what is refused, and when the bytes go."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from lms.domain.editions import copy_cohort
from lms.domain.materials import add_material, forget_loose_files
from lms.exceptions import CohortError
from lms.models import SessionMaterial
from media.models import StoredFile
from people.api import erase_person
from people.enums import Role
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, enrolled, make_trainer
from tests.factories.people import UserFactory
from tests.media.test_evidence import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer():
    return make_trainer()


@pytest.fixture
def session(trainer):
    return SessionFactory(trainers=[trainer])


def a_pdf(name="kaartjes.pdf"):
    return SimpleUploadedFile(name, pdf().getvalue())


def post(client, session, **fields):
    data = {"wat": "materiaal", "title": "Kaartjes", "key": str(uuid.uuid4()), **fields}
    return client.post(reverse("lms:prepare", args=[session.pk]), data)


def opens(client, person, material):
    client.force_login(person)
    return client.get(reverse("lms:material_file", args=[material.pk])).status_code


def test_a_file_is_for_the_people_of_its_cohort(client, session, trainer, django_assert_num_queries):
    client.force_login(trainer)
    assert post(client, session, file=a_pdf()).status_code == 302
    assert post(client, session, title="Antwoorden", file=a_pdf(), for_trainers="on").status_code == 302
    shared, ours = SessionMaterial.objects.all()
    member, other = enrolled(session.cohort).person, enrolled(CohortFactory()).person
    staff, stranger = UserFactory(roles=[Role.NETWORK_STAFF]), make_trainer()
    assert [opens(client, one, shared) for one in (trainer, staff, member, other, stranger)] == [200] * 3 + [
        404
    ] * 2
    assert [opens(client, one, ours) for one in (trainer, staff, member, other, stranger)] == [200] * 2 + [
        404
    ] * 3
    client.force_login(member)
    with django_assert_num_queries(5):
        answer = client.get(reverse("lms:material_file", args=[shared.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Cache-Control"] == "private, no-store" and "attachment" in answer["Content-Disposition"]
    page = client.get(reverse("lms:my_group", args=[session.cohort_id])).content.decode()
    assert reverse("lms:material_file", args=[shared.pk]) in page and "Antwoorden" not in page


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("leeg.pdf", b""), "Dit bestand is leeg (0 bytes)."),
        (SimpleUploadedFile("les.pdf", b"<!doctype html><html>"), "Dit is een webpagina"),
        (SimpleUploadedFile("les.pptx", b"PK\x03\x04" + b"0" * 99), "Bewaar het als pdf"),
        (SimpleUploadedFile("les.pdf", b"%PDF-" + b"0" * 25 * 1024 * 1024), "groter dan 25 MB"),
    ],
)
def test_a_bad_file_is_told_and_what_was_typed_stays(client, session, trainer, file, said):
    client.force_login(trainer)
    file.seek(0)
    answer = post(client, session, file=file, for_trainers="on")
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and 'value="Kaartjes"' in page and "checked" in page
    assert StoredFile.objects.count() == SessionMaterial.objects.count() == 0


def test_a_full_storage_loses_nothing(client, session, trainer, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    client.force_login(trainer)
    monkeypatch.setattr(type(storages["private"]), "_save", full)
    answer = post(client, session, file=a_pdf())
    assert answer.status_code == 422 and "Er is niets verloren" in answer.content.decode()
    assert StoredFile.objects.count() == SessionMaterial.objects.count() == 0


def test_a_good_file_waits_while_the_rest_is_mended_and_a_form_counts_once(client, session, trainer):
    client.force_login(trainer)
    key = str(uuid.uuid4())
    answer = post(client, session, title="", key=key, file=a_pdf())
    kept = StoredFile.objects.get()
    assert answer.status_code == 422 and "kaartjes.pdf is al binnen" in answer.content.decode()
    assert post(client, session, key=key, kept=kept.pk, url="https://x.test/").status_code == 422
    for _time in range(2):
        assert post(client, session, key=key, kept=kept.pk).status_code == 302
    assert SessionMaterial.objects.get().file == kept
    other = make_trainer()
    with pytest.raises(CohortError) as caught:
        add_material(session_id=session.pk, actor=other, title="Van een ander", file_id=kept.pk)
    assert caught.value.code == "file_gone"
    assert post(client, session, kept=uuid.uuid4()).status_code == 422


def test_bytes_go_with_the_last_material_and_with_their_owner(
    client, session, trainer, django_capture_on_commit_callbacks
):
    client.force_login(trainer)
    post(client, session, file=a_pdf())
    first = SessionMaterial.objects.get()
    place = first.file.storage_name
    start = session.cohort.starts_on + timedelta(days=70)
    copy = copy_cohort(cohort_id=session.cohort_id, actor=trainer, name="Voorjaar", starts_on=start)
    address = reverse("lms:prepare", args=[session.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"wat": "weg", "materiaal": first.pk})
    assert copy.materials.get().file_id == first.file_id and storages["private"].exists(place)
    post(client, session, title="", file=a_pdf())
    copy.materials.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_loose_files(before=timezone.now() + timedelta(minutes=1)) == 2
    assert not storages["private"].exists(place) and StoredFile.objects.count() == 0
    post(client, session, file=a_pdf())
    place = StoredFile.objects.get().storage_name
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(user_id=trainer.pk, by=None)
    assert not storages["private"].exists(place)
    assert SessionMaterial.objects.get().file is None
