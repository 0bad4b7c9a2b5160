"""Brings a twin up: from nothing, or from wherever it is, to an app whose workloads are all Ready; and down again."""

import contextlib
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from eks_twin.app import App
from eks_twin.aws_program import start_aws
from eks_twin.binaries import (
    CONTROL_PLANE,
    Binaries,
    BinariesMissingError,
    Progress,
    find_binaries,
    find_custom_resource_definitions,
    in_silence,
)
from eks_twin.cloud.outage import AWS
from eks_twin.cloud.settings import CloudSettings
from eks_twin.clusters import Clusters
from eks_twin.control_plane.keda import Aws
from eks_twin.deployment.cdk import CdkCli
from eks_twin.deployment.project import Project
from eks_twin.deployment.readiness import wait_until_ready
from eks_twin.deployment.stacks import is_bootstrapped, stacks
from eks_twin.deployment.view import View
from eks_twin.errors import InputError, TwinError
from eks_twin.extension import Extension, load_extension
from eks_twin.home import Home
from eks_twin.host_programs import host_program
from eks_twin.kubernetes_clients import connect
from eks_twin.processes import clean_up, free_ports, is_supervised, leftovers, start_supervisor, stop
from eks_twin.release import releases
from eks_twin.snapshot import look
from eks_twin.status import runs
from eks_twin.timings import Timings
from eks_twin.twin import Twin, open_twin

Say = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What a run of `up` asks for."""

    project: Project
    context: Sequence[str] = ()
    """Context of the app for this run, e.g. `api-service.image.tag=v1.1.0`."""
    extension: str = ""
    """What the app adds to the twin, as `module:attribute`. Default: nothing."""
    natives: bool | None = None
    """Whether KEDA, and what an extension adds, runs: True builds it. Default: if it is built already."""
    ready_seconds: float = 180.0
    """How long the workloads may take to be Ready after the deployment."""
    stop_with: int | None = None
    """A process with which the twin ends. Default: it runs until it is taken down."""


def up(home: Home, wanted: Wanted, *, say: Say, progress: Progress = in_silence) -> tuple[Twin, Timings]:
    """Bring the twin up and deploy to it by the real CDK CLI. Returns when all workloads are Ready.

    Raises InputError on bad input before anything starts, TwinError with the reason when something fails.
    """
    if shutil.which(wanted.project.cdk) is None:
        raise InputError(f"the CDK CLI, {wanted.project.cdk}, is not there. Install it (npm install aws-cdk), on PATH.")
    extension = load_extension(wanted.extension)
    binaries = find_programs(extension, wanted.natives, progress)
    timings = Timings()
    if _runs(home, say):
        twin = open_twin(home)
        app = CdkCli(home, wanted.project, twin.endpoint, home.assembly).synthesize(wanted.context)
        twin = twin.holding(wanted.project, app)
        timings.done("cdk synth")
    else:
        settings = _settings(home, wanted, extension, binaries, progress)
        twin, app = _start(home, wanted, settings, timings)
    _start_clusters(twin, app, Clusters(home, binaries, wanted.stop_with), timings)
    _deploy(twin, app, wanted, timings, (extension, binaries))
    return twin, timings


def find_programs(extension: Extension, natives: bool | None, progress: Progress = in_silence) -> Binaries:
    """Find what a twin runs, and build what is missing; what runs in the place of charts only where it is wanted."""
    families = [native.family for native in extension.natives]
    binaries = find_binaries((*CONTROL_PLANE, *(families if natives else ())), progress=progress)
    if natives is None:
        with contextlib.suppress(BinariesMissingError):
            binaries = find_binaries((*CONTROL_PLANE, *families), build=False)
    return binaries


def down(home: Home) -> tuple[str, ...]:
    """End the twin's programs and remove its folder; return what was ended. Nothing is left, of a crashed one too.

    Raises TwinError where the folder is somebody else's.
    """
    if home.folder.exists() and not home.logs.is_dir():
        raise TwinError(f"{home.folder} is no twin's folder: it is left as it is.")
    ended = [str(found) for one in _homes(home) for found in leftovers(one)]
    ended += stop_all(home)
    shutil.rmtree(home.folder, ignore_errors=True)
    return tuple(ended)


def stop_all(home: Home) -> list[str]:
    """End the twin's programs, and leave its folder with their logs; return what was ended."""
    aws, *clusters = _homes(home)
    ended = list(stop(aws))
    with ThreadPoolExecutor() as pool:
        return ended + [name for names in pool.map(stop, clusters) for name in names]


