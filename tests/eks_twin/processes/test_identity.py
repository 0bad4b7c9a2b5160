import os
import subprocess
import sys
import time

from eks_twin.processes.identity import Identity, identity_of


def test_a_process_lives_under_its_number_and_birth() -> None:
    me = identity_of(os.getpid())
    assert me is not None
    assert me.lives


def test_a_number_with_another_birth_is_somebody_else() -> None:
    me = identity_of(os.getpid())
    assert me is not None
    assert not Identity(me.pid, me.born - 10).lives


def test_a_zombie_does_not_live() -> None:
    """The supervisor that crashed is one, until whoever started it looks."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        identity = identity_of(process.pid)
        assert identity is not None
        deadline = time.monotonic() + 10
        while identity.lives and time.monotonic() < deadline:  # nobody waits for it: a wait would take it away
            time.sleep(0.02)
        assert not identity.lives


def test_a_number_that_nobody_has_is_nobody() -> None:
    assert identity_of(2**22 + 1) is None
