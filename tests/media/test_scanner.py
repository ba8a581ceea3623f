"""The virus scanner, spoken to over a real socket."""

import io
import json

import pytest
from django.core.management import call_command

from media.api import EvidenceRefusedError, check_evidence, ingest_file, ping_scanner
from media.models import StoredFile
from tests.factories.people import UserFactory
from tests.factories.uploads import jpeg_upload, pdf_upload
from tests.media.clamd import EICAR, clamd


def infected():
    return io.BytesIO(pdf_upload().read() + b"\n%" + EICAR)


def code_of(file):
    return [finding.code for finding in check_evidence(file, name="diploma.pdf").errors]


def test_clean_file_goes_through_the_scanner_whole(settings, tmp_path):
    settings.CLAMAV_SOCKET = str(tmp_path / "c")
    with clamd(settings.CLAMAV_SOCKET) as server:
        assert ping_scanner()
        assert code_of(pdf_upload(pages=3)) == []
        assert server.seen == [pdf_upload(pages=3).read()] or len(server.seen[0]) > 500


@pytest.mark.django_db
def test_infected_file_is_refused_everywhere_and_leaves_nothing(settings, tmp_path, capsys):
    path = tmp_path / "diploma.pdf"
    path.write_bytes(infected().read())
    with clamd(("127.0.0.1", 0)) as server:
        settings.CLAMAV_SOCKET = f"tcp://127.0.0.1:{server.server_address[1]}"
        with pytest.raises(EvidenceRefusedError) as caught:
            ingest_file(upload=infected(), owner=UserFactory(), purpose="evidence", name="diploma.pdf")
        with pytest.raises(SystemExit):
            call_command("check_evidence", str(path), "--json")
    assert caught.value.code == "infected"
    assert json.loads(capsys.readouterr().out)[0]["errors"][0]["code"] == "infected"
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("answer", ["hang up", "INSTREAM size limit exceeded. ERROR"])
def test_scanner_in_trouble_means_try_again_later(settings, tmp_path, answer):
    settings.CLAMAV_SOCKET = f"unix://{tmp_path}/c"
    with clamd(f"{tmp_path}/c", answer=answer):
        assert code_of(jpeg_upload()) == ["scan_failed"]


@pytest.mark.parametrize("address", ["/nergens/clamd.ctl", "ftp://x", "tcp://127.0.0.1:1"])
def test_absent_scanner_lets_nothing_in(settings, address):
    settings.CLAMAV_SOCKET = address
    assert code_of(pdf_upload()) == ["scan_failed"]
    assert not ping_scanner()
