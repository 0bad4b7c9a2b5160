import os
import socket
import stat
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from eks_twin.binaries import Binaries
from eks_twin.control_plane import PROGRAMS, control_plane, open_control_plane, start_control_plane
from eks_twin.errors import TwinError
from eks_twin.home import Home
from eks_twin.processes import free_ports, is_supervised, leftovers, stop
from tests.eks_twin.processes.tiny_programs import soon


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "twin")


def fake_binaries(folder: Path, words: str) -> Mapping[str, Path]:
    """Return programs that say these words and die."""
    file = folder / "fake"
    file.write_text(f"#!/bin/sh\necho '{words}'\nexit 1\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return dict.fromkeys(PROGRAMS, file)


def test_a_program_that_cannot_start_fails_the_start_and_leaves_nothing(home: Home, tmp_path: Path) -> None:
    binaries = fake_binaries(tmp_path, "unknown flag: --nonsense")
    with pytest.raises(TwinError, match=r"etcd died 3 times(.*\n)*unknown flag"):
        start_control_plane(home, binaries)
    assert not is_supervised(home)
    assert leftovers(home) == ()


def test_no_control_plane_is_a_clear_message(home: Home) -> None:
    with pytest.raises(TwinError, match="No control plane runs in"):
        open_control_plane(home)


@pytest.mark.slow
def test_a_port_that_is_always_taken_fails_the_start_after_three_tries(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[dict[str, int]] = []

    def remembered(names: Sequence[str]) -> dict[str, int]:
        tries.append(free_ports(names))
        return tries[-1]

    monkeypatch.setattr(control_plane, "free_ports", remembered)
    with pytest.raises(TwinError, match="address already in use"):
        start_control_plane(home, fake_binaries(tmp_path, "bind: address already in use"))
    assert len({tuple(ports.values()) for ports in tries}) == 3
    assert not is_supervised(home)


@pytest.mark.slow
def test_a_port_that_is_taken_meanwhile_is_chosen_again(
    home: Home, binaries: Binaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = [{"etcd": server.getsockname()[1]}]
        monkeypatch.setattr(
            control_plane, "free_ports", lambda names: free_ports(names) | (taken.pop() if taken else {})
        )
        start_control_plane(home, binaries, stop_with=os.getpid())
    assert stop(home) == PROGRAMS
    assert leftovers(home) == ()


@pytest.mark.slow
def test_a_second_start_in_the_same_folder_is_refused_and_harms_nothing(
    control_plane: control_plane.ControlPlane, binaries: Binaries
) -> None:
    with pytest.raises(TwinError, match="runs already"):
        start_control_plane(control_plane.home, binaries)
    assert open_control_plane(control_plane.home) == control_plane


@pytest.mark.slow
def test_a_control_plane_ends_with_the_process_that_started_it_however_that_ends(
    home: Home, binaries: Binaries
) -> None:
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from eks_twin.control_plane import start_control_plane\n"
        "from eks_twin.home import Home\n"
        "folder, *binaries = map(Path, sys.argv[1:])\n"
        "start_control_plane(Home(folder), {one.name: one for one in binaries}, stop_with=os.getpid())\n"
        "os.kill(os.getpid(), 9)\n"
    )
    wanted = [str(binaries[name]) for name in PROGRAMS]
    ended = subprocess.run([sys.executable, "-c", code, str(home.folder), *wanted], check=False)
    assert ended.returncode == -9
    assert soon(lambda: not is_supervised(home), 30)
    assert leftovers(home) == ()
