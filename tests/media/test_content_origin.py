"""The content origin answers with package files and nothing else; the site never answers with them."""

import pytest
from django.core.checks import run_checks
from django.test import Client

from media.api import launch_package
from media.domain.content_tokens import ContentPlace, read_content_token, sign_content_token
from media.models import H5PLibrary, PackageVersion
from media.views.streaming import read_range
from tests.media.conftest import h5p_files, scorm_package, sorting_package, zip_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(settings):
    settings.CONTENT_ORIGIN = "http://content.localhost:8000"
    return Client(headers={"host": "content.localhost:8000"})


@pytest.fixture
def version(ready_version):
    extra = {"content/video.mp4": bytes(range(256)) * 40, "content/script.txt": "tekst " * 400}
    return PackageVersion.objects.get(pk=ready_version(zip_of(h5p_files(**extra))))


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_player_page_is_strict_and_without_cookies(content, version, settings):
    content.cookies["sessionid"] = "gestolen"
    response = content.get(f"/p/{sign_content_token(ContentPlace(version.pk))}/player.html")
    assert response.status_code == 200
    assert not response.cookies
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == settings.SITE_URL
    assert policy["sandbox"] == "allow-scripts"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response.headers


def test_old_libraries_get_unsafe_eval_and_nobody_else(content, version):
    PackageVersion.objects.filter(pk=version.pk).update(csp_relaxations=["unsafe-eval"])
    policy = content.get(f"/p/{sign_content_token(ContentPlace(version.pk))}/player.html")[
        "Content-Security-Policy"
    ]
    assert "script-src 'self' 'unsafe-eval'" in policy and "base-uri 'self'" in policy


def test_content_that_looks_like_markup_stays_inert(content, ready_version):
    hostile = "</script><script>alert(1)</script><!--"
    version_id = ready_version(zip_of(h5p_files(**{"content/content.json": {"text": hostile}})))
    page = content.get(f"/p/{sign_content_token(ContentPlace(version_id))}/player.html").content.decode()
    assert "alert(1)" in page and "<script>alert" not in page and "</script><script>" not in page


def test_the_player_page_costs_two_queries(content, version, ready_version, django_assert_num_queries):
    with django_assert_num_queries(2):
        content.get(f"/p/{sign_content_token(ContentPlace(version.pk))}/player.html")


