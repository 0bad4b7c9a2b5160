"""`api-platform check` looks at every file that people write, not at the environments' alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.copied_repository import CopiedRepository

pytestmark = pytest.mark.slow


def check(repository: CopiedRepository, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "api_platform.cli", "check", *words]
    return subprocess.run(
        command, cwd=repository.root, env=repository.variables(), capture_output=True, text=True, check=False
    )


def test_a_mistake_in_the_pipelines_file_is_told_with_its_line(tmp_path: Path) -> None:
    """Else the first who hears of it is `cdk synth`, in the pipeline that it describes."""
    repository = CopiedRepository.make(tmp_path)
    repository.replace("pipeline.toml", 'branch = "main"', "branch = 7")
    done = check(repository)
    assert done.returncode == 2
    assert done.stderr == "pipeline.toml:6: branch: must be text in quotes, got 7.\n"


def test_who_checks_one_environment_is_not_asked_about_the_pipeline(tmp_path: Path) -> None:
    repository = CopiedRepository.make(tmp_path)
    repository.replace("pipeline.toml", 'branch = "main"', "branch = 7")
    assert check(repository, "--environment", "staging").returncode == 0
