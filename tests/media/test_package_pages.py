"""The back office pages of packages: who may, what they see, what happens."""

import io
import json
import re

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from media.models import H5PLibrary, LearningPackage, PackageVersion
from people.api import Role
from tests.factories.media import H5PLibraryFactory, PackageVersionFactory
from tests.factories.people import user_with
from tests.media.conftest import h5p_files, scorm_package, sorting_package, zip_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    from django.contrib.auth.models import Permission

    user = user_with(Role.AUTHOR)
    # The authors' group gets this right in a migration of the site; here it stands alone.
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    return user


def upload(client, data: bytes, name="klein.h5p"):
    return client.post("/beheer/pakketten/nieuw/", {"file": SimpleUploadedFile(name, data)})


def staged_files():
    try:
        return storages["packages"].listdir("staging")[0]
    except FileNotFoundError:
        return []


PAGES = [
    ("get", "/beheer/pakketten/"),
    ("get", "/beheer/pakketten/nieuw/"),
    ("get", "/beheer/pakketten/bibliotheken/"),
    ("get", "/beheer/pakketten/{package}/"),
    ("post", "/beheer/pakketten/nieuw/"),
    ("post", "/beheer/pakketten/bewaar/"),
    ("post", "/beheer/pakketten/bibliotheken/{library}/"),
]
OPEN_TO = {
    Role.ADMINISTRATOR: set(range(len(PAGES))),
    Role.AUTHOR: set(range(len(PAGES) - 1)),
}


@pytest.mark.parametrize("role", [None, *[role for role in Role if role != Role.API_CLIENT]])
@pytest.mark.parametrize("number", range(len(PAGES)))
def test_who_may(client, role, number):
    from django.contrib.auth.models import Permission

    method, path = PAGES[number]
    path = path.format(
        package=PackageVersionFactory(state="waiting").package_id, library=H5PLibraryFactory().pk
    )
    if role:
        user = user_with(role)
        # Even with a way into the back office the role decides.
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(user)
    response = getattr(client, method)(path)
    if number in OPEN_TO.get(role, set()):
        assert response.status_code in {200, 302, 422}
        assert "login" not in response.headers.get("Location", "")
    elif role is None:
        assert (response.status_code, "login" in response["Location"]) == (302, True)
    else:
        # Wagtail turns a refusal into a way back to its home, with a message.
        assert response.status_code in {302, 403}
        assert response.headers.get("Location", "/beheer/") == "/beheer/"
    assert H5PLibrary.objects.filter(state="approved").count() == 0


def test_upload_shows_what_is_inside_and_keeps_it_after_a_yes(client, author):
    page = upload(client, zip_of(h5p_files()).getvalue())
    assert page.status_code == 200
    text = page.content.decode()
    assert (
        "Er is nog niets bewaard" in text and "Test.Small 1.0.3" in text and "wacht op een beheerder" in text
    )
    assert PackageVersion.objects.count() == 0
    token = page.context["form"].initial["token"]
    done = client.post("/beheer/pakketten/bewaar/", {"token": token, "package": ""})
    version = PackageVersion.objects.get()
    assert done["Location"] == reverse("media_package", args=[version.package_id])
    assert (version.uploaded_by, version.original_name, version.state) == (author, "klein.h5p", "waiting")
    assert staged_files() == []
    # A double click: the second finds nothing to do and changes nothing.
    client.post("/beheer/pakketten/bewaar/", {"token": token, "package": ""})
    assert PackageVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "leeg"),
        (b"<html>", "geen leesbaar pakket"),
        (zip_of(h5p_files(**{"content/a.html": "x"})).getvalue(), "a.html"),
        (zip_of({"a.txt": "a"}).getvalue(), "geen leerpakket"),
    ],
)
def test_a_refused_upload_says_why_and_keeps_nothing(client, author, data, words):
    page = upload(client, data)
    assert (page.status_code, words in page.content.decode()) == (422, True)
    assert (PackageVersion.objects.count(), staged_files()) == (0, [])


def test_no_file_is_told(client, author):
    assert client.post("/beheer/pakketten/nieuw/", {}).status_code == 422


def test_the_same_file_again_leads_to_what_is_there(client, author):
    content = zip_of(h5p_files()).getvalue()
    for _time in range(2):
        page = upload(client, content)
        if page.status_code == 200:
            client.post(
                "/beheer/pakketten/bewaar/", {"token": page.context["form"].initial["token"], "package": ""}
            )
    assert page.status_code == 302
    assert PackageVersion.objects.count() == 1


def test_another_persons_staged_upload_is_not_mine(client, author):
    token = upload(client, zip_of(h5p_files()).getvalue()).context["form"].initial["token"]
    client.force_login(user_with(Role.ADMINISTRATOR))
    client.post("/beheer/pakketten/bewaar/", {"token": token, "package": ""})
    client.post("/beheer/pakketten/bewaar/", {"token": "nep", "package": ""})
    assert PackageVersion.objects.count() == 0


def test_an_administrator_approves_once(client, author):
    token = upload(client, zip_of(h5p_files()).getvalue()).context["form"].initial["token"]
    client.post("/beheer/pakketten/bewaar/", {"token": token, "package": ""})
    library = H5PLibrary.objects.get()
    admin = user_with(Role.ADMINISTRATOR)
    client.force_login(admin)
    address = f"/beheer/pakketten/bibliotheken/{library.pk}/"
    client.post(address, {"decision": "refuse", "reason": ""})
    client.post(address, {"decision": "zomaar"})
    library.refresh_from_db()
    assert library.state == "waiting"
    for _click in range(2):
        client.post(address, {"decision": "approve"})
    library.refresh_from_db()
    assert (library.state, library.approved_by) == ("approved", admin)
    assert PackageVersion.objects.get().state == "ready"


