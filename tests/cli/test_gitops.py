"""`api-platform gitops`."""

from pathlib import Path

import pytest

from api_platform.cli.gitops import gitops_command
from api_platform.errors import InputError
from api_platform.gitops.git_source import GitSource
from api_platform.manifests.synthesis import DIST
from api_platform.rules.finding import Finding
from api_platform.rules.report import Report

SOURCE = GitSource("https://git.example.com/company/platform.git", "main", ".")


def test_one_environment_is_written_and_the_others_are_left(tmp_path: Path) -> None:
    gitops_command("staging", [], SOURCE, tmp_path)
    gitops_command("development", [], SOURCE, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"development", "staging"}
    assert (tmp_path / "staging" / "root-application.yaml").is_file()


def test_a_tag_holds_for_one_run(tmp_path: Path) -> None:
    gitops_command("staging", ["api-service.image.tag=v9"], SOURCE, tmp_path)
    assert "/api-service:v9\n" in (tmp_path / "staging" / "50-api-service.k8s.yaml").read_text()


def test_what_others_apply_is_not_written_over() -> None:
    with pytest.raises(InputError, match="--out dist: holds what CDK and kubectl apply"):
        gitops_command("staging", [], SOURCE, DIST)


def test_a_folder_that_holds_anything_else_is_left(tmp_path: Path) -> None:
    (tmp_path / "staging").mkdir()
    (tmp_path / "staging" / "mine.yaml").write_text("kind: Mine\n")
    with pytest.raises(InputError, match=r"staging: holds mine\.yaml"):
        gitops_command("staging", [], SOURCE, tmp_path)


def test_findings_stop_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Argo CD would apply at once what `cdk deploy` refuses."""
    finding = Finding("some-rule", "api-service", "7", "It must be 8.", "Make it 8.")
    monkeypatch.setattr("api_platform.manifests.rendering.report", lambda *_: Report((finding,), ()))
    assert gitops_command("staging", [], SOURCE, tmp_path / "out") == 1
    assert not (tmp_path / "out").exists()


def test_while_cdk_owns_the_objects_it_says_how_they_are_handed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gitops_command("staging", [], SOURCE, tmp_path)
    assert "staging: CDK owns its objects. Hand them over first: docs/gitops.md" in capsys.readouterr().err
