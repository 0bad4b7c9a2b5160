"""The report is written whole or not at all."""

import json
from pathlib import Path
from typing import Any

import pytest

from eks_twin.proof import report
from eks_twin.proof.page import page
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
        if report.DATA in path.name:
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
