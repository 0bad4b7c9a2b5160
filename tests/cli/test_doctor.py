"""The command's exit codes and its refusals, before any cluster is asked."""

import subprocess
import sys
from importlib import import_module

import pytest

from api_platform.doctor.diagnosis import Diagnosis
from api_platform.doctor.health_report import HealthReport
from tests.cli.exit_code import assert_refused, exit_code

module = import_module("api_platform.cli.doctor")  # the package has a function of this name, too
FOUND = Diagnosis("rollouts-end", "stock", "Deployment/stock", "what", "why", "kubectl get pods", "way")


@pytest.mark.parametrize(("found", "code"), [((), 0), ((FOUND,), 1)])
def test_it_exits_1_where_anything_is_found(
    found: tuple[Diagnosis, ...], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipeline's step goes by it."""
    asked: dict[str, object] = {}

    def examine(environment: object, service: object, kubectl: object, *, ask_aws: bool) -> HealthReport:
        asked.update(environment=environment, service=service, kubectl=kubectl, ask_aws=ask_aws)
        return HealthReport("staging", None, found, ())

    monkeypatch.setattr(module, "examine", examine)
    words = ("api-service", "-e", "staging", "--context", "west", "--format", "json", "--no-aws")
    assert exit_code(monkeypatch, "doctor", *words) == code
    assert (asked["environment"].name, asked["service"]) == ("staging", "api-service")  # type: ignore[attr-defined]
    assert asked["kubectl"] == module.KubectlCalls("west")
    assert asked["ask_aws"] is False
    assert '"environment": "staging"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("-e", "stagin"), "environment 'stagin' does not exist. Did you mean 'staging'?"),
        (("--format", "xml"), "format 'xml' is not known. Known: json, markdown, terminal."),
        (("api-servic",), "there is no service 'api-servic'. Did you mean 'api-service'?"),
    ],
)
def test_bad_input_gets_one_line_and_exits_2(
    words: tuple[str, ...], says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert_refused(monkeypatch, capsys, says, "doctor", *words)


def test_it_starts_without_cdk8s_and_boto3() -> None:
    """Whoever is woken at night waits for no jsii."""
    code = "import sys, api_platform.cli.doctor; print(*({'boto3', 'jsii', 'cdk8s', 'aws_cdk'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
