import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from eks_twin.binaries import custom_resource_definitions
from eks_twin.binaries.cache import BinariesMissingError
from eks_twin.binaries.custom_resource_definitions import as_list, find_custom_resource_definitions
from eks_twin.binaries.definition_projects import PROJECTS, Project
from eks_twin.binaries.yaml_documents import documents
from eks_twin.errors import TwinError
from tests.eks_twin.binaries.fake_go import Steps

IMPORTS: Final = Path(__file__).resolve().parents[3] / "imports" / "crds"

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


@pytest.fixture(autouse=True)
def two_projects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two small projects are published, and Go finds their modules."""
    (tmp_path / "module" / "crds").mkdir(parents=True)
    for name in ("b", "a"):
        (tmp_path / "module" / "crds" / f"{name}.yaml").write_text(f"---\nname: {name}\n")
    projects = (
        Project("many", "Many", "example.com/many", "crds/*.yaml"),
        Project("one", "One", "x.com/y", "crds/a.*"),
    )
    monkeypatch.setattr(custom_resource_definitions, "PROJECTS", projects)
    a_go(tmp_path)


def a_go(tmp_path: Path, *, works: bool = True) -> None:
    program = tmp_path / "bin" / "go"
    program.write_text(GO.format(python=sys.executable, works=works, folder=str(tmp_path / "module")))
    program.chmod(0o755)


def test_each_project_has_one_file_with_all_its_definitions() -> None:
    found = find_custom_resource_definitions()
    assert list(found) == ["many", "one"]
    assert items(found["many"]) == [{"name": "a"}, {"name": "b"}]
    assert items(found["one"]) == [{"name": "a"}]


def test_files_with_and_without_a_marker_of_their_own_are_read_alike() -> None:
    listed = json.loads(as_list(["---\na: 1\n", "a: 2", "# licence\n---\na: 3\n---\n"]))
    assert listed["items"] == [{"a": 1}, {"a": 2}, {"a": 3}]


def test_they_are_fetched_once(tmp_path: Path) -> None:
    first = find_custom_resource_definitions()
    a_go(tmp_path, works=False)
    steps = Steps()
    assert find_custom_resource_definitions(progress=steps) == first
    assert not steps


def test_without_a_network_the_message_says_so_and_the_next_run_tries_again(tmp_path: Path) -> None:
    a_go(tmp_path, works=False)
    with pytest.raises(TwinError, match=r"could not be fetched:\nno network\nGo takes the modules"):
        find_custom_resource_definitions()
    a_go(tmp_path)
    assert find_custom_resource_definitions()["one"].is_file()


def test_a_project_that_moved_its_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "module" / "crds" / "a.yaml").unlink()
    with pytest.raises(TwinError, match=r"One has no crds/a\.\* any more"):
        find_custom_resource_definitions()


def test_where_nothing_may_be_fetched_the_way_out_is_told() -> None:
    with pytest.raises(BinariesMissingError, match=r"python -m api_platform\.twin\.binaries definitions"):
        find_custom_resource_definitions(fetch=False)


@pytest.mark.slow
def test_every_real_file_holds_definitions_and_nothing_else(definitions: Mapping[str, Path]) -> None:
    assert set(definitions) == {project.key for project in PROJECTS}
    for path in definitions.values():
        assert {document["kind"] for document in items(path)} == {"CustomResourceDefinition"}


@pytest.mark.slow
def test_the_real_files_define_every_kind_that_we_write(definitions: Mapping[str, Path]) -> None:
    """What the reduced files in imports/crds hold, and no API server would refuse as unknown."""
    whole = {document["metadata"]["name"] for path in definitions.values() for document in items(path)}
    ours = [one for path in IMPORTS.glob("*.yaml") for one in documents(path.read_text(encoding="utf-8"))]
    assert {document["metadata"]["name"] for document in ours} <= whole
