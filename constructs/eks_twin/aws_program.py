"""The twin's AWS as a program that the supervisor runs."""

import sys
import time

import httpx2

from eks_twin.cloud.outage import AWS
from eks_twin.cloud.settings import CloudSettings
from eks_twin.errors import TwinError
from eks_twin.home import Home
from eks_twin.processes import Program, last_lines, run_program

_READY_SECONDS = 30.0


def start_aws(settings: CloudSettings) -> None:
    """Start the twin's AWS, empty, and return when it answers. Raises TwinError with the end of its log."""
    settings.write()
    program = Program(
        name=AWS,
        command=(sys.executable, "-m", "eks_twin.cloud", str(settings.file)),
        folder=settings.folder,
        # An extension is imported from wherever this process has its modules.
        environment={"PYTHONPATH": ":".join(path for path in sys.path if path)},
        ports={"http": settings.port},
        # What it knew died with it: a new one under the old stacks' names would be a lie.
        restart=False,
    )
    run_program(Home(settings.home), program)
    _wait_until_ready(settings)


def _wait_until_ready(settings: CloudSettings) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        try:
            # moto's own page of its state; asking any service would load that one first.
            httpx2.get(f"{settings.endpoint}/moto-api/", timeout=2, trust_env=False)
            return
        except httpx2.HTTPError:
            time.sleep(0.1)
    log = Home(settings.home).logs / f"{AWS}.log"
    raise TwinError(
        f"the twin's AWS did not answer within {_READY_SECONDS:.0f} s. The end of {log}:\n{last_lines(log)}"
    )
