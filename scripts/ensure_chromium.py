"""Sees to a Chromium for the browser journeys: the system's, else Debian's package (as root), else Playwright's."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The path of a Chromium on this machine, None when there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None) or _playwright_chromium()


def _playwright_chromium() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None  # noqa: PTH110  (a string from the library)


def main() -> int:
    """Install one where there is none; exit code 1 with an explanation where none can be had."""
    if find_chromium():
        return 0
    print("No Chromium found; installing one for the browser journeys.", flush=True)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "chromium"],
            check=False,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if find_chromium():
        return 0
    sys.stderr.write(
        "The browser journeys need Chromium and none could be installed. Install the package `chromium`, "
        "or run `python -m playwright install chromium`, and try again.\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
