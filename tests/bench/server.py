"""A gunicorn of one of the two projects, and what it and its database connections cost in CPU time."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
TICK = os.sysconf("SC_CLK_TCK")
WORKERS = 3


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def cpu_of(pid: int) -> float:
    """CPU seconds of a process so far; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def children_of(pid: int) -> list[int]:
    """Direct children of a process."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(part) for part in text.split()]


class Server:
    """Three synchronous workers, or as many as asked, on a port of their own."""

    def __init__(self, *, settings: str, database_url: str, module: str, workers: int = WORKERS) -> None:
        self.port, self.database_url = free_port(), database_url
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "DATABASE_URL": database_url,
            "SITE_URL": f"http://localhost:{self.port}",
            "PORT": str(self.port),
            "NESTWERK_TESTING": "1",
        }
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                module,
                f"--bind=127.0.0.1:{self.port}",
                f"--workers={workers}",
                "--log-level=error",
                "--timeout=60",
            ],
            cwd=ROOT,
            env=environment,
        )

    def __enter__(self) -> Self:
        for _ in range(120):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    time.sleep(1)
                    return self
            time.sleep(0.5)
        raise RuntimeError("the server did not start")

    def __exit__(self, *details: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:  # a busy machine; what was measured stands
            self.process.kill()

    def cpu(self) -> float:
        """CPU seconds so far of the workers and of the database's processes for this database."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            rows = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchall()
        pids = [*children_of(self.process.pid), *(int(row[0]) for row in rows)]
        return sum(cpu_of(pid) for pid in pids)
