"""`api-platform twin`: its words, and what it says where it cannot work."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api_platform.cli import app
from api_platform.errors import InputError
from eks_twin.errors import TwinError


def run(*words: str) -> tuple[int, str, BaseException | None]:
    done = CliRunner().invoke(app, ["twin", *words])
    return done.exit_code, done.output, done.exception


@pytest.mark.parametrize("word", ["up", "status", "logs", "kubeconfig", "proof", "down"])
def test_each_word_explains_itself(word: str) -> None:
    code, output, _ = run(word, "--help")
    assert (code, "Usage" in output) == (0, True)


def test_where_only_make_synth_was_run_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "api_platform.cli.twin_commands", raising=False)
    monkeypatch.setitem(sys.modules, "lightkube", None)
    for name in [name for name in sys.modules if name.startswith("api_platform.twin.")]:
        monkeypatch.delitem(sys.modules, name)
    *_, error = run("status")
    assert isinstance(error, InputError)
    assert "make deploy" in str(error)


@pytest.mark.parametrize("word", ["status", "kubeconfig"])
def test_without_a_twin_the_way_to_one_is_told(word: str, tmp_path: Path) -> None:
    *_, error = run(word, "--home", str(tmp_path / "twin"))
    assert isinstance(error, TwinError)
    assert "Start one: api-platform twin up" in str(error)


def test_a_log_that_there_is_not_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "etcd.log").write_text("one\ntwo\nthree\n")
    *_, error = run("logs", "etc", "--home", str(tmp_path))
    assert "Known: etcd" in str(error)
    assert run("logs", "--home", str(tmp_path))[1] == "etcd\n"
    assert run("logs", "etcd", "-n", "2", "--home", str(tmp_path))[1] == "two\nthree\n"


def test_down_without_a_twin_is_no_error(tmp_path: Path) -> None:
    code, output, _ = run("down", "--home", str(tmp_path / "twin"))
    assert (code, "no twin" in output) == (0, True)
