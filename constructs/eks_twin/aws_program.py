"""The twin's AWS as a program that the supervisor runs."""

import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx2

from api_platform import names
from eks_twin.cloud.outage import AWS
from eks_twin.cloud.settings import CloudSettings
from eks_twin.errors import TwinError
from eks_twin.processes.files import last_lines
from eks_twin.processes.lifecycle import run_program
from eks_twin.processes.program import Program
from eks_twin.twin import KUBECTL, Twin

_READY_SECONDS = 30.0


def start_aws(twin: Twin, node: Path, definitions: Mapping[str, Path]) -> None:
    """Start the twin's AWS, empty, and return when it answers. Raises TwinError with the end of its log."""
    settings = CloudSettings(
        home=twin.home.folder,
        port=twin.port,
        account=twin.environment.account,
        region=twin.environment.region,
        cluster=names.cluster_name(twin.environment),
        kubectl=KUBECTL,
        node=node,
        definitions=definitions,
    )
    settings.write()
    program = Program(
        name=AWS,
        command=(sys.executable, "-m", "eks_twin.cloud", str(settings.file)),
        folder=settings.folder,
        ports={"http": twin.port},
        # What it knew died with it: a new one under the old stacks' names would be a lie.
        restart=False,
    )
    run_program(twin.home, program)
    _wait_until_ready(twin)


def _wait_until_ready(twin: Twin) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        try:
            # moto's own page of its state; asking any service would load that one first.
            httpx2.get(f"{twin.endpoint}/moto-api/", timeout=2, trust_env=False)
            return
        except httpx2.HTTPError:
            time.sleep(0.1)
    log = twin.home.logs / f"{AWS}.log"
    raise TwinError(
        f"the twin's AWS did not answer within {_READY_SECONDS:.0f} s. The end of {log}:\n{last_lines(log)}"
    )
