"""The back office of packages and the pages around a unit, looked at on a phone and on a desk."""

import pytest
from django.contrib.auth.models import Permission

from media.domain.content_tokens import content_root
from media.domain.launch import launch_package
from media.models import H5PLibrary, PackageVersion
from people.api import Role
from tests.browser import LOOKS, WIDTHS, axe_violations, overflow, sign_in_by_cookie, take
from tests.factories.people import user_with
from tests.media.conftest import h5p_files, scorm_package, zip_of
from tests.media.test_playing_scorm import sco

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def look_within(page, name, *, within=None):
    """Screenshot and axe at both widths; our own part only where Wagtail's page and its messages stand around it."""
    for width, height in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": height})
        if not LOOKS:
            continue
        take(page, name)
        assert axe_violations(page, within=within) == [], (name, width)
        if within is None:
            assert overflow(page) == [], (name, width)


def bring(page, name, data):
    page.goto("/beheer/pakketten/nieuw/")
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "application/zip", "buffer": data})
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def test_from_upload_to_where_it_is_used(browser_page):
    page, admin = browser_page, user_with(Role.ADMINISTRATOR)
    admin.user_permissions.add(Permission.objects.get(codename="access_admin"))
    sign_in_by_cookie(page, admin)
    bring(page, "geen-pakket.zip", b"PK\x03\x04 stuk")
    look_within(page, "pakket-geweigerd", within=".nice-padding")
    bring(
        page,
        "oefening-met-een-heel-lange-naam-over-de-eerste-duizend-dagen.zip",
        zip_of(h5p_files()).getvalue(),
    )
    look_within(page, "pakket-nagekeken", within=".nice-padding")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/beheer/pakketten/*/")
    look_within(page, "pakket-wacht", within=".nice-padding")
    assert H5PLibrary.objects.exists()
    page.goto("/beheer/pakketten/bibliotheken/")
    look_within(page, "bibliotheken", within=".nice-padding")
    page.goto(f"/beheer/pakketten/{PackageVersion.objects.get().package_id}/gebruik/")
    look_within(page, "pakket-gebruik-leeg", within=".nice-padding")


def test_the_pages_around_a_unit(browser_page, site, ready_version):
    version = PackageVersion.objects.get(pk=ready_version(scorm_package(sco(), sco())))
    launch = launch_package(version_id=version.pk, person_id=1, activity="urn:x", enrolment_ref="1/les/x")
    page = browser_page
    page.goto(launch.src)
    page.locator("#choice").wait_for()
    look_within(page, "scorm-bladzijde")
    assert launch.src.startswith(content_root(launch.src.split("//")[1].split(".content")[0]))
    page.goto(launch.src.split("#")[0].replace("player.html", "terug.html"))
    look_within(page, "eenheid-terug")
