import os
import subprocess
import sys
from pathlib import Path

import pytest

from eks_twin.binaries.cache import cache_root, one_at_a_time


class GivenUpError(Exception):
    pass


def give_up() -> None:
    raise GivenUpError


def is_locked(folder: Path) -> bool:
    try:
        with one_at_a_time(folder, give_up):
            return False
    except GivenUpError:
        return True


def test_the_cache_lies_where_the_user_keeps_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "mine"))
    assert cache_root() == tmp_path / "mine" / "eks-twin"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_root() == tmp_path / ".cache" / "eks-twin"


def test_who_comes_second_is_told_and_waits(tmp_path: Path) -> None:
    with one_at_a_time(tmp_path, give_up):
        assert is_locked(tmp_path)
    assert not is_locked(tmp_path)


def test_a_child_that_inherited_the_lock_keeps_it_when_its_parent_is_gone(tmp_path: Path) -> None:
    """Killed in the middle of a build, we leave Go behind; it goes on to write, and nobody else may meanwhile."""
    with one_at_a_time(tmp_path, give_up) as lock:
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[lock])
    assert is_locked(tmp_path)
    child.communicate(os.linesep.encode())
    assert not is_locked(tmp_path)
