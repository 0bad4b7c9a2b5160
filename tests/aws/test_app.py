"""app.py, as `cdk` runs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from api_platform.environment import ROOT

pytestmark = pytest.mark.aws


def test_a_refusal_is_one_message_and_leaves_the_output_folder_alone(tmp_path: Path) -> None:
    """The CDK writes what it has when Node exits, unless told otherwise: half an assembly over a good one."""
    before = tmp_path / "manifest.json"
    before.write_text("{}")
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**os.environ, "ENVIRONMENT": "stagin", "CDK_OUTDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "environment 'stagin' does not exist. Did you mean 'staging'?\n"
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]
    assert before.read_text() == "{}"
