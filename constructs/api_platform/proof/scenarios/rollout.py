"""Rolls out new images by the real `cdk deploy`, a bad one among them, and counts the pods that stay ready."""

import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from api_platform.proof.resilience import rollout_plots, rollout_report
from api_platform.proof.resilience.placement import places, zone_skews
from api_platform.proof.resilience.rollout import Back, Forward, Rollout, names_of
from api_platform.proof.stage import ProofStage
from api_platform.service import Service
from eks_twin.deployment.cdk import CdkCli
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


def run(stage: ProofStage) -> Outcome:
    """Deploy a bad image to one service and good ones to the others; then the file's images again."""
    found = stage.wait_until_ready()
    bad = bad_service(stage.services)
    new = stage.synthesize("rollout", context(stage.services, bad))
    nodes, skews = places(stage.cluster), zone_skews(stage.cluster, stage.namespace)
    with sampling(stage.cluster, stage.namespace) as sampler:
        try:
            forward = _roll_out(stage, bad, new, sampler)
        finally:
            back = _go_back(stage, sampler)
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


def context(services: Sequence[Service], bad: Service) -> Sequence[str]:
    """Return the CDK context: everybody's tag, and a wait that ends before Kubernetes gives a rollout up."""
    tags = [f"{service.name}.image.tag={BAD_TAG if service == bad else GOOD_TAG}" for service in services]
    return [*tags, f"rollout-wait-seconds={rollout_report.WAIT_SECONDS}"]


def explained(said: str) -> str:
    """Return what `api-platform explain-failure` makes of what the CDK CLI said."""
    command = [sys.executable, "-m", "api_platform.cli", "explain-failure"]
    return subprocess.run(command, input=said, capture_output=True, text=True, check=False).stderr.strip()


def _roll_out(stage: ProofStage, bad: Service, cdk: CdkCli, sampler: Sampler) -> Forward:
    start = sampler.now
    good = [name for service in stage.services if service != bad for name in names_of(service)]
    with ThreadPoolExecutor(1) as pool:
        deployment = pool.submit(_said, cdk, _stacks(stage))
        rolled = sampler.now if happens_within(_ROLL_SECONDS, lambda: _have_the_new(stage, good)) else None
        pods, said = sampler.pods, deployment.result()
    images = {status.name: status.image for status in statuses(stage.cluster, stage.namespace)}
    return Forward(start, sampler.now, _statuses(stage), rolled, explained(said), pods, images)


def _said(cdk: CdkCli, paths: Sequence[str]) -> str:
    """Deploy; return what the CDK CLI said when it failed, and nothing where it did not."""
    try:
        cdk.deploy(*paths, exclusively=True)
    except TwinError as error:
        return str(error)
    return ""


def _go_back(stage: ProofStage, sampler: Sampler) -> Back:
    """Deploy the file's images, so that the twin is as it was."""
    start = sampler.now
    stage.twin.cdk.deploy(*_stacks(stage), exclusively=True)
    stage.wait_until_ready(_ROLL_SECONDS)
    return Back(start, sampler.now)


def _stacks(stage: ProofStage) -> Sequence[str]:
    return [f"{stage.environment.name}/{service.name}" for service in stage.services]


def _statuses(stage: ProofStage) -> Mapping[str, str]:
    """Return what CloudFormation says of each service's stack: service -> status."""
    prefix = f"{stage.environment.name}-"
    return {stack.name.removeprefix(prefix): stack.status for stack in stacks(stage.aws)}


def _have_the_new(stage: ProofStage, names: Collection[str]) -> bool:
    found = [status for status in statuses(stage.cluster, stage.namespace) if status.name in names]
    return all(status.is_ready and f":{GOOD_TAG}" in status.image for status in found)


SCENARIO: Scenario[ProofStage] = Scenario(
    name="rollout",
    title="New images roll out, bad ones do not",
    expectation="While new images roll out by cdk deploy, no workload ever has fewer ready pods than wanted. A bad "
    "image stops at its first pod with all old pods serving; the deployment fails by the workload's name, and takes "
    "the image back.",
    run=run,
)
