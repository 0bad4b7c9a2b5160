import time
from pathlib import Path

import pytest

from eks_twin.binaries.build import cache_folder
from eks_twin.binaries.cache import BinariesMissingError
from eks_twin.binaries.family import Family
from eks_twin.binaries.find import find_binaries
from eks_twin.errors import InputError, TwinError
from tests.eks_twin.binaries.fake_go import Steps, a_family, a_go, a_program

pytestmark = pytest.mark.slow


@pytest.fixture
def family(tmp_path: Path) -> Family:
    return a_family(tmp_path)


def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *programs: str) -> Path:
    """A folder of the user's own programs, and KUBEBUILDER_ASSETS names it."""
    folder = tmp_path / "own"
    folder.mkdir()
    for program in programs:
        a_program(folder / program, f"{program} v0.9.0")
    monkeypatch.setenv("KUBEBUILDER_ASSETS", str(folder))
    return folder


def test_the_users_own_comes_before_one_built_earlier(
    family: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_program(cache_folder(family) / "hammer")
    a_program(cache_folder(family) / "saw")
    folder = own(tmp_path, monkeypatch, "hammer")
    assert find_binaries([family]) == {"hammer": folder / "hammer", "saw": cache_folder(family) / "saw"}


def test_the_version_of_the_users_own_is_reported(
    family: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a proof was made with is not what is pinned, then."""
    own(tmp_path, monkeypatch, "hammer", "saw")
    steps = Steps()
    find_binaries([family], progress=steps)
    assert [(step.name, step.doing, step.state) for step in steps] == [
        ("hammer", "hammer v0.9.0, from KUBEBUILDER_ASSETS", "done"),
        ("saw", "saw v0.9.0, from KUBEBUILDER_ASSETS", "done"),
    ]


def test_one_built_earlier_is_used_without_go_and_without_a_word(family: Family) -> None:
    for program in family.programs:
        a_program(cache_folder(family) / program)
    steps = Steps()
    found = find_binaries([family], progress=steps)
    assert set(found.values()) == {cache_folder(family) / "hammer", cache_folder(family) / "saw"}
    assert not steps


def test_what_is_nowhere_is_built_with_go(family: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what the user has is not."""
    fake = a_go(tmp_path / "bin")
    own(tmp_path, monkeypatch, "hammer")
    assert find_binaries([family])["saw"].read_text() == "built"
    assert fake.builds == [["example.com/tools/cmd/saw"]]


def test_where_nothing_may_be_built_the_missing_ones_and_the_way_out_are_told(family: Family) -> None:
    with pytest.raises(BinariesMissingError) as raised:
        find_binaries([family], build=False)
    assert str(raised.value) == ("not built yet: hammer, saw. `eks-twin binaries tools` builds them")


def test_a_folder_that_is_none_is_an_input_error(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building instead, for minutes, would be a surprise to somebody who mistyped a path."""
    monkeypatch.setenv("KUBEBUILDER_ASSETS", "/nowhere/at/all")
    with pytest.raises(InputError, match="KUBEBUILDER_ASSETS: /nowhere/at/all is no folder"):
        find_binaries([family])


def test_a_program_for_another_machine_is_an_input_error(
    family: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = own(tmp_path, monkeypatch, "hammer")
    (folder / "hammer").write_bytes(b"\x7fELF for another machine")
    with pytest.raises(InputError, match="hammer does not run"):
        find_binaries([family])


def test_families_are_built_side_by_side(tmp_path: Path) -> None:
    a_go(tmp_path / "bin", seconds=0.6)
    families = [a_family(tmp_path, name=name, programs=(name,)) for name in ("hammer", "saw")]
    steps = Steps()
    assert set(find_binaries(families, progress=steps)) == {"hammer", "saw"}
    names = [step.name for step in steps]
    assert names.index("saw") < len(names) - 1 - names[::-1].index("hammer")


def test_a_failure_stops_the_others(tmp_path: Path) -> None:
    """Nobody waits for ten minutes of work that will not be used."""
    a_go(tmp_path / "bin", seconds=60, fails_for="example.com/broken")
    families = [a_family(tmp_path, name=name, programs=("hammer",)) for name in ("slow", "broken")]
    started = time.monotonic()
    with pytest.raises(TwinError, match=r"broken v1.2.3 could not be built(.|\n)*no such module"):
        find_binaries(families)
    assert time.monotonic() - started < 30
