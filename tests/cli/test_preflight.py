"""The command's exit codes and its refusals."""

import subprocess
import sys
from importlib import import_module

import pytest

from api_platform.doctor.diagnosis import Diagnosis
from api_platform.doctor.health_report import HealthReport
from tests.cli.exit_code import assert_refused, exit_code

module = import_module("api_platform.cli.preflight")
FOUND = Diagnosis("secrets-exist", "orders", "Secret/staging/database", "what", "why", "aws", "way")


@pytest.mark.parametrize(("found", "code"), [((), 0), ((FOUND,), 1)])
def test_it_exits_1_where_anything_is_found(
    found: tuple[Diagnosis, ...], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: dict[str, object] = {}

    def prepare(environment: object, role: str | None) -> HealthReport:
        asked.update(environment=environment, role=role)
        return HealthReport("staging", None, found, ())

    monkeypatch.setattr(module, "prepare", prepare)
    role = "arn:aws:iam::222222222222:role/look"
    assert exit_code(monkeypatch, "preflight", "-e", "staging", "--format", "json", "--role", role) == code
    assert asked["environment"].name == "staging"  # type: ignore[attr-defined]
    assert asked["role"] == role
    assert '"environment": "staging"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("-e", "stagin"), "environment 'stagin' does not exist. Did you mean 'staging'?"),
        (("--format", "xml"), "format 'xml' is not known. Known: json, markdown, terminal."),
        ((), "cannot ask AWS whose credentials these are: no AWS credentials were found. Sign in, or set AWS_PROFILE."),
    ],
)
def test_bad_input_and_no_credentials_get_one_line_and_exit_2(
    words: tuple[str, ...], says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, "/nowhere")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert_refused(monkeypatch, capsys, says, "preflight", *words)


def test_it_starts_without_cdk8s_and_boto3() -> None:
    code = "import sys, api_platform.cli.preflight; print(*({'boto3', 'jsii', 'cdk8s', 'aws_cdk'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
