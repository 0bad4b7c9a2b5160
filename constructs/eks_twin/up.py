"""Brings a twin up: from nothing, or from wherever it is, to an environment whose workloads are all Ready."""

import contextlib
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from api_platform import names
from api_platform.environment import Environment, load_environments
from api_platform.overrides import parse_overrides
from api_platform.services import all_services
from eks_twin.aws_program import start_aws
from eks_twin.binaries import (
    CONTROL_PLANE,
    KEDA,
    Binaries,
    BinariesMissingError,
    Progress,
    find_binaries,
    in_silence,
)
from eks_twin.binaries.custom_resource_definitions import find_custom_resource_definitions
from eks_twin.cloud.outage import AWS
from eks_twin.control_plane import open_control_plane, start_control_plane
from eks_twin.control_plane.keda import OPERATOR as KEDA_OPERATOR
from eks_twin.control_plane.keda import Aws, start_keda
from eks_twin.deployment.readiness import wait_until_ready
from eks_twin.deployment.snapshot import look
from eks_twin.deployment.stacks import stacks
from eks_twin.deployment.view import View
from eks_twin.errors import InputError, TwinError
from eks_twin.home import Home
from eks_twin.metrics_api.program import start_metrics_api
from eks_twin.processes.leftovers import clean_up, is_supervised
from eks_twin.processes.lifecycle import stop
from eks_twin.processes.ports import free_ports
from eks_twin.status import runs
from eks_twin.timings import Timings
from eks_twin.twin import Twin, open_twin

Say = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What a run of `twin up` asks for."""

    environment: str
    settings: Sequence[str] = ()
    """Image tags for this run, e.g. `api-service.image.tag=v1.1.0`."""
    keda: bool | None = None
    """Whether KEDA runs: True builds it where it is missing. Default: if it is built already."""
    ready_seconds: float = 180.0
    """How long the workloads may take to be Ready after the deployment."""
    stop_with: int | None = None
    """A process with which the twin ends. Default: it runs until `twin down`."""


@dataclass(frozen=True)
class Parts:
    """What a twin is made of."""

    binaries: Binaries
    definitions: Mapping[str, Path]


def up(home: Home, wanted: Wanted, *, say: Say, progress: Progress = in_silence) -> tuple[Twin, Timings]:
    """Bring the twin up and deploy to it by the real CDK CLI. Returns when all workloads are Ready.

    Raises InputError on bad input before anything starts, TwinError with the reason when something fails.
    """
    (environment,) = load_environments(wanted.environment, parse_overrides(wanted.settings))
    all_services(environment)  # refuses what the CDK would only refuse when the control plane is up
    _refuse_another_environment(home, environment)
    parts = find_parts(wanted.keda, progress)
    timings = Timings()
    if _runs(home, say):
        twin = open_twin(home)
        twin.cdk.synthesize(wanted.settings)
        timings.done("cdk synth")
    else:
        twin = _start(home, environment, parts, wanted, timings)
    deploy(twin, wanted, parts, timings)
    return twin, timings


def find_parts(keda: bool | None, progress: Progress = in_silence) -> Parts:
    """Find what a twin is made of, and build what is missing."""
    families = (*CONTROL_PLANE, KEDA) if keda else CONTROL_PLANE
    binaries = find_binaries(families, progress=progress)
    if keda is None:
        with contextlib.suppress(BinariesMissingError):
            binaries = find_binaries((*CONTROL_PLANE, KEDA), build=False)
    return Parts(binaries, find_custom_resource_definitions(progress=progress))


def deploy(twin: Twin, wanted: Wanted, parts: Parts, timings: Timings) -> None:
    """Deploy what was synthesized, and wait until all workloads are Ready, with a view of both."""
    prefix = f"{twin.environment.name}-"
    with View(lambda: look(twin.clients, twin.cluster, prefix=prefix, namespace=twin.namespace)):
        for stack in stacks(twin.clients, prefix):
            if stack.is_stuck:
                twin.cdk.roll_back(f"{twin.environment.name}/{stack.name.removeprefix(prefix)}")
        twin.cdk.deploy()
        timings.done("cdk deploy")
        if KEDA_OPERATOR in parts.binaries and not runs(twin.home, KEDA_OPERATOR):
            role = names.role_arn(twin.environment, names.KEDA_OPERATOR)
            aws = Aws(twin.endpoint, twin.environment.region, role)
            start_keda(open_control_plane(twin.home), parts.binaries, aws)
            timings.done("KEDA")
        wait_until_ready(twin.cluster, twin.namespace, wanted.ready_seconds)
        timings.done("workloads Ready")


def _refuse_another_environment(home: Home, environment: Environment) -> None:
    if is_supervised(home) and (held := open_twin(home).environment.name) != environment.name:
        raise InputError(f"the twin in {home.folder} holds {held}. Take it down first: api-platform twin down")


def _runs(home: Home, say: Say) -> bool:
    """Whether there is a whole twin to go on with; what is left of a broken one is cleared away."""
    if is_supervised(home):
        if runs(home, AWS):
            return True
        say("The twin's AWS has died, and with it all that it knew of stacks, roles and queues. Rebuilding everything.")
        stop(home)
    elif found := clean_up(home):
        say(f"A twin that crashed left {', '.join(map(str, found))} running: ended. Starting anew.")
    shutil.rmtree(home.folder, ignore_errors=True)
    return False


def _start(home: Home, environment: Environment, parts: Parts, wanted: Wanted, timings: Timings) -> Twin:
    """Start everything from nothing. The CDK synthesizes meanwhile: neither needs the other."""
    home.make()
    twin = Twin(home, environment, free_ports([AWS])[AWS])
    with ThreadPoolExecutor(1) as pool:
        synthesis = pool.submit(twin.cdk.synthesize, wanted.settings)
        plane = start_control_plane(home, parts.binaries, stop_with=wanted.stop_with)
        timings.done("control plane")
        start_aws(twin, Path(os.environ["JSII_NODE"]), parts.definitions)
        twin.remember()
        start_metrics_api(plane)
        timings.done("AWS and metrics")
        synthesis.result()
        timings.done("the rest of cdk synth")
    twin.cdk.bootstrap()
    timings.done("cdk bootstrap")
    return twin


def down(home: Home) -> tuple[str, ...]:
    """End the twin's programs and remove its folder; return what was ended. Nothing is left, of a crashed one too."""
    if home.folder.exists() and not (home.folder / "logs").is_dir():
        raise TwinError(f"{home.folder} is no twin's folder: it is left as it is.")
    ended = stop(home)
    shutil.rmtree(home.folder, ignore_errors=True)
    return ended
