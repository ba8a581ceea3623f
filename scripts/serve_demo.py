"""Serve the demo: database, demo content, static files, then a web server. Called by `make demo`.

Example: PORT=9000 .venv/bin/python scripts/serve_demo.py      RESET=1 starts anew
"""

import contextlib
import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
PYTHON = sys.executable
PORT = os.environ.get("PORT", "8000")


def stop(text: str) -> None:
    """One clear line and exit code 1."""
    print(f"\nNestwerk: {text}", file=sys.stderr, flush=True)
    raise SystemExit(1)


def manage(what: str, *arguments: str) -> None:
    """Run one management command; its output is the progress."""
    started = time.monotonic()
    print(f"  {what} …", flush=True)
    result = subprocess.run([PYTHON, "manage.py", *arguments], cwd=ROOT, check=False)
    if result.returncode:
        stop(f"'{what}' did not work; the lines above say why.")
    print(f"  {what}: {time.monotonic() - started:.0f} s", flush=True)


def fingerprint(*patterns: str) -> str:
    """Names, sizes and times of files: changes when something has to be done again."""
    total = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                stat = path.stat()
                total.update(f"{path.relative_to(ROOT)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return total.hexdigest()


def once(name: str, mark: str) -> bool:
    """Whether the step has to run; remember it with `remember`."""
    stamp = VAR / "stamps" / name
    return not (stamp.exists() and stamp.read_text() == mark)


def remember(name: str, mark: str) -> None:
    """The step is done for this input."""
    (VAR / "stamps").mkdir(parents=True, exist_ok=True)
    (VAR / "stamps" / name).write_text(mark)


def check_port() -> None:
    """A taken port is said at once, with what to do."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(PORT)))
        except OSError:
            stop(f"port {PORT} is taken. Choose another: PORT={int(PORT) + 1} make demo")


def reset() -> None:
    """Forget the demo's data."""
    for name in ("nestwerk.sqlite3", "nestwerk.sqlite3-wal", "nestwerk.sqlite3-shm"):
        (VAR / name).unlink(missing_ok=True)
    for folder in ("files", "mail"):
        shutil.rmtree(VAR / folder, ignore_errors=True)
    for stamp in ("demo-data", "demo-migrations"):
        (VAR / "stamps" / stamp).unlink(missing_ok=True)


def check_version() -> None:
    """A demo whose database took steps that are no longer there is of an earlier version and cannot go on."""
    path = VAR / "nestwerk.sqlite3"
    if not path.exists():
        return
    known = {(step.parent.parent.name, step.stem) for step in ROOT.glob("*/migrations/[0-9]*.py")}
    floors = {floor for floor, _step in known}
    with contextlib.closing(sqlite3.connect(path)) as connection:
        try:
            taken = set(connection.execute("SELECT app, name FROM django_migrations"))
        except sqlite3.OperationalError:  # an empty file: nothing was taken yet
            return
    if {step for step in taken if step[0] in floors} - known:
        stop("the demo's data are of an earlier version. Start anew: RESET=1 make demo")


def fill_database(database: str) -> None:
    """The tables, then the demo's content."""
    has_data = database != "sqlite" or (VAR / "nestwerk.sqlite3").exists()
    migrations = fingerprint("*/migrations/*.py") + database
    if not has_data or once("demo-migrations", migrations):
        manage("database", "migrate", "--verbosity=0")
        remember("demo-migrations", migrations)
    if not has_data or once("demo-data", database):
        manage("demo content", "load_demo")
        remember("demo-data", database)


def gather_static_files() -> None:
    """Everything that browsers load, under names that change with the content."""
    # "[!v]*": not var/static, which is the outcome of this very step.
    static = fingerprint("[!v]*/static/**/*", "var/vendor/.fingerprint", "requirements.lock")
    if once("demo-static", static):
        manage("static files", "collectstatic", "--noinput", "--clear", "--verbosity=0")
        remember("demo-static", static)


def main() -> None:
    """Prepare what is not there yet, then serve until Ctrl-C."""
    os.environ.update({"DEMO": "1", "PORT": PORT, "DJANGO_SETTINGS_MODULE": "config.settings"})
    check_port()
    database = os.environ.get("DATABASE_URL", "sqlite")
    # A load that was broken off half-way leaves nothing worth keeping: begin anew instead of showing half a demo.
    if os.environ.get("RESET") == "1" or (database == "sqlite" and once("demo-data", database)):
        reset()
    if database == "sqlite":
        check_version()
    # The static files need no database: they are gathered meanwhile.
    with ThreadPoolExecutor() as pool:
        for step in (pool.submit(fill_database, database), pool.submit(gather_static_files)):
            step.result()
    print(f"\n  Nestwerk: http://localhost:{PORT}   (stop with Ctrl-C)\n", flush=True)
    os.execv(
        PYTHON,
        [
            PYTHON,
            "-m",
            "gunicorn",
            "config.wsgi:application",
            f"--bind=127.0.0.1:{PORT}",
            "--workers=1",
            "--threads=8",
            "--preload",
            "--timeout=120",
            "--log-level=warning",
        ],
    )


if __name__ == "__main__":
    main()
