"""A real Celery worker for journeys, where Redis is configured."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def tasks_run(settings, transactional_db, tmp_path) -> Iterator[str]:
    """Tasks run as in production: by a Celery worker when REDIS_URL is set, else inside the process.

    Yields "worker" or "embedded".
    """
    from config.celery import app

    if not settings.REDIS_URL:
        yield "embedded"
        return
    from django.db import connection

    queue = f"test-{uuid.uuid4().hex[:8]}"
    parts = connection.settings_dict
    account = f"{parts['USER'] or 'postgres'}:{parts['PASSWORD']}"
    database = f"postgres://{account}@{parts['HOST']}:{parts['PORT'] or 5432}/{parts['NAME']}"
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "CELERY_QUEUE": queue,
        "NESTWERK_WORKER": "1",
        "STORAGE_URL": f"file://{tmp_path}",
        "EMAIL_URL": f"filemail:///{tmp_path / 'mail'}",
        "SITE_URL": settings.SITE_URL,
    }
    log = (tmp_path / "worker.log").open("w")
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "1", "-Q", queue, "-l", "warning"],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=log,
    )
    app.conf.task_always_eager = False
    app.conf.task_default_queue = queue
    try:
        for _ in range(60):
            if app.control.inspect(timeout=0.5).ping():
                break
            time.sleep(0.5)
        else:
            pytest.fail("the Celery worker did not start:\n" + (tmp_path / "worker.log").read_text()[-2000:])
        yield "worker"
    finally:
        app.conf.task_always_eager = True
        worker.terminate()
        worker.wait(20)
        log.close()
