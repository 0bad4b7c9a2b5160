import json
import sys
from pathlib import Path
from typing import Any

import pytest

from eks_twin.binaries.cache import BinariesMissingError
from eks_twin.binaries.custom_resource_definitions import as_list, find_custom_resource_definitions
from eks_twin.binaries.definition_projects import DefinitionProject, Definitions
from eks_twin.binaries.go_module import GoModule
from eks_twin.errors import TwinError
from tests.eks_twin.binaries.fake_go import Steps

GO = """#!{python}
import json, sys
if sys.argv[1] == "version":
    print("go version go1.99.0 linux/amd64")
elif {works!r}:
    print(*(json.dumps({{"Path": path, "Dir": {folder!r}}}, indent=2) for path in sys.argv[4:]), sep="\\n")
else:
    sys.exit("no network")
"""


def items(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["items"]
    return found


@pytest.fixture
def two_projects(tmp_path: Path) -> Definitions:
    """Two small projects are published, and Go finds their modules."""
    (tmp_path / "module" / "crds").mkdir(parents=True)
    for name in ("b", "a"):
        (tmp_path / "module" / "crds" / f"{name}.yaml").write_text(f"---\nname: {name}\n")
    charts = {
        "a-chart": DefinitionProject("many", "Many", "example.com/many", "crds/*.yaml"),
        "another": DefinitionProject("one", "One", "x.com/y", "crds/a.*"),
    }
    (tmp_path / "pins").mkdir()
    (tmp_path / "pins" / "go.mod").write_text("module example.com/pins\n\ngo 1.26.0\n")
    (tmp_path / "pins" / "go.sum").touch()
    a_go(tmp_path)
    return Definitions(GoModule(tmp_path / "pins"), charts)


def a_go(tmp_path: Path, *, works: bool = True) -> None:
    program = tmp_path / "bin" / "go"
    program.write_text(GO.format(python=sys.executable, works=works, folder=str(tmp_path / "module")))
    program.chmod(0o755)


def test_each_project_has_one_file_with_all_its_definitions(two_projects: Definitions) -> None:
    found = find_custom_resource_definitions(two_projects)
    assert list(found) == ["a-chart", "another"]
    assert items(found["a-chart"]) == [{"name": "a"}, {"name": "b"}]
    assert items(found["another"]) == [{"name": "a"}]


def test_files_with_and_without_a_marker_of_their_own_are_read_alike() -> None:
    listed = json.loads(as_list(["---\na: 1\n", "a: 2", "# licence\n---\na: 3\n---\n"]))
    assert listed["items"] == [{"a": 1}, {"a": 2}, {"a": 3}]


def test_they_are_fetched_once(tmp_path: Path, two_projects: Definitions) -> None:
    first = find_custom_resource_definitions(two_projects)
    a_go(tmp_path, works=False)
    steps = Steps()
    assert find_custom_resource_definitions(two_projects, progress=steps) == first
    assert not steps


def test_without_a_network_the_message_says_so_and_the_next_run_tries_again(
    tmp_path: Path, two_projects: Definitions
) -> None:
    a_go(tmp_path, works=False)
    with pytest.raises(TwinError, match=r"could not be fetched:\nno network\nGo takes the modules"):
        find_custom_resource_definitions(two_projects)
    a_go(tmp_path)
    assert find_custom_resource_definitions(two_projects)["another"].is_file()


def test_a_project_that_moved_its_files_is_named(tmp_path: Path, two_projects: Definitions) -> None:
    (tmp_path / "module" / "crds" / "a.yaml").unlink()
    with pytest.raises(TwinError, match=r"One has no crds/a\.\* any more"):
        find_custom_resource_definitions(two_projects)


def test_where_nothing_may_be_fetched_the_way_out_is_told(two_projects: Definitions) -> None:
    with pytest.raises(BinariesMissingError, match="`eks-twin binaries` does"):
        find_custom_resource_definitions(two_projects, fetch=False)
