"""Settings of the tests: those of the product, told that nobody else is looking."""

import os

os.environ["NESTWERK_TESTING"] = "1"
# Tests empty the cache between them. Processes that run side by side each have a Redis database of their own.
_process = os.environ.get("PYTEST_XDIST_WORKER", "")
if _process and os.environ.get("REDIS_URL") and os.environ.get("NESTWERK_TEST_PROCESS") != _process:
    _server, _, _number = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{_server}/{int(_number) + int(_process.removeprefix('gw'))}"
    os.environ["NESTWERK_TEST_PROCESS"] = _process

from config.settings import *  # noqa: E402, F403
