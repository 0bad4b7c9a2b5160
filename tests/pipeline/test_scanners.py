"""Scanners find nothing in the pipeline's stack but what is acknowledged there, with the reason."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from api_platform.environment import ROOT

pytestmark = [pytest.mark.aws, pytest.mark.slow]

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
    assert (nag["conclusion"], nag["violations"]) == ("success", [])


@pytest.mark.skipif(not CHECKOV.exists(), reason="checkov is not installed; `make test` installs it")
def test_checkov_finds_nothing(assembly: Path) -> None:
    template = assembly / "pipeline.template.json"
    command = [
        str(CHECKOV),
        "--framework",
        "cloudformation",
        "--file",
        str(template),
        "--output",
        "json",
        "--skip-download",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert report["summary"]["passed"] > 100
    assert [one["check_id"] for one in report["results"]["failed_checks"]] == []
    skipped = [(one["check_id"], one["resource"]) for one in report["results"]["skipped_checks"]]
    assert [check for check, _ in skipped] == ["CKV_AWS_18"], skipped
