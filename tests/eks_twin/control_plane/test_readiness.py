import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from eks_twin.control_plane.readiness import Endpoint, PortIsTakenError, wait_until_ready
from eks_twin.errors import TwinError
from eks_twin.home import Home
from eks_twin.processes import Program, free_ports, run_program, start_supervisor, stop

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "twin")
    start_supervisor(home)
    yield home
    stop(home)


def run(home: Home, code: str) -> None:
    run_program(home, Program("etcd", (sys.executable, "-c", code), home.of("etcd")))


def never() -> bool:
    return False


def test_a_program_that_keeps_dying_is_reported_with_the_end_of_its_log(home: Home) -> None:
    run(home, "print('unknown flag: --nonsense', flush=True); raise SystemExit(2)")
    start = time.monotonic()
    with pytest.raises(TwinError, match=r"etcd died 3 times, at last with exit 2.*\n(.*\n)*unknown flag: --nonsense"):
        wait_until_ready(home, "etcd", never, 60)
    assert time.monotonic() - start < 15


def test_a_port_that_somebody_has_is_told_apart(home: Home) -> None:
    """The start is then tried again, with other ports."""
    run(home, "print('listen tcp 127.0.0.1:20001: bind: address already in use', flush=True); raise SystemExit(1)")
    with pytest.raises(PortIsTakenError):
        wait_until_ready(home, "etcd", never, 60)


def test_a_program_that_is_never_ready_is_reported_with_the_end_of_its_log(home: Home) -> None:
    run(home, "import time; print('waiting for nobody', flush=True); time.sleep(600)")
    with pytest.raises(TwinError, match=r"not ready after 1 s.*\n(.*\n)*waiting for nobody"):
        wait_until_ready(home, "etcd", never, 1)


def test_a_program_that_dies_once_may_still_become_ready(home: Home) -> None:
    run(
        home,
        "from pathlib import Path; import time; f = Path('been'); f.exists() or (f.touch(), exit(1)); time.sleep(9)",
    )
    wait_until_ready(home, "etcd", lambda: "start 2" in (home.logs / "etcd.log").read_text(), 15)


def test_nobody_listening_is_not_ready() -> None:
    assert not Endpoint(f"http://127.0.0.1:{free_ports(['nobody'])['nobody']}/healthz").answers()
