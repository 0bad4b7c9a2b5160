import re
from pathlib import Path

import pytest

from eks_twin.binaries.definition_projects import DefinitionProject
from eks_twin.errors import TwinError


def test_files_come_in_one_order(tmp_path: Path) -> None:
    for name in "cab":
        (tmp_path / f"{name}.yaml").touch()
    assert [path.stem for path in DefinitionProject("x", "X", "x", "*.yaml").paths(tmp_path)] == ["a", "b", "c"]


def test_a_pattern_without_a_file_names_the_project_and_the_folder(tmp_path: Path) -> None:
    """An empty list would leave the project's definitions out, unnoticed."""
    with pytest.raises(TwinError, match=re.escape(f"X has no *.yaml any more: find its definitions in {tmp_path}")):
        DefinitionProject("x", "X", "x", "*.yaml").paths(tmp_path)
