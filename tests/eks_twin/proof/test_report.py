"""The report is written whole or not at all, and no synth touches it."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from api_platform.environment import EnvironmentName
from api_platform.manifests.synthesis import Synthesis, write
from api_platform.rules.report import Report
from eks_twin.proof import report
from eks_twin.proof.page import page
from tests.copied_repository import Command, CopiedRepository
from tests.eks_twin.proof import samples


def _files(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_page_and_its_data_are_written_side_by_side(tmp_path: Path) -> None:
    written = report.write_report(samples.results(), samples.SETTING, tmp_path / "dist" / "proof")
    assert written == tmp_path / "dist" / "proof" / "index.html"
    assert written.read_text() == page(samples.results(), samples.SETTING)
    assert sorted(_files(tmp_path)) == ["dist/proof/index.html", "dist/proof/results.json"]


def test_a_report_replaces_the_one_before(tmp_path: Path) -> None:
    report.write_report(samples.results(), samples.SETTING, tmp_path)
    report.write_report(samples.results()[:1], samples.SETTING, tmp_path)
    assert "objects doubled" not in (tmp_path / "index.html").read_text()
    assert len(json.loads((tmp_path / "results.json").read_text())["results"]) == 1


def test_a_report_that_fails_leaves_the_one_before_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "proof"
    report.write_report(samples.results(), samples.SETTING, folder)
    before = _files(tmp_path)

    def fail(*_: object) -> str:
        raise OSError("the disk is full")

    monkeypatch.setattr(report, "as_json", fail)
    with pytest.raises(OSError, match="the disk is full"):
        report.write_report(samples.results()[:1], samples.SETTING, folder)
    assert _files(tmp_path) == before


def test_a_full_disk_leaves_no_half_of_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new page would stand beside the old data."""
    folder = tmp_path / "proof"
    report.write_report(samples.results(), samples.SETTING, folder)
    before, write_text = _files(tmp_path), Path.write_text

    def fill_up(path: Path, *arguments: Any, **options: Any) -> int:
        if path.name == report.DATA:
            raise OSError("the disk is full")
        return write_text(path, *arguments, **options)

    monkeypatch.setattr(Path, "write_text", fill_up)
    with pytest.raises(OSError, match="the disk is full"):
        report.write_report(samples.results()[:1], samples.SETTING, folder)
    assert _files(tmp_path) == before


def test_the_data_holds_verdicts_figures_and_points() -> None:
    data = json.loads(report.as_json(samples.results(), samples.SETTING))
    scaling = next(result for result in data["results"] if result["name"] == "scaling")
    assert scaling["verdict"] == "held"
    assert scaling["outcome"]["figures"][0]["value"] == 13.1
    assert scaling["outcome"]["plots"][0]["series"][1]["points"][0] == [0.0, 3.0]
    assert data["setting"]["versions"]["Kubernetes"] == "1.36.3"


def test_no_environment_can_be_called_as_the_proof_is() -> None:
    """Its synth would swap the folder away."""
    assert report.FOLDER.name not in get_args(EnvironmentName)


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
