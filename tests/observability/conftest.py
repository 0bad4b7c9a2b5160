"""What the tests of rules need: promtool."""

from pathlib import Path

import pytest

from scripts.promtool import find_promtool
from tests.observability.scenario import Promtool


@pytest.fixture(scope="session")
def program() -> Path:
    """Return promtool; leave the tests out where there is none and none is demanded."""
    found = find_promtool()
    if found is None:
        pytest.skip("there is neither promtool nor Go to build it with")
    return found


@pytest.fixture
def promtool(program: Path, tmp_path: Path) -> Promtool:
    """Return promtool with a folder of its own."""
    return Promtool(program, tmp_path)
