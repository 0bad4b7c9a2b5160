"""This platform on a twin: it comes up, goes on with what is there, rebuilds what died, and leaves nothing behind."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import pytest

from api_platform.errors import InputError
from api_platform.proof.extension import NAME
from api_platform.proof.project import check_input, project
from eks_twin.app import Place
from eks_twin.binaries import Binaries
from eks_twin.cloud.outage import AWS
from eks_twin.control_plane.faults import kill
from eks_twin.deployment.stacks import stacks
from eks_twin.deployment.workloads import WorkloadStatus, statuses
from eks_twin.home import Home
from eks_twin.kubernetes_clients import connect
from eks_twin.measure.waiting import happens_within
from eks_twin.processes.record import read_record
from eks_twin.status import program_rows, runs
from eks_twin.twin import Twin
from eks_twin.up import Wanted, down, up

ENVIRONMENT = "development"
PLACE = Place("111111111111", "eu-west-1")


@pytest.mark.parametrize(
    ("environment", "settings", "message"),
    [
        ("prod", (), r"environment 'prod' does not exist\. Did you mean 'production'\?"),
        (ENVIRONMENT, ("api-servic.image.tag=v1",), "api-servic"),
        (ENVIRONMENT, ("rollout-wait-seconds=5",), "'5' is no whole number from 30 to 840"),
        (ENVIRONMENT, ("rollout-wait-second=60",), "only an image's tag"),
    ],
)
def test_bad_input_is_refused_before_anything_starts(environment: str, settings: tuple[str, ...], message: str) -> None:
    with pytest.raises(InputError, match=message):
        check_input(environment, settings)


def test_a_wait_and_a_tag_are_accepted_side_by_side() -> None:
    check_input(ENVIRONMENT, ("rollout-wait-seconds=60", "api-service.image.tag=v1"))


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
    wanted = Wanted(project(ENVIRONMENT), settings, NAME, natives=False, stop_with=os.getpid())
    twin, _ = up(home, wanted, say=said.append)
    return twin, said


def workloads(twin: Twin) -> list[WorkloadStatus]:
    return statuses(connect(twin.home.of_cluster(twin.cluster(PLACE))))


@pytest.mark.slow
def test_all_stacks_and_workloads_are_there(twin: Twin) -> None:
    found = stacks(twin.clients(PLACE))
    assert {stack.status for stack in found} == {"CREATE_COMPLETE"}
    assert len(found) == 11
    assert all(status.is_ready for status in workloads(twin))
    homes = [twin.home, *map(twin.home.of_cluster, twin.home.clusters)]
    assert all(row.runs for home in homes for row in program_rows(home))


@pytest.mark.slow
def test_a_second_run_changes_nothing(twin: Twin, home: Home) -> None:
    before = {stack.name: stack.status for stack in stacks(twin.clients(PLACE))}
    brought_up(home)
    assert {stack.name: stack.status for stack in stacks(twin.clients(PLACE))} == before


@pytest.mark.slow
def test_another_tag_rolls_the_workload(twin: Twin, home: Home) -> None:
    brought_up(home, "api-service.image.tag=v1.1.0")
    (rolled,) = [one for one in workloads(twin) if one.name == "api-service"]
    assert rolled.image.endswith(":v1.1.0")
    assert rolled.is_ready


@pytest.mark.slow
@pytest.mark.usefixtures("twin")
def test_when_its_aws_has_died_everything_is_rebuilt_and_that_is_said(home: Home) -> None:
    kill(home, AWS)
    assert happens_within(10, lambda: not runs(home, AWS))
    rebuilt, said = brought_up(home)
    assert any("The twin's AWS has died" in line for line in said)
    assert {stack.status for stack in stacks(rebuilt.clients(PLACE))} == {"CREATE_COMPLETE"}
