"""The archive that the nightly look for drift runs from."""

import subprocess
import sys
from pathlib import Path

import pytest
from aws_cdk import App, Stack

from api_platform.environment import ROOT
from api_platform.pipeline.drift_program import CONTENT, drift_program

pytestmark = [pytest.mark.aws, pytest.mark.slow]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive's folder."""
    app = App(outdir=str(tmp_path_factory.mktemp("assembly")))
    stack = Stack(app, "stack")
    drift_program(stack)
    app.synth()
    (folder,) = [path for path in Path(app.outdir).glob("asset.*") if path.is_dir()]
    return folder


def test_it_holds_what_it_says_and_nothing_that_a_release_changes(program: Path) -> None:
    """Else every release would update one more stack, and every plan would show it."""
    assert [path for path in CONTENT if not (program / path).exists()] == []
    there = {path.name for path in program.iterdir()} | {path.name for path in (program / "constructs").iterdir()}
    assert there == {"constructs", "api_platform", "eks_twin", *(path for path in CONTENT if "/" not in path)}
    assert not (program / "constructs/api_platform/services").exists()
    assert list(program.rglob("__pycache__")) == []


def test_the_command_starts_from_it_alone(program: Path) -> None:
    code = (
        "import sys, api_platform; sys.argv[1:] = ['drift', '-e', 'production', '--place', 'nowhere'];"
        "print(api_platform.__file__);"
        "from api_platform.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=program,
        env={"PYTHONPATH": str(program / "constructs"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith(str(program))
    assert (done.returncode, done.stderr.strip()) == (
        2,
        "--place 'nowhere': is no place. Write account and region: 111111111111/eu-west-1",
    )
    assert str(ROOT / "constructs") not in done.stdout
