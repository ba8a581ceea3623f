"""Set up a checkout: virtual environment, locked Python and npm packages, browser files. Standard library only.

Every step is skipped when its input has not changed since the last time, so a second run takes a moment.

Example: python3 scripts/setup.py run      (or `dev`, with the tools for tests)
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = ROOT / "var" / "stamps"
UV = "uv==0.13.9"
NODE_NEEDED = 20


def say(text: str) -> None:
    """One line of progress."""
    print(f"  {text}", flush=True)


def stop(text: str) -> None:
    """One clear line about what is missing, and exit code 1."""
    print(f"\nNestwerk: {text}", file=sys.stderr, flush=True)
    raise SystemExit(1)


def digest(*paths: Path) -> str:
    """Fingerprint of some files."""
    total = hashlib.sha256(sys.version.encode())
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def done_before(name: str, mark: str) -> bool:
    """Whether this step was done for just this input."""
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == mark


def mark_done(name: str, mark: str) -> None:
    """Remember that this step was done for this input."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(mark)


def run(what: str, command: list[str], *, cwd: Path = ROOT) -> None:
    """Run one step with its time; on failure show its last lines and stop."""
    started = time.monotonic()
    say(f"{what} …")
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if result.returncode:
        print((result.stdout + result.stderr)[-2000:], file=sys.stderr)
        stop(f"'{what}' did not work; the lines above say why.")
    say(f"{what}: {time.monotonic() - started:.0f} s")


def check_tools() -> None:
    """Python and Node, or one clear line."""
    if sys.version_info < (3, 11):
        stop(f"needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        stop("needs Node 20 or newer with npm; install it and run the same command again.")
        return
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.match(r"v(\d+)", version)
    if not found or int(found.group(1)) < NODE_NEEDED:
        stop(f"needs Node 20 or newer; this is {version.strip()}.")


def install_python(kind: str) -> None:
    """The locked Python packages, with hashes."""
    lock = ROOT / ("requirements-dev.lock" if kind == "dev" else "requirements.lock")
    mark = digest(lock)
    if PYTHON.exists() and (done_before("python-dev", mark) or done_before("python-run", mark)):
        return
    if kind == "run" and PYTHON.exists() and done_before("python-run-within-dev", mark):
        return
    if not PYTHON.exists():
        run("virtual environment", [sys.executable, "-m", "venv", str(VENV)])
    run("package installer", [str(PYTHON), "-m", "pip", "install", "-q", UV])
    command = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)]
    run("Python packages", [*command, "--python", str(PYTHON)])
    mark_done(f"python-{kind}", mark)
    if kind == "dev":  # the tools' lock holds everything that running needs
        mark_done("python-run-within-dev", digest(ROOT / "requirements.lock"))


def install_npm() -> None:
    """The locked npm packages; none of their scripts runs."""
    mark = digest(ROOT / "package-lock.json", ROOT / ".npmrc")
    if (ROOT / "node_modules").is_dir() and done_before("npm", mark):
        return
    run("npm packages", ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    mark_done("npm", mark)


def main() -> None:
    """Set up for running (`run`) or for development and tests (`dev`)."""
    if len(sys.argv) != 2 or sys.argv[1] not in ("run", "dev"):
        print(__doc__)
        raise SystemExit(0 if "--help" in sys.argv else 2)
    os.chdir(ROOT)
    check_tools()
    # Side by side: the one waits for the network and the disk while the other works.
    with ThreadPoolExecutor() as pool:
        for step in (pool.submit(install_python, sys.argv[1]), pool.submit(install_npm)):
            step.result()
    bundle = subprocess.run([str(PYTHON), "scripts/bundle_vendor.py"], check=False)
    if bundle.returncode:
        stop("the browser files could not be bundled; the lines above say why.")


if __name__ == "__main__":
    main()
