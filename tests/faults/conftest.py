"""Lines to PostgreSQL and Redis that can break, and the product behind them: started once, used by every fault."""

import os
from collections.abc import Iterator

import pytest

from tests.faults.house import Web, database_line, environment, redis_line
from tests.faults.proxy import Proxy


@pytest.fixture(autouse=True, scope="session")
def _needs_servers() -> None:
    """Faults of servers need servers."""
    if not (os.environ.get("DATABASE_URL", "").startswith("postgres") and os.environ.get("REDIS_URL")):
        pytest.skip("faults are tried on PostgreSQL and Redis: set DATABASE_URL and REDIS_URL")


@pytest.fixture(scope="session")
def database(_needs_servers, django_db_setup) -> Iterator[Proxy]:
    """The line to PostgreSQL."""
    with database_line() as line:
        yield line


@pytest.fixture(scope="session")
def redis(_needs_servers) -> Iterator[Proxy]:
    """The line to Redis."""
    with redis_line() as line:
        yield line


@pytest.fixture(scope="session")
def web(tmp_path_factory, database, redis) -> Iterator[Web]:
    """Two web processes."""
    folder = tmp_path_factory.mktemp("web")
    with Web(environment(folder, database, redis), folder / "web.log") as running:
        yield running


@pytest.fixture(autouse=True)
def _lines_are_whole(_needs_servers, database, redis) -> Iterator[None]:
    """Every test begins and ends with lines that work, also after a failure."""
    yield
    for line in (database, redis):
        line.accept()
        line.release()
