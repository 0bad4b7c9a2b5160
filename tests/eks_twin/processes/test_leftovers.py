import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from eks_twin.errors import TwinError
from eks_twin.home import Home
from eks_twin.processes import clean_up, leftovers, read_record, run_program, start_supervisor
from eks_twin.processes.identity import Identity, identity_of
from eks_twin.processes.program import MARK
from eks_twin.processes.record import Record, Running, write_record
from tests.eks_twin.processes.tiny_programs import SLEEPS, exists, pid_of, program, soon

pytestmark = pytest.mark.slow


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process that is nobody's twin, in a session of its own."""
    with subprocess.Popen([sys.executable, "-c", SLEEPS], start_new_session=True) as process:
        yield process
        process.kill()


def crash(home: Home) -> None:
    record = read_record(home)
    assert record is not None
    os.kill(record.supervisor.pid, signal.SIGKILL)
    assert soon(lambda: not record.supervisor.lives)


def write(home: Home, identity: Identity, group: int | None = None) -> None:
    """Record a twin whose supervisor is gone and whose one program has this identity."""
    gone = Identity(group or 2**22 + 1, 1.0)
    write_record(home, Record(gone, group or gone.pid, {"kube-apiserver": Running("fingerprint", identity)}))


def test_what_a_crashed_twin_left_is_found_and_ended(home: Home) -> None:
    start_supervisor(home)
    run_program(home, program(home, "one"))
    run_program(home, program(home, "two"))
    pids = [pid_of(home, "one"), pid_of(home, "two")]
    crash(home)
    assert [leftover.name for leftover in clean_up(home)] == ["one", "two"]
    assert not any(map(exists, pids))
    assert not home.record.exists()
    assert clean_up(home) == ()


def test_a_new_twin_refuses_to_start_over_leftovers_and_names_them(home: Home) -> None:
    start_supervisor(home)
    run_program(home, program(home, "kube-apiserver"))
    crash(home)
    with pytest.raises(TwinError, match=r"kube-apiserver \(process \d+\).*twin down"):
        start_supervisor(home)


def test_a_lost_process_is_found_by_its_mark_without_any_record(home: Home) -> None:
    start_supervisor(home)
    run_program(home, program(home))
    pid = pid_of(home)
    crash(home)
    home.record.unlink()
    assert [leftover.pid for leftover in clean_up(home)] == [pid]
    assert not exists(pid)


def test_a_lost_process_without_a_mark_is_found_by_its_group(home: Home) -> None:
    """A program may start another with an empty environment."""
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], env={})\n"
        "open('child', 'w').write(str(child.pid)); time.sleep(600)"
    )
    start_supervisor(home)
    run_program(home, program(home, code=code))
    child = home.of("sleeper") / "child"
    assert soon(lambda: child.exists() and child.read_text())
    crash(home)
    clean_up(home)
    assert not exists(int(child.read_text()))


def test_a_reused_number_is_never_killed(home: Home, stranger: subprocess.Popen[bytes]) -> None:
    """After a reboot the numbers in an old record belong to somebody else."""
    now = identity_of(stranger.pid)
    assert now is not None
    write(home, Identity(now.pid, now.born - 10))
    assert clean_up(home) == ()
    assert stranger.poll() is None


def test_a_reused_group_is_never_killed(home: Home, stranger: subprocess.Popen[bytes]) -> None:
    write(home, Identity(2**22 + 2, 1.0), group=stranger.pid)
    assert clean_up(home) == ()
    assert stranger.poll() is None


def test_a_group_that_was_never_the_twins_own_is_spared(home: Home) -> None:
    """A supervisor that ran in a shell's group would else take the shell along."""
    with subprocess.Popen([sys.executable, "-c", SLEEPS], process_group=0) as shell:
        with subprocess.Popen([sys.executable, "-c", SLEEPS], process_group=shell.pid) as ours:
            known = identity_of(ours.pid)
            assert known is not None
            gone = Identity(2**22 + 1, 1.0)
            write_record(home, Record(gone, shell.pid, {"etcd": Running("fingerprint", known)}))
            assert [leftover.pid for leftover in clean_up(home)] == [ours.pid]
        assert shell.poll() is None
        shell.kill()


def test_another_twins_processes_are_left_alone(home: Home, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = {**os.environ, MARK: str(tmp_path_factory.mktemp("other"))}
    with subprocess.Popen([sys.executable, "-c", SLEEPS], env=other) as process:
        assert leftovers(home) == ()
        process.kill()


def test_a_twin_that_runs_has_no_leftovers(home: Home) -> None:
    start_supervisor(home)
    run_program(home, program(home))
    assert clean_up(home) == ()
    assert pid_of(home) != 0


def test_a_supervisor_that_is_just_ending_is_no_leftover(home: Home) -> None:
    """It removes its record, then goes; on a busy machine that takes it a moment, in which a new start was refused."""
    lock = home.of("supervisor.lock")
    code = (
        "import fcntl, sys, time; file = open(sys.argv[1], 'w'); fcntl.flock(file, fcntl.LOCK_EX); "
        "print('held', flush=True); time.sleep(0.5)"
    )
    command = [sys.executable, "-c", code, str(lock)]
    with subprocess.Popen(command, env={**os.environ, MARK: str(home.folder)}, stdout=subprocess.PIPE) as ending:
        assert ending.stdout is not None
        assert ending.stdout.readline() == b"held\n"
        assert leftovers(home) == ()
