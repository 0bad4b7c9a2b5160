import os
import sys
import threading
import time
from pathlib import Path

import pytest

from eks_twin.binaries.go import Go, GoFailedError, environment, version_of
from tests.eks_twin.binaries.fake_go import a_program


def a_script(path: Path, *lines: str) -> Go:
    path.write_text("\n".join(["#!/bin/sh", *lines]) + "\n")
    path.chmod(0o755)
    return Go(path)


@pytest.mark.parametrize(
    ("says", "version"),
    [
        ("go version go1.26.8 linux/amd64", (1, 26, 8)),
        ("go version go1.27 darwin/arm64", (1, 27, 0)),
        ("go version go1.27rc1 linux/amd64", (1, 27, 0)),
        ("go version devel +abc linux/amd64", None),
        ("something else", None),
    ],
)
def test_the_version_is_what_go_says(tmp_path: Path, says: str, version: tuple[int, ...] | None) -> None:
    assert version_of(a_program(tmp_path / "go", says)) == version


def test_a_go_that_does_not_run_has_no_version(tmp_path: Path) -> None:
    assert version_of(tmp_path / "nowhere") is None


def test_output_comes_back_whatever_its_size(tmp_path: Path) -> None:
    """More than a pipe holds, while the error output is being read."""
    go = a_script(tmp_path / "go", "i=0; while [ $i -lt 20000 ]; do echo example.com/package$i; i=$((i+1)); done")
    assert go.run([], tmp_path).count("\n") == 20000


def test_a_failure_shows_the_end_of_what_go_said_without_mere_progress(tmp_path: Path) -> None:
    go = a_script(tmp_path / "go", "for i in 1 2 3; do echo progress$i >&2; done", "echo no such module >&2", "exit 1")
    seen = []

    def is_progress(line: str) -> bool:
        seen.append(line)
        return line.startswith("progress")

    with pytest.raises(GoFailedError) as raised:
        go.run([], tmp_path, is_progress=is_progress)
    assert str(raised.value) == "no such module"
    assert seen == ["progress1", "progress2", "progress3", "no such module"]


def test_of_a_long_failure_the_end_is_shown(tmp_path: Path) -> None:
    """Go names the cause last."""
    go = a_script(tmp_path / "go", "i=0; while [ $i -lt 99 ]; do echo line $i >&2; i=$((i+1)); done; exit 1")
    with pytest.raises(GoFailedError) as raised:
        go.run([], tmp_path)
    assert str(raised.value).splitlines() == [f"line {number}" for number in range(84, 99)]


def test_go_inherits_the_lock_it_is_given(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    program = tmp_path / "go"
    program.write_text(f"#!{sys.executable}\nimport os, sys\nos.write(int(sys.argv[1]), b'inherited')\n")
    program.chmod(0o755)
    Go(program).run([str(writing)], tmp_path, keep_open=[writing])
    assert os.read(reading, 99) == b"inherited"
    os.close(reading)
    os.close(writing)


def test_a_callers_settings_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace, a vendor folder or another Go's root would build something else, or fail."""
    for name, value in (("GOFLAGS", "-mod=vendor"), ("GOWORK", "/w/go.work"), ("GOROOT", "/usr/lib/go")):
        monkeypatch.setenv(name, value)
    made = environment()
    assert (made["GOFLAGS"], made["GOWORK"], made["GOTOOLCHAIN"]) == ("", "off", "local")
    assert "GOROOT" not in made


def test_stopping_ends_what_runs_and_lets_nothing_more_start(tmp_path: Path) -> None:
    go = a_script(tmp_path / "go", "exec 2>&1; trap 'exit 1' TERM; while :; do :; done")
    failures: list[GoFailedError] = []

    def run() -> None:
        try:
            go.run([], tmp_path)
        except GoFailedError as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while not go._running:
        time.sleep(0.01)
    go.stop()
    thread.join(timeout=10)
    assert len(failures) == 1
    with pytest.raises(GoFailedError, match="stopped"):
        go.run([], tmp_path)
