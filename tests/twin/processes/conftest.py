"""A twin's folder in which tests start tiny programs, and after which nothing is left."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api_platform.twin.home import Home
from api_platform.twin.processes import stop


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "twin")
    home.make()
    yield home
    stop(home)