def test_files_are_served_with_ranges_and_long_caching(content, version):
    address = f"/p/{sign_content_token(ContentPlace(version.pk))}/files/video.mp4"
    whole = content.get(address)
    assert (whole.status_code, whole["Content-Type"], whole["Content-Length"]) == (200, "video/mp4", "10240")
    assert "immutable" in whole["Cache-Control"]
    part = content.get(address, headers={"range": "bytes=256-259"})
    assert (part.status_code, body(part)) == (206, b"\x00\x01\x02\x03")
    assert part["Content-Range"] == "bytes 256-259/10240"
    assert body(content.get(address, headers={"range": "bytes=-2"})) == b"\xfe\xff"
    beyond = content.get(address, headers={"range": "bytes=99999-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, "bytes */10240")


def test_text_is_compressed(content, version):
    address = f"/p/{sign_content_token(ContentPlace(version.pk))}/files/script.txt"
    assert content.get(address, headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in content.get(address)


@pytest.mark.parametrize(
    ("header", "answer"),
    [
        ("", None), ("bytes=0-", (0, 99)), ("bytes=0-0", (0, 0)), ("bytes=50-999", (50, 99)), ("bytes=-10", (90, 99)),
        ("bytes=-0", "unsatisfiable"), ("bytes=100-", "unsatisfiable"), ("bytes=5-2", None), ("bytes=-", None),
        ("bytes=0-1,4-5", None), ("items=0-1", None),
    ],
)  # fmt: skip
def test_ranges(header, answer):
    assert read_range(header, 100) == answer


def test_libraries_are_served_by_hash_once_approved(content, version):
    library = H5PLibrary.objects.get()
    address = f"/l/{library.content_hash}/small.js"
    response = content.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert "immutable" in response["Cache-Control"]
    assert content.get(f"/l/{'0' * 64}/small.js").status_code == 404
    assert content.get(f"/l/{library.content_hash}/weg.js").status_code == 404


def test_a_waiting_library_and_version_are_not_served(content, db):
    from media.api import import_package

    imported = import_package(file=zip_of(h5p_files()), uploaded_by=None)
    library = H5PLibrary.objects.get()
    assert content.get(f"/l/{library.content_hash}/small.js").status_code == 404
    token = sign_content_token(ContentPlace(imported.version_id))
    assert content.get(f"/p/{token}/player.html").status_code == 404
    assert content.get(f"/p/{token}/files/content.json").status_code == 404


@pytest.mark.parametrize(
    "path", ["../../../etc/passwd", "%2e%2e/x.txt", "..%5cx.txt", "a/../../content.json", "C:/x.txt"]
)
def test_no_way_out_of_the_package(content, version, path):
    assert content.get(f"/p/{sign_content_token(ContentPlace(version.pk))}/files/{path}").status_code == 404
    assert content.get(f"/l/{H5PLibrary.objects.get().content_hash}/{path}").status_code == 404
    assert content.get(f"/speler/x/core/{path}").status_code == 404


def test_a_forged_or_old_token_opens_nothing(content, version):
    import time_machine
    from django.utils import timezone

    token = sign_content_token(ContentPlace(version.pk))
    other = sign_content_token(ContentPlace(version.pk + 1))
    forged = other.split(":")[0] + ":" + token.split(":")[1]
    assert content.get(f"/p/{forged}/player.html").status_code == 404
    assert content.get(f"/p/{other}/player.html").status_code == 404
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=49)):
        assert read_content_token(token) is None
        assert content.get(f"/p/{token}/files/video.mp4").status_code == 404


@pytest.mark.parametrize("path", ["/", "/beheer/", "/account/login/", "/mijn/", "/static/x.css", "/admin/"])
def test_nothing_of_the_site_is_there(content, path):
    response = content.get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert not response.cookies


def test_only_reading_is_possible(content):
    assert content.post("/p/x/player.html").status_code == 405
    assert content.options("/p/x/player.html").status_code == 204


def test_a_lookalike_host_is_not_content(settings, version):
    settings.CONTENT_ORIGIN = "http://content.localhost:8000"
    settings.ALLOWED_HOSTS = ["*"]
    address = f"/p/{sign_content_token(ContentPlace(version.pk))}/files/video.mp4"
    for host, status in [("CONTENT.localhost.", 200), ("evilcontent.localhost", 404)]:
        assert Client(headers={"host": host}).get(address).status_code == status, host


def test_a_package_that_is_a_site_has_an_origin_of_its_own(settings, ready_version):
    settings.CONTENT_ORIGIN = "http://content.localhost:8000"
    files = {
        "a.html": "<script>alert(1)</script>",
        "b.svg": "<svg/>",
        "c.php": "<?php",
        "d.mp4": b"0123456789",
    }
    version = PackageVersion.objects.get(pk=ready_version(scorm_package(**files)))
    launch = launch_package(version_id=version.pk, person_id=1, activity="http://a/", enrolment_ref="1")
    own = f"p{version.package_id}.content.localhost:8000"
    assert launch.content_origin == f"http://{own}"
    path = launch.src.split(own, 1)[1].split("player.html")[0]
    assert Client(headers={"host": own}).get(f"{path}player.html").status_code == 200
    page = Client(headers={"host": own}).get(f"{path}files/a.html")
    policy = dict(part.strip().split(" ", 1) for part in page["Content-Security-Policy"].split(";"))
    assert (page.status_code, page["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert policy["default-src"] == "'none'" and policy["script-src"] == "'self' blob: 'unsafe-inline'"
    assert policy["connect-src"] == f"'self' data: blob: {settings.SITE_URL}/xapi/"
    assert "allow-top-navigation" not in policy["sandbox"] and not page.cookies
    assert Client(headers={"host": own}).get(f"{path}files/c.php")["Content-Disposition"] == "attachment"
    part = Client(headers={"host": own, "range": "bytes=2-4"}).get(f"{path}files/d.mp4")
    assert (part.status_code, body(part)) == (206, b"234")
    # Neither on the shared origin, nor on another package's, nor as a worker that would stay.
    for host in ("content.localhost:8000", f"p{version.package_id + 1}.content.localhost:8000"):
        assert Client(headers={"host": host}).get(f"{path}files/a.html").status_code == 404
    worker = Client(headers={"host": own, "service-worker": "script"}).get(f"{path}files/a.html")
    assert worker.status_code == 403


def test_the_site_never_serves_package_files(client, version):
    launch = launch_package(version_id=version.pk, person_id=1, activity="urn:a", enrolment_ref="e:1")
    path = launch.src.removeprefix(launch.content_origin).split("#")[0]
    library = H5PLibrary.objects.get()
    for address in (
        path,
        path.replace("player.html", "files/content.json"),
        f"/l/{library.content_hash}/small.js",
        f"/bestanden/packages/{version.storage_prefix}/content.json",
        "/speler/x/frame.js",
    ):
        assert client.get(address, follow=True).status_code == 404, address


def test_the_players_own_files(content):
    for name, kind in [
        ("frame.js", "text/javascript"),
        ("core/frame.bundle.js", "text/javascript"),
        ("core/styles/h5p.css", "text/css"),
        ("fonts/atkinson-latin.woff2", "font/woff2"),
    ]:
        response = content.get(f"/speler/x/{name}")
        assert response.status_code == 200 and response["Content-Type"].startswith(kind), name
    for name in ("h5p.d.ts", "core/h5p.d.ts", "core/main.bundle.js.LICENSE.txt", "zomaar.js"):
        assert content.get(f"/speler/x/{name}").status_code == 404, name


def test_one_host_for_both_is_an_error(settings):
    settings.CONTENT_ORIGIN = settings.SITE_URL
    assert "media.E002" in [message.id for message in run_checks()]
    settings.CONTENT_ORIGIN = "content"
    assert "media.E001" in [message.id for message in run_checks()]


def test_our_own_package_plays_from_here(content, ready_version):
    version_id = ready_version(sorting_package())
    page = content.get(f"/p/{sign_content_token(ContentPlace(version_id))}/player.html").content.decode()
    library = H5PLibrary.objects.get()
    assert f"/l/{library.content_hash}/js/sorteren.js" in page
    assert library.approved_at is not None
