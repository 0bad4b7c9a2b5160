"""A twin comes up by the real CDK CLI, goes on with what is there, rebuilds what died, and leaves nothing behind."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import pytest

from eks_twin.binaries import Binaries
from eks_twin.cloud.outage import AWS
from eks_twin.control_plane.faults import kill
from eks_twin.deployment.stacks import stacks
from eks_twin.deployment.workloads import statuses
from eks_twin.errors import InputError, TwinError
from eks_twin.home import Home
from eks_twin.measure.waiting import happens_within
from eks_twin.processes.record import read_record
from eks_twin.status import program_rows, runs
from eks_twin.twin import Twin, open_twin
from eks_twin.up import Wanted, down, up

ENVIRONMENT = "development"


def test_a_folder_without_a_twin_is_none(tmp_path: Path) -> None:
    with pytest.raises(TwinError, match=r"no twin in .* Start one: api-platform twin up"):
        open_twin(Home(tmp_path))


def test_down_does_not_remove_a_folder_that_is_no_twins(tmp_path: Path) -> None:
    """`--home ~` would have removed a home directory."""
    (tmp_path / "precious").touch()
    with pytest.raises(TwinError, match="no twin's folder"):
        down(Home(tmp_path))
    assert (tmp_path / "precious").exists()


def test_down_twice_is_no_error(tmp_path: Path) -> None:
    assert down(Home(tmp_path / "twin")) == ()


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (Wanted("prod"), r"environment 'prod' does not exist\. Did you mean 'production'\?"),
        (Wanted(ENVIRONMENT, ("api-servic.image.tag=v1",)), "api-servic"),
    ],
)
def test_bad_input_is_refused_before_anything_starts(tmp_path: Path, wanted: Wanted, message: str) -> None:
    home = Home(tmp_path / "twin")
    with pytest.raises(InputError, match=message):
        up(home, wanted, say=print)
    assert not home.folder.exists()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    home = Home(tmp_path_factory.mktemp("up") / "twin")
    yield home
    record = read_record(home)
    down(home)
    assert not home.folder.exists()
    programs = record.programs.values() if record else ()
    assert not [one for one in programs if one.identity and psutil.pid_exists(one.identity.pid)]


@pytest.fixture(scope="module")
def twin(home: Home, binaries: Binaries, definitions: Mapping[str, Path]) -> Twin:  # noqa: ARG001 - both must be built
    return brought_up(home)[0]


def brought_up(home: Home, *settings: str) -> tuple[Twin, list[str]]:
    said: list[str] = []
    wanted = Wanted(ENVIRONMENT, settings, keda=False, stop_with=os.getpid())
    twin, _ = up(home, wanted, say=said.append)
    return twin, said


@pytest.mark.slow
def test_all_stacks_and_workloads_are_there(twin: Twin) -> None:
    found = stacks(twin.clients, f"{ENVIRONMENT}-")
    assert {stack.status for stack in found} == {"CREATE_COMPLETE"}
    assert len(found) == 11
    assert all(status.is_ready for status in statuses(twin.cluster, twin.namespace))
    assert all(row.runs for row in program_rows(twin.home))


@pytest.mark.slow
def test_a_second_run_changes_nothing(twin: Twin, home: Home) -> None:
    before = {stack.name: stack.status for stack in stacks(twin.clients, f"{ENVIRONMENT}-")}
    brought_up(home)
    assert {stack.name: stack.status for stack in stacks(twin.clients, f"{ENVIRONMENT}-")} == before


@pytest.mark.slow
def test_another_environment_does_not_take_its_place(twin: Twin) -> None:
    with pytest.raises(InputError, match=rf"holds {ENVIRONMENT}\. Take it down first"):
        up(twin.home, Wanted("staging"), say=print)


@pytest.mark.slow
def test_another_tag_rolls_the_workload(twin: Twin, home: Home) -> None:
    brought_up(home, "api-service.image.tag=v1.1.0")
    (rolled,) = [one for one in statuses(twin.cluster, twin.namespace) if one.name == "api-service"]
    assert rolled.image.endswith(":v1.1.0")
    assert rolled.is_ready


@pytest.mark.slow
@pytest.mark.usefixtures("twin")
def test_when_its_aws_has_died_everything_is_rebuilt_and_that_is_said(home: Home) -> None:
    kill(home, AWS)
    assert happens_within(10, lambda: not runs(home, AWS))
    rebuilt, said = brought_up(home)
    assert any("The twin's AWS has died" in line for line in said)
    assert {stack.status for stack in stacks(rebuilt.clients, f"{ENVIRONMENT}-")} == {"CREATE_COMPLETE"}
