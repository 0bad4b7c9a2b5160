"""Rolls out new images by the real `cdk deploy`, a bad one among them, and counts the pods that stay ready."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from lightkube.resources.apps_v1 import Deployment

from api_platform.proof.resilience import rollout_plots, rollout_report
from api_platform.proof.resilience.placement import places, zone_skews
from api_platform.proof.resilience.rollout import Back, Forward, Rollout, names_of
from api_platform.proof.stage import ProofStage
from api_platform.service import Service
from eks_twin.deployment.stacks import stacks
from eks_twin.deployment.workloads import statuses
from eks_twin.errors import TwinError
from eks_twin.measure.sampling import Sampler, sampling
from eks_twin.measure.waiting import happens_within
from eks_twin.proof.result import Outcome
from eks_twin.proof.scenario import LeftOut, Scenario

GOOD_TAG = "v1.1.0"
BAD_TAG = "broken-1"
"""kwok keeps pods of such a tag unready."""
_ROLL_SECONDS = 150.0
_COMPLAIN_AFTER_SECONDS = 2.0
"""The bad pods have been there for as long as the good ones took: no need to wait more."""


def run(stage: ProofStage) -> Outcome:
    """Deploy a bad image to one service and good ones to the others; then the file's images again."""
    found = stage.wait_until_ready()
    bad = bad_service(stage.services)
    nodes, skews = places(stage.cluster), zone_skews(stage.cluster, stage.namespace)
    with sampling(stage.cluster, stage.namespace) as sampler:
        way_back = _WayBack(stage, sampler)
        try:
            forward = _roll_out(stage, bad, sampler, way_back)
        finally:
            back = way_back.go()
        recording = sampler.recording
    seen = Rollout(
        services=stage.services,
        bad=bad,
        nodes=nodes,
        wanted={status.name: status.wanted for status in found},
        images={status.name: status.image for status in found},
        skews=skews,
        forward=forward,
        back=back,
        recording=recording,
    )
    return Outcome(
        figures=rollout_report.figures(seen),
        tables=rollout_report.tables(seen),
        plots=rollout_plots.plots(seen),
        notes=rollout_report.notes(),
        failures=rollout_report.failures(seen),
    )


def bad_service(services: Sequence[Service]) -> Service:
    """Return the service that gets the bad image: the last one that people call. Raises LeftOut where there is none."""
    called = [service for service in services if any(workload.exposure for workload in service.workloads)]
    if not called or len(services) == 1:
        raise LeftOut("It needs a service that people call, for the bad image, and another one beside it.")
    return called[-1]


def _roll_out(stage: ProofStage, bad: Service, sampler: Sampler, way_back: "_WayBack") -> Forward:
    start = sampler.now
    tags = {service.name: BAD_TAG if service == bad else GOOD_TAG for service in stage.services}
    stage.deploy(*_stacks(stage), settings=[f"{service}.image.tag={tag}" for service, tag in tags.items()])
    content = sampler.now
    good = [name for service in stage.services if service != bad for name in names_of(service)]
    with ThreadPoolExecutor(1) as pool:
        preparation = pool.submit(way_back.prepare)
        rolled = sampler.now if happens_within(_ROLL_SECONDS, lambda: _are_ready(stage, good)) else None
    preparation.result()
    return Forward(start, content, _statuses(stage), rolled, _complaint(stage), sampler.pods)


@dataclass
class _WayBack:
    """To the file's images, so that the twin is as it was."""

    stage: ProofStage
    sampler: Sampler
    is_prepared: bool = False

    def prepare(self) -> None:
        """Synthesize already: pods take longer to roll."""
        self.stage.twin.cdk.synthesize()
        self.is_prepared = True

    def go(self) -> Back:
        """Deploy the file's images, and wait until they are everywhere."""
        start = self.sampler.now
        if not self.is_prepared:
            self.prepare()
        self.stage.twin.cdk.deploy(*_stacks(self.stage), exclusively=True)
        with _in_a_hurry(self.stage):
            self.stage.wait_until_ready(_ROLL_SECONDS)
        return Back(start, self.sampler.now)


def _stacks(stage: ProofStage) -> Sequence[str]:
    return [f"{stage.environment.name}/{service.name}" for service in stage.services]


def _statuses(stage: ProofStage) -> Mapping[str, str]:
    """Return what CloudFormation says of each service's stack: service -> status."""
    prefix = f"{stage.environment.name}-"
    return {stack.name.removeprefix(prefix): stack.status for stack in stacks(stage.aws)}


def _are_ready(stage: ProofStage, names: Collection[str]) -> bool:
    return all(status.is_ready for status in statuses(stage.cluster, stage.namespace) if status.name in names)


def _complaint(stage: ProofStage) -> str:
    try:
        stage.wait_until_ready(_COMPLAIN_AFTER_SECONDS)
    except TwinError as error:
        return str(error)
    return ""


@contextmanager
def _in_a_hurry(stage: ProofStage) -> Iterator[None]:
    """Let pods count as soon as they are Ready, until the end of the block."""
    before = {
        str(deployment.metadata.name): deployment.spec.minReadySeconds or 0
        for deployment in stage.cluster.list(Deployment, namespace=stage.namespace)
        if deployment.metadata and deployment.spec
    }
    try:
        for name in before:
            stage.cluster.patch(Deployment, name, {"spec": {"minReadySeconds": 0}})
        yield
    finally:
        for name, seconds in before.items():
            stage.cluster.patch(Deployment, name, {"spec": {"minReadySeconds": seconds}})


SCENARIO: Scenario[ProofStage] = Scenario(
    name="rollout",
    title="New images roll out, bad ones do not",
    expectation="While new images roll out by cdk deploy, no workload ever has fewer ready pods than wanted; a bad "
    "image stops at its first pod with all old pods serving, and the wait after the deploy names it.",
    run=run,
)
