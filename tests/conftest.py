"""Fixtures for all tests: real objects, a real browser, and the parts a machine must have."""

import json
import os
from pathlib import Path

os.environ.setdefault("NESTWERK_TESTING", "1")
# Playwright's synchronous interface runs a loop of its own; the ORM calls of a test are not inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest

PACKAGES = Path(__file__).resolve().parent.parent.parent / "shared" / "packages"

pytest_plugins = ["tests.browser", "tests.parallel", "tests.template_database", "tests.workers"]


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
        help="leave out tests that touch no database: another database cannot change what they say",
    )


def _touches_database(item: pytest.Item) -> bool:
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
        config.hook.pytest_deselected(items=[item for item in items if not _touches_database(item)])
        items[:] = [item for item in items if _touches_database(item)]
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


def _content_types_first(database: str, rows: str) -> None:
    """Put the content types back under their own numbers: Wagtail makes one anew as soon as it reads its own rows."""
    from django.contrib.contenttypes.models import ContentType

    kept = [row for row in json.loads(rows) if row["model"] == "contenttypes.contenttype"]
    ContentType.objects.using(database).bulk_create(
        ContentType(pk=row["pk"], **row["fields"]) for row in kept
    )


#: Tables of our own floors; the search index of Wagtail needs its triggers while rows go.
OWN = ("ledger_", "people_", "media_", "courses_", "lms_", "accreditation_", "cms_")


def _take_guards_away(connection) -> list[str]:
    """Drop every trigger on our tables that may refuse a DELETE; returns what brings them back.

    PostgreSQL empties tables with TRUNCATE, which fires none of them.
    """
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = [(name, sql) for name, table, sql in cursor.fetchall() if table.startswith(OWN)]
        for name, _sql in found:
            cursor.execute(f'DROP TRIGGER "{name}"')
    return [sql for _name, sql in found]


@pytest.fixture(autouse=True, scope="session")
def _append_only_tables_can_be_emptied():
    """Tests that commit empty every table afterwards; only there the append-only triggers step aside.

    What the migrations loaded (site, regions, criteria) is put back, so that every test starts from the same rows.
    """
    from django.db import connections
    from django.test import TransactionTestCase

    from ledger.domain.append_only import APPEND_ONLY_TABLES, install, remove

    original_setup = TransactionTestCase.__dict__["_fixture_setup"]
    original = TransactionTestCase._fixture_teardown
    first_rows = {}

    def setup(cls):
        for name in cls._databases_names(include_mirrors=False):
            if name not in first_rows:
                first_rows[name] = connections[name].creation.serialize_db_to_string()
        original_setup.__func__(cls)

    def teardown(self):
        tables = sorted(APPEND_ONLY_TABLES)
        for name in self._databases_names(include_mirrors=False):
            for table in tables:
                remove(connections[name], table)
        # Keeps the flush from making content types anew: those of the first rows come back.
        self.serialized_rollback = True
        for name in self._databases_names(include_mirrors=False):
            connections[name]._test_serialized_contents = first_rows[name]
        guards = {
            name: _take_guards_away(connections[name])
            for name in self._databases_names(include_mirrors=False)
        }
        original(self)
        for name in self._databases_names(include_mirrors=False):
            _content_types_first(name, first_rows[name])
            connections[name].creation.deserialize_db_from_string(first_rows[name])
            with connections[name].cursor() as cursor:
                for sql in guards[name]:
                    cursor.execute(sql)
            for table in tables:
                install(connections[name], table)

    TransactionTestCase._fixture_setup = classmethod(setup)
    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_setup = original_setup
    TransactionTestCase._fixture_teardown = original
