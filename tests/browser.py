"""A browser, for tests that look at a page as people do."""

import os
import shutil
from collections.abc import Sequence
from typing import Final

import pytest

BROWSERS: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
"""What Chromium is called: by Debian, by Ubuntu and Alpine, by Google, and where macOS keeps it."""
MISSING: Final = "there is no Chromium here. Debian: apt-get install chromium; macOS: brew install --cask chromium"


def browser(names: Sequence[str] = BROWSERS) -> str:
    """Return the path of the first browser that is here. Without one the test is left out, and says how to get it.

    With REQUIRE_BROWSER=1 it fails instead, so that CI never leaves it out.
    """
    if found := next(filter(None, map(shutil.which, names)), None):
        return found
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"REQUIRE_BROWSER=1, but {MISSING}")
    pytest.skip(MISSING)
