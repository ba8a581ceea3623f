"""Uploads in pieces: whole at the end, whatever happened on the way."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from media.api import EvidenceRefusedError, UploadError, append_part, open_upload, start_upload, upload_info
from media.domain.packages.sweeping import sweep_leftovers
from media.models import ResumableUpload
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return UserFactory()


def files_left():
    private = storages["private"]
    folders = private.listdir("uploads")[0] if private.exists("uploads") else []
    return [name for folder in folders for name in private.listdir(f"uploads/{folder}")[1]]


def test_pieces_become_one_file_and_are_forgotten(owner):
    info = start_upload(owner=owner, name="C:\\map\\polis.pdf", size=10)
    append_part(owner=owner, upload_id=info.id, offset=0, data=b"01234")
    assert append_part(owner=owner, upload_id=info.id, offset=5, data=b"56789").is_whole
    with open_upload(owner=owner, upload_id=info.id) as whole:
        assert (whole.name, whole.read()) == ("polis.pdf", b"0123456789")
    assert files_left() == []
    assert not ResumableUpload.objects.exists()


def test_cut_line_goes_on_where_it_stopped(owner):
    info = start_upload(owner=owner, name="a.pdf", size=6)
    append_part(owner=owner, upload_id=info.id, offset=0, data=b"abc")
    # The answer was lost: the browser sends the piece again, then one that is too far.
    assert append_part(owner=owner, upload_id=info.id, offset=0, data=b"abc").received == 3
    assert append_part(owner=owner, upload_id=info.id, offset=4, data=b"ef").received == 3
    assert upload_info(owner=owner, upload_id=info.id).received == 3
    append_part(owner=owner, upload_id=info.id, offset=3, data=b"def")
    with open_upload(owner=owner, upload_id=info.id) as whole:
        assert whole.read() == b"abcdef"


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (-1, "empty"), (25 * 1024 * 1024 + 1, "too_large")])
def test_impossible_size_is_refused_before_a_byte_is_sent(owner, size, code):
    with pytest.raises(EvidenceRefusedError) as caught:
        start_upload(owner=owner, name="a.pdf", size=size)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("offset", "data"), [(0, b""), (0, b"x" * 11), (8, b"xyz"), (0, b"x" * (1024 * 1024 + 1))]
)
def test_piece_that_does_not_fit_is_refused(owner, offset, data):
    info = start_upload(owner=owner, name="a.pdf", size=10)
    with pytest.raises(UploadError):
        append_part(owner=owner, upload_id=info.id, offset=offset, data=data)


def test_upload_of_somebody_else_is_not_there(owner):
    info = start_upload(owner=owner, name="a.pdf", size=1)
    for act in (
        lambda who: append_part(owner=who, upload_id=info.id, offset=0, data=b"x"),
        lambda who: upload_info(owner=who, upload_id=info.id),
        lambda who: open_upload(owner=who, upload_id=info.id).__enter__(),
    ):
        with pytest.raises(UploadError):
            act(UserFactory())


def test_half_a_file_is_not_opened(owner):
    info = start_upload(owner=owner, name="a.pdf", size=2)
    with pytest.raises(UploadError), open_upload(owner=owner, upload_id=info.id):
        pass


def test_more_open_uploads_than_anyone_needs_push_out_the_oldest(owner):
    first = start_upload(owner=owner, name="a.pdf", size=1)
    for _number in range(60):
        start_upload(owner=owner, name="b.pdf", size=1)
    assert ResumableUpload.objects.count() == 60
    assert not ResumableUpload.objects.filter(pk=first.id).exists()


def test_upload_that_never_became_whole_is_swept_with_its_pieces(owner):
    info = start_upload(owner=owner, name="a.pdf", size=9)
    append_part(owner=owner, upload_id=info.id, offset=0, data=b"abc")
    storages["private"].save("uploads/verloren/000-x", storages["private"].open(info_place(info)))
    assert sweep_leftovers() == 0
    assert sweep_leftovers(now=timezone.now() + timedelta(days=2)) == 2
    assert files_left() == []


def info_place(info):
    return ResumableUpload.objects.get(pk=info.id).parts[0][0]
