"""`api-platform twin`: its words, and what it says where it cannot work."""

import subprocess
import sys
from pathlib import Path

import pytest

from api_platform.cli import twin_commands
from api_platform.cli.twin import twin_command
from api_platform.errors import InputError
from eks_twin.errors import TwinError
from tests.cli.test_explain_failure import event

WORDS = ["up", "status", "logs", "kubeconfig", "env", "binaries", "proof", "down"]


@pytest.fixture(autouse=True)
def no_settings_of_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EKS_TWIN_COMMAND", "EKS_TWIN_HOME", "EKS_TWIN_EXTENSION"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def exit_code(*words: str) -> int:
    try:
        return twin_command(words)
    except SystemExit as end:
        return int(end.code or 0)


@pytest.mark.parametrize("word", WORDS)
def test_each_word_explains_itself(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = exit_code(word, "--help")
    assert (code, f"Usage: api-platform twin {word}" in capsys.readouterr().out) == (0, True)


def test_where_only_make_synth_was_run_the_way_out_is_told() -> None:
    without = "import sys; sys.modules['lightkube'] = None; sys.argv[1:] = ['twin', 'status']"
    command = [sys.executable, "-c", f"{without}; from api_platform.cli import main; main()"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "the twin needs more packages than are installed (lightkube). Run: make deploy\n"


@pytest.mark.parametrize("word", ["status", "kubeconfig", "env"])
def test_without_a_twin_the_way_to_one_is_told(word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = exit_code(word, "--home", str(tmp_path / "twin"))
    assert (code, "Start one: api-platform twin up" in capsys.readouterr().err) == (1, True)


def test_an_environment_that_there_is_not_is_refused_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Did you mean 'production'"):
        twin_command(["up", "-e", "prod", "--home", str(tmp_path / "twin")])
    assert not (tmp_path / "twin").exists()


def test_a_rollout_that_fails_while_it_comes_up_is_explained(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise TwinError(f"{event()}\ncdk deploy failed")

    monkeypatch.setattr(twin_commands, "up_command", fail)
    assert exit_code("up", "--home", str(tmp_path / "twin")) == 1
    said = capsys.readouterr().err
    assert "cdk deploy failed" in said
    assert "media-service in production did not roll out" in said