def test_a_ready_package_shows_itself_as_a_learner_sees_it(client, author, ready_version):
    version = PackageVersion.objects.get(pk=ready_version(sorting_package()))
    text = client.get(reverse("media_package", args=[version.package_id])).content.decode()
    assert "data-h5p-player" in text and 'data-statement-url=""' in text


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_with_one_row_and_three(client, author, rows, django_assert_num_queries):
    for _row in range(rows):
        version = PackageVersionFactory(state="waiting")
        version.library_links.create(library=H5PLibraryFactory(), position=0)
    client.get("/beheer/pakketten/")
    counts = {}
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for path in ("/beheer/pakketten/", "/beheer/pakketten/bibliotheken/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts[path] = len([query for query in queries if "media_" in query["sql"]])
    assert counts == {"/beheer/pakketten/": 4, "/beheer/pakketten/bibliotheken/": 3}


class TestCommand:
    def run(self, capsys, *arguments):
        code = 0
        try:
            call_command("check_package", *[str(item) for item in arguments])
        except SystemExit as stop:
            code = stop.code
        return code, capsys.readouterr().out

    def test_one_document_and_the_agreed_form(self, capsys, tmp_path):
        good, bad = tmp_path / "goed.h5p", tmp_path / "slecht.h5p"
        good.write_bytes(zip_of(h5p_files()).getvalue())
        bad.write_bytes(b"rommel")
        code, out = self.run(capsys, good, bad, "--json")
        first, second = json.loads(out)
        assert code == 1
        assert (first["file"], first["accepted"], first["kind"], first["title"], first["errors"]) == (
            str(good), True, "h5p", "Klein", [],
        )  # fmt: skip
        assert (second["accepted"], second["kind"], second["errors"][0]["code"]) == (False, None, "not_zip")
        assert PackageVersion.objects.count() == 0
        assert self.run(capsys, good)[0] == 0

    def test_a_missing_file_is_wrong_use(self):
        with pytest.raises(CommandError) as error:
            call_command("check_package", "bestaat-niet.h5p", stdout=io.StringIO())
        assert error.value.returncode == 2


def test_the_check_page_shows_the_exercise_before_anything_is_recorded(client, author):
    files = {"a.html": "<p>dag</p>"}
    page = upload(client, scorm_package(**files).getvalue(), "klein.zip")
    text = page.content.decode()
    assert (page.status_code, PackageVersion.objects.count(), LearningPackage.objects.count()) == (200, 0, 0)
    assert "SCORM 1.2" in text and "programma in de bladzijden zelf" in text and "een nieuw pakket" in text
    address = page.context["launch"].src.split("#")[0]
    host, path = address.removeprefix("http://").split("/", 1)
    content = Client(headers={"host": host})
    assert host.startswith("v") and content.get(f"/{path}").status_code == 200
    assert content.get(f"/{path.replace('player.html', 'files/a.html')}").getvalue() == b"<p>dag</p>"
    kept = client.post("/beheer/pakketten/bewaar/", {"token": page.context["form"].initial["token"]})
    assert kept.status_code == 302 and PackageVersion.objects.get().kind == "scorm12"
    assert staged_files() == []


def test_unknown_libraries_play_for_their_author_alone(client, author):
    page = upload(client, zip_of(h5p_files()).getvalue())
    assert "wacht op een beheerder" in page.content.decode()
    address = page.context["launch"].src.split("#")[0]
    host, path = address.removeprefix("http://").split("/", 1)
    content = Client(headers={"host": host})
    player = content.get(f"/{path}").content.decode()
    script = re.search(r'<script src="(/p/[^"]+/small.js)"', player).group(1)
    assert b"Test" in content.get(script).getvalue()
    assert H5PLibrary.objects.count() == 0


@pytest.mark.parametrize("moment", ["check", "keep"])
def test_a_full_storage_leaves_nothing_and_says_so(client, author, monkeypatch, moment):
    page = upload(client, zip_of(h5p_files()).getvalue()) if moment == "keep" else None
    storage = storages["packages"]
    written = []

    def save(name, content, max_length=None):
        if len(written) == 1:
            raise OSError(28, "No space left on device")
        written.append(type(storage).save(storage, name, content, max_length))
        return written[-1]

    monkeypatch.setattr(storage, "save", save)
    if moment == "check":
        answer = upload(client, zip_of(h5p_files()).getvalue())
        assert answer.status_code == 507
    else:
        token = page.context["form"].initial["token"]
        answer = client.post("/beheer/pakketten/bewaar/", {"token": token}, follow=True)
    assert "De opslag is vol" in answer.content.decode()
    assert not storage.exists(written[0])
    assert (PackageVersion.objects.count(), H5PLibrary.objects.count()) == (0, 0)


def test_the_list_of_libraries_names_who_waits(client, author):
    version = PackageVersionFactory(state="waiting", title="Signalen", uploaded_by=author)
    library = H5PLibraryFactory()
    version.libraries.add(library, through_defaults={"position": 0})
    page = client.get("/beheer/pakketten/bibliotheken/").content.decode()
    assert "“Signalen” wacht sinds" in page and author.full_name in page
