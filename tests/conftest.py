"""Fixtures for all tests: real objects, a real browser, and the parts a machine must have."""

import os
from pathlib import Path

os.environ.setdefault("NESTWERK_TESTING", "1")
# Playwright's synchronous interface runs a loop of its own; the ORM calls of a test are not inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest

PACKAGES = Path(__file__).resolve().parent.parent.parent / "shared" / "packages"

pytest_plugins = [
    "tests.browser",
    "tests.first_rows",
    "tests.parallel",
    "tests.template_database",
    "tests.workers",
]


def missing_part(text: str) -> None:
    """A part is not on this machine: one clear line; a failure where CI asks for everything."""
    if os.environ.get("CI") == "true":
        pytest.fail(text, pytrace=False)
    pytest.skip(text)


#: The files that take longest; who starts with them does not wait for one of them at the end.
LONGEST = ("journeys/test_screens", "journeys/test_main_job", "journeys/", "browser", "test_playing")


#: Fixtures that open the database for a test that has no mark.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `make test` says when the same suite runs a second time, on a server."""
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out tests that touch no database and screens that are looked at: both say the same on any database",
    )


def _depends_on_database(item: pytest.Item) -> bool:
    """Journeys go to every screen again; the other tests with a browser are about one screen."""
    if item.get_closest_marker("anywhere"):
        return False
    if item.get_closest_marker("browser"):
        return "/journeys/" in item.path.as_posix()
    names = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(names & DATABASE_FIXTURES)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long files first.

    In CI a journey that failed is walked once more and the summary names it (RERUN): a busy machine is slower than
    a browser's patience, and a fault of the product fails both times.
    """

    def place(item: pytest.Item) -> int:
        path = item.path.as_posix()
        return next((number for number, part in enumerate(LONGEST) if part in path), len(LONGEST))

    if config.getoption("--only-database"):
        config.hook.pytest_deselected(items=[item for item in items if not _depends_on_database(item)])
        items[:] = [item for item in items if _depends_on_database(item)]
    items.sort(key=place)
    for item in items:
        if item.get_closest_marker("browser") and os.environ.get("CI") == "true":
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    """Every test has its own place for files, and a cheap password hash."""
    from django.core.files.storage import storages

    settings.STORAGES = {
        **settings.STORAGES,
        **{
            alias: {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": str(tmp_path / alias), "base_url": f"/bestanden/{alias}/"},
            }
            for alias in ("private", "packages", "default")
        },
    }
    storages._storages = {}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture(autouse=True)
def _fresh_caches():
    """No test sees what another one cached."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(scope="session")
def packages_folder() -> Path:
    """Real packages of other makers, beside the checkout."""
    if not PACKAGES.is_dir():
        pytest.skip("no sample packages in ../shared/packages")
    return PACKAGES
