import threading
from dataclasses import replace
from pathlib import Path

import pytest

from eks_twin.binaries.build import build, cache_folder, spoken
from eks_twin.binaries.family import Family
from eks_twin.errors import TwinError
from tests.eks_twin.binaries.fake_go import Steps, a_family, a_go

pytestmark = pytest.mark.slow


@pytest.fixture
def family(tmp_path: Path) -> Family:
    return a_family(tmp_path)


def test_programs_are_built_together_and_lie_in_the_cache(family: Family, tmp_path: Path) -> None:
    fake = a_go(tmp_path / "go")
    build(family, ["hammer", "saw"], fake.go, 2, Steps())
    assert fake.builds == [["example.com/tools/cmd/hammer", "example.com/tools/cmd/saw"]]
    assert {path.name for path in cache_folder(family).iterdir()} == {"hammer", "saw", "lock"}


def test_a_program_may_have_another_name_than_its_package(tmp_path: Path) -> None:
    family = Family(
        name="tools",
        module=a_family(tmp_path).module,
        pin="example.com/tools",
        programs={"mallet": "example.com/tools/cmd/hammer"},
        cold_seconds=5,
    )
    build(family, ["mallet"], a_go(tmp_path / "go").go, 2, Steps())
    assert (cache_folder(family) / "mallet").read_text() == "built"


def test_only_what_is_missing_is_built(family: Family, tmp_path: Path) -> None:
    fake = a_go(tmp_path / "go")
    build(family, ["hammer"], fake.go, 2, Steps())
    build(family, ["hammer", "saw"], fake.go, 2, Steps())
    build(family, ["hammer", "saw"], fake.go, 2, Steps())
    assert fake.builds == [["example.com/tools/cmd/hammer"], ["example.com/tools/cmd/saw"]]


def test_a_failed_build_leaves_no_program_behind(family: Family, tmp_path: Path) -> None:
    """Half a program would be taken for a whole one by the next run."""
    with pytest.raises(TwinError):
        build(family, ["hammer"], a_go(tmp_path / "go", fails_for="example.com/").go, 2, Steps())
    assert {path.name for path in cache_folder(family).iterdir()} == {"lock", "unfinished"}
    build(family, ["hammer"], a_go(tmp_path / "go").go, 2, Steps())
    assert {path.name for path in cache_folder(family).iterdir()} == {"hammer", "lock"}


def test_the_message_of_a_failed_build_says_what_where_why_and_the_way_out(family: Family, tmp_path: Path) -> None:
    steps = Steps()
    with pytest.raises(TwinError) as raised:
        build(family, ["hammer"], a_go(tmp_path / "go", fails_for="example.com/").go, 2, steps)
    message = str(raised.value)
    assert message.startswith(f"tools v1.2.3 could not be built from {family.module.folder}:\nno such module\n")
    assert "KUBEBUILDER_ASSETS" in message
    assert steps[-1].state == "failed"


def test_who_comes_second_waits_and_builds_nothing(family: Family, tmp_path: Path) -> None:
    """Two test processes that build at once would take twice as long, each."""
    fake = a_go(tmp_path / "go", seconds=0.5)
    steps = [Steps(), Steps()]
    threads = [threading.Thread(target=build, args=(family, ["saw"], fake.go, 2, taken)) for taken in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(fake.builds) == 1
    assert any("another process is building it" in taken.doings for taken in steps)


def test_progress_counts_packages_up_to_linking(family: Family, tmp_path: Path) -> None:
    steps = Steps()
    build(family, ["hammer"], a_go(tmp_path / "go").go, 2, steps)
    assert [(step.doing, step.finished, step.total) for step in steps[1:-1]] == [
        ("fetching example.com/library v1.0.0", 0, 0),
        ("packages to compile: 2", 0, 0),
        ("linking", 1, 2),
        ("linking", 2, 2),
    ]
    assert (steps[-1].state, steps[-1].doing) == ("done", "v1.2.3 is built: hammer")
    assert "about 5 s, once" in steps[0].doing


@pytest.mark.parametrize(("seconds", "words"), [(35, "35 s"), (89, "89 s"), (90, "2 min"), (330, "6 min")])
def test_durations_are_spoken_in_the_unit_that_fits(seconds: int, words: str) -> None:
    assert spoken(seconds) == words


def test_a_family_whose_users_have_no_folder_of_their_own_names_none(family: Family, tmp_path: Path) -> None:
    with pytest.raises(TwinError) as raised:
        build(replace(family, own_folder=None), ["saw"], a_go(tmp_path / "go", fails_for="example.com/").go, 2, Steps())
    assert str(raised.value).endswith("What is compiled so far is kept.")
