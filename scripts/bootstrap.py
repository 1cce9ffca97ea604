#!/usr/bin/env python3
"""Makes `.venv` with the pinned dependencies; does nothing when they are there already.

Usage: bootstrap.py runtime|dev. Standard library only: it runs before anything is installed. A stamp in `.venv` holds
the digest of the lock that was installed; the larger lock (dev) serves for the smaller one.
"""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
VENV = CHECKOUT / ".venv"
LOCKS = {"runtime": "runtime.txt", "dev": "dev.txt"}


def main(kind: str) -> int:
    """Install what `kind` needs; returns the exit code."""
    if sys.version_info < (3, 11):
        sys.stderr.write("Zorgbalie needs Python 3.11 or newer. Call make with PYTHON=python3.11 or a newer one.\n")
        return 1
    wanted = ["dev"] if kind == "dev" else ["runtime", "dev"]
    if any(_stamp(name).exists() for name in wanted):
        return 0
    return _install(kind)


def _digest(kind: str) -> str:
    lock = CHECKOUT / "requirements" / LOCKS[kind]
    text = lock.read_bytes() + (CHECKOUT / "pyproject.toml").read_bytes() + str(CHECKOUT).encode()
    return hashlib.sha256(text).hexdigest()[:16]


def _stamp(kind: str) -> Path:
    return VENV / f".installed-{kind}-{_digest(kind)}"


def _install(kind: str) -> int:
    python = VENV / "bin" / "python"
    if not python.exists():
        print("[1/3] Making a virtual environment in .venv", flush=True)
        try:
            venv.EnvBuilder(with_pip=True, clear=True).create(VENV)
        except subprocess.CalledProcessError:
            sys.stderr.write("This python3 cannot make virtual environments (on Debian: install python3-venv).\n")
            return 1
    print("[2/3] Installing pinned dependencies (about half a minute)", flush=True)
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    lock = CHECKOUT / "requirements" / LOCKS[kind]
    steps = [
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)],
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(CHECKOUT)],
    ]
    for number, step in enumerate(steps):
        if number:
            print("[3/3] Installing Zorgbalie itself", flush=True)
        if subprocess.run(step, check=False, cwd=CHECKOUT).returncode:
            sys.stderr.write("Installing failed; see the message above. Nothing was started.\n")
            return 1
    for old in VENV.glob(f".installed-{kind}-*"):
        old.unlink()
    _stamp(kind).touch()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "runtime"))
