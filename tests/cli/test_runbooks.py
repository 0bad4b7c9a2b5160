"""`api-platform runbooks`."""

from pathlib import Path

import pytest

from api_platform.cli.runbooks import runbooks_command
from api_platform.errors import InputError


def test_the_pages_of_one_environment_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runbooks_command("staging", tmp_path / "pages")
    assert "environment=staging" in (tmp_path / "pages" / "dead-letters.md").read_text()
    assert "23 runbooks and their index in " in capsys.readouterr().err


def test_an_environment_that_does_not_exist_is_refused_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Did you mean 'production'"):
        runbooks_command("prodution", tmp_path / "pages")
    assert not (tmp_path / "pages").exists()