def _homes(home: Home) -> list[Home]:
    """Return all folders with programs of their own. First the twin's AWS, which would start clusters again."""
    return [home, *(home.of_cluster(cluster) for cluster in home.clusters)]


def _runs(home: Home, say: Say) -> bool:
    """Whether there is a whole twin to go on with; what is left of a broken one is cleared away."""
    if is_supervised(home) and runs(home, AWS):
        return True
    if is_supervised(home):
        say("The twin's AWS has died, and with it all that it knew of stacks, roles and queues. Rebuilding everything.")
    elif found := [str(left) for one in _homes(home) for left in clean_up(one)]:
        say(f"A twin that crashed left {', '.join(found)} running: ended. Starting anew.")
    stop_all(home)
    shutil.rmtree(home.folder, ignore_errors=True)
    return False


def _settings(
    home: Home, wanted: Wanted, extension: Extension, binaries: Binaries, progress: Progress
) -> CloudSettings:
    known = extension.definitions
    return CloudSettings(
        home=home.folder,
        port=free_ports([AWS])[AWS],
        kubectl=host_program("kubectl"),
        node=host_program("node"),
        binaries=binaries,
        definitions=find_custom_resource_definitions(known, progress=progress) if known else {},
        extension=wanted.extension,
        stop_with=wanted.stop_with,
    )


def _start(home: Home, wanted: Wanted, settings: CloudSettings, timings: Timings) -> tuple[Twin, App]:
    """Start an AWS that holds nothing. The CDK synthesizes meanwhile: neither needs the other."""
    start_supervisor(home, wanted.stop_with)
    twin = Twin(home, wanted.project, settings.port)
    with ThreadPoolExecutor(1) as pool:
        synthesis = pool.submit(twin.cdk.synthesize, wanted.context)
        start_aws(settings)
        timings.done("AWS")
        app = synthesis.result()
        timings.done("the rest of cdk synth")
    return twin.holding(wanted.project, app), app


def _start_clusters(twin: Twin, app: App, clusters: Clusters, timings: Timings) -> None:
    """Start the control planes of the app, and bootstrap its accounts meanwhile. What runs already stays."""
    with ThreadPoolExecutor(1) as pool:
        fresh = [place for place in app.places if not is_bootstrapped(twin.clients(place))]
        bootstrap = pool.submit(twin.cdk.bootstrap, fresh)
        for cluster in app.clusters:
            clusters.start(cluster)
        timings.done("control planes")
        bootstrap.result()
        timings.done("the rest of cdk bootstrap")


def _deploy(twin: Twin, app: App, wanted: Wanted, timings: Timings, parts: tuple[Extension, Binaries]) -> None:
    """Deploy what was synthesized, and wait until all workloads are Ready, with a view of both."""
    with View(lambda: look(twin)):
        for place in app.places:
            paths = {stack.name: stack.path for stack in app.stacks if stack.place == place}
            for stack in stacks(twin.clients(place), app.stacks):
                if stack.is_stuck:
                    twin.cdk.roll_back(paths[stack.name])
        twin.cdk.deploy()
        timings.done("cdk deploy")
        start_natives(twin, *parts)
        timings.done("KEDA and the like")
        for cluster in twin.home.clusters:
            wait_until_ready(connect(twin.home.of_cluster(cluster)), wanted.ready_seconds)
        timings.done("workloads Ready")


def start_natives(twin: Twin, extension: Extension, binaries: Binaries) -> None:
    """Start what runs in the place of the installed charts, where it is built and does not run yet."""
    by_chart = {native.chart: native for native in extension.natives if native.program in binaries}
    clusters = Clusters(twin.home, binaries)
    for cluster in twin.home.clusters:
        home = twin.home.of_cluster(cluster)
        for release in releases(home):
            native = by_chart.get(release.chart)
            if native and not runs(home, native.program):
                native.start(clusters.open(cluster), binaries, Aws(twin.endpoint, cluster.place.region), release)
