import subprocess
import sys

import pytest

from api_platform import labels
from api_platform.cli.explain_failure import LOOKS, NAME, SEES, WAITS, explain_failure_command
from api_platform.environment import ROOT
from api_platform.service import rollout

TIMED_OUT = (
    "Received response status [FAILED] from custom resource. Message returned: Timeout waiting for output from kubectl "
    "command: ['get', '-n', 'production', 'deployments.apps', '--field-selector=metadata.name=media-service', "
    "\"-o=jsonpath='{.items}'\"] (last_error=None)"
)
START = "production-media-service |  0/9 | 8:49:00 AM | CREATE_IN_PROGRESS   | Custom::Other | production/x/y\n"


def event(gate: str = WAITS, reason: str = TIMED_OUT, status: str = "CREATE_FAILED       ") -> str:
    """Return a line of `--progress events`, as the CDK CLI writes it."""
    path = f"production/media-service/{gate}-media-service-0123456789/Resource/Default"
    kind = "Custom::AWSCDK-EKS-KubernetesObjectValue"
    return f"production-media-service |  7/9 | 8:49:32 AM | {status} | {kind} | {path} ({gate}media0123) {reason}\n"


@pytest.fixture
def explained(capsys: pytest.CaptureFixture[str]) -> "Explained":
    return Explained(capsys)


class Explained:
    """What the command says of some lines."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.code = 0

    def __call__(self, *lines: str) -> str:
        self.code = explain_failure_command(lines)
        out, err = self.capsys.readouterr()
        assert out == "".join(lines)
        return err


def test_a_deployment_that_went_well_goes_through_as_it_is(explained: Explained) -> None:
    assert explained(START, event(reason="", status="CREATE_COMPLETE     ")) == ""
    assert explained.code == 0


def test_workload_gate_and_commands_are_named(explained: Explained) -> None:
    said = explained(START, event())
    assert said.startswith("\nmedia-service in production did not roll out: ")
    assert f"Gate {WAITS}-media-service-0123456789 of stack production/media-service failed" in said
    assert "api-platform doctor media-service -e production\n" in said
    assert "kubectl rollout status -n production deployment/media-service\n" in said
    assert "kubectl describe -n production deployment,pods -l app.kubernetes.io/name=media-service\n" in said
    assert explained.code == 1


@pytest.mark.parametrize(
    ("gate", "reason", "why"),
    [
        (SEES, TIMED_OUT, "Kubernetes did not even begin: its controllers stand still."),
        (WAITS, TIMED_OUT, "Kubernetes had not given it up yet"),
        (LOOKS, TIMED_OUT, "no new pod became available within progressDeadlineSeconds"),
        (WAITS, TIMED_OUT.replace("None", "b'Forbidden (403)'"), "could not tell how far it is: b'Forbidden (403)'\n"),
        (WAITS, "Rate Exceeded.", "did not roll out: Rate Exceeded.\n"),
    ],
    ids=["standstill", "slow", "dead", "no answer", "no function"],
)
def test_the_reason_is_told(explained: Explained, gate: str, reason: str, why: str) -> None:
    """`Timeout waiting for output from kubectl` tells none of these apart."""
    assert why in explained(event(gate, reason))


def test_a_failure_that_is_told_twice_is_explained_once(explained: Explained) -> None:
    """The CLI repeats the failed resources at the end, without the progress."""
    said = explained(event(), "\nFailed resources:\n", event().replace(" 7/9 | ", ""))
    assert said.count("did not roll out") == 1


def test_two_workloads_are_explained_each(explained: Explained) -> None:
    said = explained(event(), event().replace("media-service", "api-service"))
    assert said.count("did not roll out") == 2


def test_colors_hide_nothing(explained: Explained) -> None:
    colored = event().replace("CREATE_FAILED       ", "\x1b[31mCREATE_FAILED       \x1b[39m")
    assert "media-service in production did not roll out" in explained(
        colored.replace("production/m", "\x1b[1mproduction/m")
    )


@pytest.mark.parametrize(
    "line",
    [
        event(reason="Resource creation Cancelled"),
        event().replace("KubernetesObjectValue", "KubernetesResource"),
        event(status="DELETE_FAILED       "),
        "Timeout waiting for output\n",
    ],
)
def test_what_is_no_failed_gate_is_not_explained(explained: Explained, line: str) -> None:
    assert explained(line) == ""
    assert explained.code == 0


def test_as_a_command_it_reads_a_pipe_and_fails_as_the_deployment_did() -> None:
    """A shell without `pipefail` would take the deployment for a success."""
    command = [sys.executable, "-m", "api_platform.cli", "explain-failure"]
    done = subprocess.run(command, input=START + event(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, START + event())
    assert "media-service in production did not roll out" in done.stderr


def test_it_looks_for_the_gates_that_there_are() -> None:
    assert (SEES, WAITS, LOOKS, NAME) == (rollout.SEES, rollout.WAITS, rollout.LOOKS, labels.NAME)


def test_the_file_runs_by_itself_without_any_package() -> None:
    """The pipeline deploys with nothing installed but the CDK CLI."""
    command = [sys.executable, "-I", "-S", str(ROOT / "constructs/api_platform/cli/explain_failure.py")]
    done = subprocess.run(command, input=event(), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "media-service in production did not roll out" in done.stderr
