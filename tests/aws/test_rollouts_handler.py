"""The gates rest on how the kubectl function of the installed aws-cdk-lib asks: here it runs, against a small API."""

import tarfile
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest

from api_platform.rules.finding import Manifest
from eks_twin.cloud.custom_type import as_text
from eks_twin.cloud.function_programs import write_function_programs
from eks_twin.cloud.python_runtime import PythonRuntime
from eks_twin.cloudformation import ResourceFailed
from eks_twin.errors import InputError
from eks_twin.host_programs import host_program
from tests.aws.rollout_api import RolloutApi, a_rollout, serving
from tests.aws.test_rollouts import GATE, a_deployment, gates_of

pytestmark = [pytest.mark.aws, pytest.mark.slow]

HANDLER: Final = "package/custom-resource-handlers/dist/aws-eks-v2/kubectl-handler/"
QUICK: Final = """
import time
sleep = time.sleep
def quick(seconds):
    print(f"waits {seconds} s", flush=True)
    sleep(0.01)
time.sleep = quick
from index import handler
"""
"""The handler itself, but for its naps."""
DONE, GIVEN_UP = "NewReplicaSetAvailable", "ProgressDeadlineExceeded"

NONE: Sequence[Manifest] = []
FRESH = [a_rollout(1, None)]
UNOBSERVED = [a_rollout(2, 1, DONE)]
ROLLING = [a_rollout(2, 2, "ReplicaSetUpdated", updated=1)]
RETURNING = [a_rollout(3, 3, DONE, updated=0)]
"""To pods that it has had before: until the first one is there, the condition stays as it was."""
EXCEEDED = [a_rollout(2, 2, GIVEN_UP, updated=1)]
ROLLED_OUT = [a_rollout(2, 2, DONE)]
SCALED_SINCE = [a_rollout(3, 3, DONE)]
STOPPED = [a_rollout(2, 2, DONE, wanted=0)]


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The function's files, as they are in the installed package."""
    folder = tmp_path_factory.mktemp("handler")
    (package,) = (one for one in files("aws_cdk._jsii").iterdir() if one.name.startswith("aws-cdk-lib@"))
    with tarfile.open(str(package)) as archive:
        members = [one for one in archive.getmembers() if one.name.startswith(HANDLER)]
        archive.extractall(folder, members, filter="data")
    (folder / HANDLER / "quick.py").write_text(QUICK)
    return folder / HANDLER


class Function:
    """The kubectl function, with a cluster behind it."""

    def __init__(self, code: Path, folder: Path, api: RolloutApi) -> None:
        self.code, self.log = code, folder / "functions.log"
        (folder / "cluster").mkdir()
        (folder / "cluster" / "kubeconfig").write_text(api.kubeconfig)
        try:
            write_function_programs(folder / "programs", kubectl=host_program("kubectl"), clusters=folder)
        except InputError as error:
            pytest.skip(str(error))
        self.runtime = PythonRuntime(folder / "programs", {}, self.log)

    def call(self, gate: Mapping[str, Any], request: str = "Create", *, seconds: int = 1) -> str:
        """Send what CloudFormation would, but for the seconds. Returns what kubectl printed at last."""
        properties = as_text({**gate["Properties"], "ClusterName": "cluster", "TimeoutSeconds": seconds})
        event = {"RequestType": request, "ResourceType": GATE, "ResourceProperties": properties}
        answer = self.runtime(self.code, "quick.handler", {}, event) or {}
        return str(answer.get("Data", {}).get("Value", ""))


def outcome(code: Path, folder: Path, gate: Mapping[str, Any], state: Sequence[Manifest]) -> str:
    """Return what the gate waited for; `nothing` where it waited in vain."""
    with serving(state) as api:
        try:
            return Function(code, folder, api).call(gate)
        except ResourceFailed as error:
            in_vain = "Timeout waiting for output from kubectl" in str(error) and "last_error=None" in str(error)
            return "nothing" if in_vain else str(error)


@pytest.mark.parametrize(
    ("state", "seen", "waited", "looked"),
    [
        (NONE, "nothing", "nothing", "nothing"),
        (FRESH, "nothing", "nothing", "nothing"),
        (UNOBSERVED, "nothing", DONE, DONE),
        (ROLLING, "orders", "nothing", "nothing"),
        (RETURNING, "orders", "nothing", "nothing"),
        (EXCEEDED, "orders", GIVEN_UP, "nothing"),
        (ROLLED_OUT, "orders", DONE, DONE),
        (SCALED_SINCE, "orders", DONE, DONE),
        (STOPPED, "orders", "orders", "orders"),
    ],
    ids=["none", "fresh", "unobserved", "rolling", "returning", "given up", "done", "scaled since", "scaled to none"],
)
def test_the_gates_tell_how_far_a_rollout_is(
    code: Path, tmp_path: Path, state: Sequence[Manifest], seen: str, waited: str, looked: str
) -> None:
    """An old rollout that answers for the new one would let bad images through: each state fails some gate but done."""
    for name, gate, expected in zip(
        ("seen", "waited", "looked"), gates_of(a_deployment()).values(), (seen, waited, looked), strict=True
    ):
        (tmp_path / name).mkdir()
        assert outcome(code, tmp_path / name, gate, state) == expected


def test_output_is_awaited_ten_seconds_at_a_time(code: Path, tmp_path: Path) -> None:
    """The latest deadline of a rollout leaves room for two such looks."""
    _, waits, _ = gates_of(a_deployment()).values()
    with serving(NONE, ROLLING, RETURNING, ROLLED_OUT) as api:
        assert Function(code, tmp_path, api).call(waits, seconds=60) == DONE
    naps = [line for line in (tmp_path / "functions.log").read_text().splitlines() if line.startswith("waits")]
    assert naps == ["waits 10 s"] * 3


def test_the_selector_reaches_kubectl_as_one_word(code: Path, tmp_path: Path) -> None:
    """Taken for a name, or quoted, it would be no selector, and another Deployment would answer."""
    _, waits, _ = gates_of(a_deployment()).values()
    with serving([*ROLLED_OUT, {**a_rollout(2, 2, GIVEN_UP), "metadata": {"name": "parcels"}}]) as api:
        assert Function(code, tmp_path, api).call(waits) == DONE
        assert api.asked == ["/apis/apps/v1/namespaces/production/deployments metadata.name=orders"]


def test_deletion_asks_for_nothing(code: Path, tmp_path: Path) -> None:
    """So a rollback, which deletes a gate, cannot fail by it."""
    _, waits, _ = gates_of(a_deployment()).values()
    with serving(NONE) as api:
        assert Function(code, tmp_path, api).call(waits, "Delete") == ""
        assert api.asked == []
