"""A synth that is left out must be one that would have changed nothing."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from api_platform.manifests import fingerprint
from api_platform.manifests.fingerprint import Code, LastSynth


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in ("constructs/api_platform/a.py", "imports/io/b.py", "environments/c.toml", "dist/production/d.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text("as it was")
    return tmp_path


def _synth(repository: Path, environment: str | None = None, **overrides: str) -> None:
    memory = LastSynth(repository)
    memory.remember(memory.fingerprint(environment, overrides), ["production"])


def _is_current(repository: Path, environment: str | None = None, **overrides: str) -> bool:
    memory = LastSynth(repository)
    return memory.is_current(memory.fingerprint(environment, overrides))


def _write(path: str, text: str) -> Callable[[Path], None]:
    def write(repository: Path) -> None:
        (repository / path).write_text(text)

    return write


def test_nothing_is_current_before_the_first_synth(repository: Path) -> None:
    assert not _is_current(repository)


def test_what_nobody_touched_is_current(repository: Path) -> None:
    _synth(repository)
    assert _is_current(repository)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_write("constructs/api_platform/a.py", "changed"), id="code"),
        pytest.param(_write("constructs/api_platform/new.py", "new"), id="a new file of code"),
        pytest.param(_write("imports/io/b.py", "changed"), id="generated classes"),
        pytest.param(_write("environments/c.toml", "changed"), id="an environment file"),
        pytest.param(lambda repository: (repository / "environments/c.toml").unlink(), id="an environment file gone"),
        pytest.param(
            lambda repository: (repository / "environments/c.toml").rename(repository / "environments/e.toml"),
            id="a file renamed",
        ),
        pytest.param(_write("dist/production/d.yaml", "changed"), id="an output edited"),
        pytest.param(_write("dist/production/new.yaml", "new"), id="an output added"),
        pytest.param(lambda repository: (repository / "dist/production/d.yaml").unlink(), id="an output gone"),
        pytest.param(_write(".cache/synth.json", "{broken"), id="a broken memory"),
    ],
)
def test_each_kind_of_change_calls_for_a_synth(repository: Path, change: Callable[[Path], None]) -> None:
    _synth(repository)
    change(repository)
    assert not _is_current(repository)


@pytest.mark.parametrize("path", ["constructs/eks_twin/a.py", "constructs/api_platform/proof/a.py"])
def test_the_twin_and_the_proof_are_no_inputs(repository: Path, path: str) -> None:
    _synth(repository)
    (repository / path).parent.mkdir(parents=True)
    (repository / path).write_text("new")
    assert _is_current(repository)


def test_a_spec_is_an_input_and_no_code(repository: Path) -> None:
    """Else the edit of one service would miss every chart."""
    _synth(repository)
    before = Code.of(repository)
    (repository / "constructs/api_platform/services").mkdir()
    (repository / "constructs/api_platform/services/orders.py").write_text("new")
    (repository / "environments/c.toml").write_text("changed")
    assert not _is_current(repository)
    assert Code.of(repository) == before


@pytest.mark.parametrize(
    "path", ["constructs/api_platform/a.py", "imports/io/b.py", "constructs/api_platform/b/services/a.py"]
)
def test_what_charts_are_made_by_is_code(repository: Path, path: str) -> None:
    before = Code.of(repository)
    (repository / path).parent.mkdir(parents=True, exist_ok=True)
    (repository / path).write_text("changed")
    assert Code.of(repository).digest != before.digest


def test_a_source_written_after_the_process_began_is_not_what_it_runs(repository: Path) -> None:
    now = time.time()
    assert not Code("digest", repository, loaded=now - 60).is_what_this_process_runs()
    assert Code("digest", repository, loaded=now + 60).is_what_this_process_runs()


def test_what_python_compiled_is_no_input(repository: Path) -> None:
    _synth(repository)
    (repository / "constructs/api_platform/__pycache__").mkdir()
    (repository / "constructs/api_platform/__pycache__/a.pyc").write_text("compiled")
    assert _is_current(repository)


def test_another_tag_calls_for_a_synth(repository: Path) -> None:
    _synth(repository)
    assert not _is_current(repository, **{"api-service": "v2"})


def test_another_choice_of_environments_calls_for_a_synth(repository: Path) -> None:
    _synth(repository)
    assert not _is_current(repository, "production")


def test_another_version_of_a_package_calls_for_a_synth(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _synth(repository)
    monkeypatch.setattr(fingerprint, "_packages", lambda: ["cdk8s-99.dist-info"])
    assert not _is_current(repository)


def test_another_python_calls_for_a_synth(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _synth(repository)
    monkeypatch.setattr(sys, "version", "4.0")
    assert not _is_current(repository)


def test_the_installed_packages_are_seen() -> None:
    """An empty list would make every upgrade invisible."""
    assert any(name.startswith("cdk8s-") for name in fingerprint._packages())
