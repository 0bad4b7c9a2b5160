import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from scripts.check_commit_subject import problems, subject_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("subject", ["Twin: hold two accounts", "Merge branch 'x' into y", 'Revert "Long"', "fixup! x"])
def test_a_subject_with_its_area_passes_and_so_do_those_of_git(subject: str) -> None:
    assert list(problems(subject)) == []


@pytest.mark.parametrize("subject", ["", "Hold two accounts", "twin: hold two", "Twin:hold two", "Twin: "])
def test_a_subject_without_its_area_is_refused(subject: str) -> None:
    assert "must begin with the area" in "".join(problems(subject))


@pytest.mark.parametrize(("length", "is_refused"), [(71, False), (72, True)])
def test_a_long_subject_is_refused(length: int, is_refused: bool) -> None:
    assert bool(list(problems("Twin: ".ljust(length, "x")))) is is_refused


def test_the_subject_is_the_first_line_that_git_keeps() -> None:
    assert subject_of("\n# On branch main\nTwin: hold two accounts\n\nWhy.\n") == "Twin: hold two accounts"


def test_the_hook_refuses_a_message_and_says_why(tmp_path: Path) -> None:
    """As pre-commit runs it: its words from the file of the hooks, with the message's file behind them."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    (hook,) = [hook for hook in hooks["repos"][0]["hooks"] if hook.get("stages") == ["commit-msg"]]
    assert "commit-msg" in hooks["default_install_hook_types"]
    message = tmp_path / "COMMIT_EDITMSG"
    message.write_text("Various changes\n")
    command = [sys.executable, *hook["entry"].split()[1:], str(message)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "'Various changes': it must begin with the area" in done.stderr
