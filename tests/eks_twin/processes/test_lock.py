import subprocess
import sys

import pytest

from eks_twin.errors import TwinError
from eks_twin.home import Home
from eks_twin.processes.lock import hold, is_held
from tests.eks_twin.processes.tiny_programs import soon

pytestmark = pytest.mark.slow

HOLDS = """
import sys, time
from pathlib import Path
from eks_twin.home import Home
from eks_twin.processes.lock import hold
hold(Home(Path(sys.argv[1])))
print("held", flush=True)
time.sleep(600)
"""


def test_nobody_holds_a_folder_that_was_never_used(home: Home) -> None:
    assert not is_held(home)


def test_a_lock_is_held_until_its_process_is_gone_however_it_ends(home: Home) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(home.folder)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert is_held(home)
        with pytest.raises(TwinError, match="another supervisor"):
            hold(home)
        holder.kill()
    assert soon(lambda: not is_held(home))


def test_to_look_whether_it_is_held_does_not_hold_it(home: Home) -> None:
    home.of("supervisor.lock").touch()
    assert not is_held(home)
    assert not is_held(home)
