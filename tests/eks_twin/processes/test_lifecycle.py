import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from eks_twin.errors import TwinError
from eks_twin.home import Home
from eks_twin.processes import is_supervised, read_record, run_program, start_supervisor, stop, withdraw
from tests.eks_twin.processes.tiny_programs import (
    IGNORES_SIGTERM,
    NOTES_ITS_END,
    exists,
    log_of,
    pid_of,
    program,
    restarts_of,
    soon,
)

pytestmark = pytest.mark.slow


def test_programs_run_in_one_session_of_their_own(home: Home) -> None:
    """Else the terminal's Ctrl-C would reach them, and a crashed twin could not be found by its group."""
    start_supervisor(home)
    run_program(home, program(home, "one"))
    run_program(home, program(home, "two"))
    record = read_record(home)
    assert record is not None
    assert {os.getsid(pid_of(home, name)) for name in ("one", "two")} == {record.group}
    assert record.group == record.supervisor.pid != os.getsid(0)


def test_a_killed_program_comes_back(home: Home) -> None:
    start_supervisor(home)
    run_program(home, program(home))
    first = pid_of(home)
    os.kill(first, signal.SIGKILL)
    assert soon(lambda: pid_of(home) not in {0, first})
    assert restarts_of(home) == 1
    assert "start 2, after exit -9" in log_of(home)


def test_a_program_that_is_not_to_be_restarted_stays_down(home: Home) -> None:
    start_supervisor(home)
    run_program(home, program(home, code="raise SystemExit(3)", restart=False))
    assert soon(lambda: (record := read_record(home)) and record.programs["sleeper"].exit == 3)
    time.sleep(1)  # five times the delay of a first restart
    assert restarts_of(home) == 0


def test_a_program_that_cannot_be_run_says_why_in_its_log(home: Home) -> None:
    start_supervisor(home)
    run_program(home, program(home, command=(str(home.of("nothing-here")),)))
    assert "cannot be started" in log_of(home)
    assert is_supervised(home)


def test_programs_stop_in_reverse_order(home: Home) -> None:
    """The API server must go before its store, or it spends its end complaining."""
    start_supervisor(home)
    for name in ("first", "second", "third"):
        run_program(home, program(home, name, NOTES_ITS_END))
        assert soon(lambda name=name: "ready" in log_of(home, name))  # type: ignore[misc]  # mypy: a lambda's default
    assert stop(home) == ("first", "second", "third")
    assert home.of("ends").read_text() == "third second first "


@pytest.mark.slow
def test_what_ignores_sigterm_is_killed_after_the_grace(home: Home) -> None:
    start_supervisor(home)
    run_program(home, program(home, code=IGNORES_SIGTERM))
    assert soon(lambda: "ready" in log_of(home))
    pid = pid_of(home)
    start = time.monotonic()
    stop(home)
    assert not exists(pid)
    assert time.monotonic() - start < 12, "the supervisor did not kill it, but was killed itself"


def test_what_a_program_started_itself_ends_with_the_twin(home: Home) -> None:
    """The AWS server starts handlers; one that hangs would outlive it."""
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print('child', child.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as owner:
        start_supervisor(home, stop_with=owner.pid)
        run_program(home, program(home, code=code))
        assert soon(lambda: "child" in log_of(home))
        owner.kill()
    grandchild = int(log_of(home).split()[-1])
    assert soon(lambda: not exists(grandchild))


def test_stopping_twice_does_nothing_the_second_time(home: Home) -> None:
    start_supervisor(home)
    run_program(home, program(home))
    assert stop(home) == ("sleeper",)
    assert stop(home) == ()
    assert not home.record.exists()


def test_a_program_is_replaced_where_its_words_change(home: Home) -> None:
    start_supervisor(home)
    run_program(home, program(home))
    first = pid_of(home)
    run_program(home, program(home, environment={"SPEED": "2"}))
    assert not exists(first)
    assert pid_of(home) not in {0, first}


def test_a_program_asked_for_twice_in_the_same_words_keeps_running(home: Home) -> None:
    start_supervisor(home)
    run_program(home, program(home))
    first = pid_of(home)
    run_program(home, program(home))
    assert pid_of(home) == first


def test_a_withdrawn_program_stops(home: Home) -> None:
    start_supervisor(home)
    run_program(home, program(home))
    pid = pid_of(home)
    withdraw(home, "sleeper")
    assert soon(lambda: not exists(pid))
    assert soon(lambda: (record := read_record(home)) and not record.programs)


def test_a_program_sees_nothing_of_the_users_own_environment(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a user's AWS variables KEDA would ask the real AWS for the length of a queue."""
    monkeypatch.setenv("AWS_PROFILE", "somebody")
    code = "import os, time; print(sorted(os.environ), os.environ['HOME'], flush=True); time.sleep(600)"
    start_supervisor(home)
    run_program(home, program(home, code=code))
    assert soon(lambda: "PATH" in log_of(home))
    assert "AWS_PROFILE" not in log_of(home)
    assert str(home.folder) in log_of(home)


def test_a_second_supervisor_is_refused(home: Home) -> None:
    start_supervisor(home)
    with pytest.raises(TwinError, match="runs already"):
        start_supervisor(home)


def test_the_supervisors_own_lock_holds_where_the_record_is_lost(home: Home) -> None:
    start_supervisor(home)
    supervisor = read_record(home)
    home.record.unlink()
    second = subprocess.run(
        [sys.executable, "-m", "eks_twin.processes", str(home.folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert second.returncode == 1
    assert "another supervisor" in second.stderr
    assert "Traceback" not in second.stderr
    assert supervisor is not None
    assert supervisor.supervisor.lives
    assert stop(home) != ()
    assert not supervisor.supervisor.lives


def test_the_record_is_written_at_changes_alone(home: Home) -> None:
    """A second one, right after the first, brought back a record that had been lost meanwhile."""
    code = (
        "from eks_twin.processes import supervisor as it\n"
        "from eks_twin.home import Home; from pathlib import Path\n"
        "it.write_record = lambda *_: print('written', flush=True)\n"
        f"it.Supervisor(Home(Path({str(home.folder)!r}))).run()"
    )
    home.of("programs").mkdir(parents=True)
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as supervisor:
        assert supervisor.stdout is not None
        first = supervisor.stdout.readline()
        time.sleep(0.5)  # five beats
        supervisor.terminate()
        others, _ = supervisor.communicate(timeout=30)
    assert (first, others) == ("written\n", "")


def test_no_program_starts_in_a_twin_that_is_down(home: Home) -> None:
    with pytest.raises(TwinError, match="is down"):
        run_program(home, program(home))


def test_a_twin_ends_with_the_process_that_it_stops_with(home: Home) -> None:
    """A test run that is killed must not leave servers behind."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as owner:
        start_supervisor(home, stop_with=owner.pid)
        run_program(home, program(home))
        pid = pid_of(home)
        owner.kill()
    assert soon(lambda: not exists(pid))
    assert soon(lambda: not is_supervised(home))


def test_a_twin_ends_where_its_folder_is_removed(home: Home) -> None:
    start_supervisor(home)
    run_program(home, program(home))
    pid = pid_of(home)
    record = read_record(home)
    shutil.rmtree(home.folder)
    assert soon(lambda: not exists(pid))
    assert record is not None
    assert soon(lambda: not record.supervisor.lives)
