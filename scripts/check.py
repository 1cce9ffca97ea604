"""`make check`: everything that can be said of the code without running it.

Each line is a step; the first failure does not stop the rest.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable
ENVIRONMENT = {
    **os.environ,
    "DJANGO_SETTINGS_MODULE": "zorgbalie.config.settings.migrate",
    "PYTHONPATH": "src",
}

STEPS = {
    "style (ruff)": [str(BIN / "ruff"), "check", "."],
    "format (ruff)": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "types (mypy --strict)": [str(BIN / "mypy")],
    "import contracts": [str(BIN / "lint-imports"), "--no-cache"],
    "templates (djade)": [PYTHON, "scripts/check_templates.py"],
    "migrations": [PYTHON, "scripts/check_migrations.py"],
    "translations": [PYTHON, "scripts/translations.py", "--check"],
    "docs, locks, licences": [
        PYTHON,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-n0",
        "tests/docs",
        "tests/architecture/static",
    ],
}


def main() -> int:
    """Run every step; exit code 1 when one failed."""
    failed = []
    for name, command in STEPS.items():
        began = time.monotonic()
        result = subprocess.run(command, cwd=CHECKOUT, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        word = "ok" if result.returncode == 0 else "FAILED"
        print(f"{word:>6}  {name} ({time.monotonic() - began:.1f} s)", flush=True)
        if result.returncode:
            failed.append(name)
            print(result.stdout[-6000:], result.stderr[-3000:], sep="\n", flush=True)
    print(f"{len(STEPS) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
