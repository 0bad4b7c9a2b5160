"""A twin's folder in which tests start tiny programs, and after which nothing is left."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eks_twin.home import Home
from eks_twin.processes import stop


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "twin")
    home.make()
    yield home
    stop(home)
