"""Scanners find nothing in the pipeline's stack but what is acknowledged there, with the reason."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from api_platform.environment import ROOT

pytestmark = [pytest.mark.aws, pytest.mark.slow]

OURS = ("pipeline/", "production/pipeline-access/")
CHECKOV = ROOT / ".venv-checkov" / "bin" / "checkov"


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stack's assembly with its validation report; cdk-nag has looked at it."""
    folder = tmp_path_factory.mktemp("nag")
    environment = {name: value for name, value in os.environ.items() if name != "CDK_VALIDATION"}
    command = [sys.executable, "-m", "tests.pipeline.nag", str(folder)]
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    return folder


def test_cdk_nag_finds_nothing(assembly: Path) -> None:
    reports = json.loads((assembly / "validation-report.json").read_text())["pluginReports"]
    (nag,) = [report for report in reports if report["pluginName"] == "AwsSolutions"]
    found = [
        (violation["ruleName"], construct["constructPath"])
        for violation in nag["violations"]
        for construct in violation["violatingConstructs"]
    ]
    # It has looked: the other stacks' findings, which are nobody's acknowledgement here, are in the report.
    assert found
    assert [one for one in found if one[1].startswith(OURS)] == []


@pytest.mark.skipif(not CHECKOV.exists(), reason="checkov is not installed; `make test` installs it")
@pytest.mark.parametrize(
    ("pattern", "skipped"),
    [("pipeline.template.json", ["CKV_AWS_18"]), ("*/*pipelineaccess*.template.json", [])],
)
def test_checkov_finds_nothing(assembly: Path, pattern: str, skipped: list[str]) -> None:
    (template,) = assembly.glob(pattern)
    words = ("--framework", "cloudformation", "--file", str(template), "--output", "json", "--skip-download")
    done = subprocess.run([str(CHECKOV), *words], capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert report["summary"]["passed"] > 10
    assert [(one["check_id"], one["resource"]) for one in report["results"]["failed_checks"]] == []
    assert [one["check_id"] for one in report["results"]["skipped_checks"]] == skipped
