"""The proof's page lies in dist/, beside what a synth writes, and survives it."""

from pathlib import Path
from typing import get_args

import pytest

from api_platform.environment import EnvironmentName
from api_platform.manifests.synthesis import Synthesis, write
from api_platform.proof.prove import FOLDER
from api_platform.rules.report import Report
from eks_twin.proof import report
from tests.copied_repository import Command, CopiedRepository
from tests.eks_twin.proof import samples


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_no_environment_can_be_called_as_the_proof_is() -> None:
    """Its synth would swap the folder away."""
    assert FOLDER.name not in get_args(EnvironmentName)


def test_a_synth_of_one_environment_leaves_the_proof(tmp_path: Path) -> None:
    report.write_report(samples.results()[:1], samples.SETTING, tmp_path / "proof")
    before = _files(tmp_path / "proof")
    write([Synthesis("production", {"00-platform.k8s.yaml": "---\n"}, 1, Report((), ()))], tmp_path)
    assert _files(tmp_path / "proof") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["production", "proof"]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["api-platform", "cdk8s"])
def test_both_commands_that_write_dist_leave_the_proof(tmp_path: Path, command: Command) -> None:
    repository = CopiedRepository.make(tmp_path)
    proof = repository.root / "dist" / "proof"
    report.write_report(samples.results()[:1], samples.SETTING, proof)
    before = _files(proof)
    run = repository.run(command)
    assert run.returncode == 0, run.stderr
    assert _files(proof) == before
    assert len(repository.outputs()) > len(before) + 3
