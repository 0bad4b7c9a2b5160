"""Rolls out new images by the real `cdk deploy`, a bad one among them, and counts the pods that stay ready."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from api_platform.proof.resilience import rollout_plots, rollout_report
from api_platform.proof.resilience.placement import places, zone_skews
from api_platform.proof.resilience.rollout import Back, Forward, Rollout
from api_platform.proof.stage import ProofStage
from api_platform.service import Service
from eks_twin.deployment.cdk import CdkCli
from eks_twin.deployment.stacks import stacks
from eks_twin.deployment.workloads import statuses
from eks_twin.errors import TwinError
from eks_twin.measure.sampling import Sampler, sampling
from eks_twin.proof.result import Outcome
from eks_twin.proof.scenario import LeftOut, Scenario

GOOD_TAG = "v1.1.0"
BAD_TAG = "broken-1"
"""kwok keeps pods of such a tag unready."""


def run(stage: ProofStage) -> Outcome:
    """Deploy a bad image to one service, good ones to the others meanwhile, and the file's images to these again."""
    found = stage.wait_until_ready()
    bad = bad_service(stage.services)
    new = stage.synthesize("rollout", context(stage.services, bad))
    nodes, skews = places(stage.cluster), zone_skews(stage.cluster, stage.namespace)
    with sampling(stage.cluster, stage.namespace) as sampler:
        try:
            forward, back = _there_and_back(stage, bad, new, sampler)
        finally:
            # Does nothing where all came as it must.
            _deploy(stage, stage.twin.cdk, stage.services)
            stage.wait_until_ready()
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


def _there_and_back(stage: ProofStage, bad: Service, cdk: CdkCli, sampler: Sampler) -> tuple[Forward, Back]:
    """Roll the good images out and back while the gates of the bad one wait: both take as long."""
    start, good = sampler.now, [service for service in stage.services if service != bad]
    with ThreadPoolExecutor(1) as pool:
        failure = pool.submit(_fail, stage, bad, cdk, sampler)
        complaint = _deploy(stage, cdk, good)
        rolled, pods, stacks = None if complaint else sampler.now, sampler.pods, _statuses(stage)
        back_from = sampler.now
        _deploy(stage, stage.twin.cdk, good)
        back = Back(back_from, sampler.now)
        failed, status, explanation, images = failure.result()
    return Forward(start, failed, {**stacks, bad.name: status}, rolled, explanation, pods, images), back


def _fail(stage: ProofStage, bad: Service, cdk: CdkCli, sampler: Sampler) -> tuple[float, str, str, Mapping[str, str]]:
    """Deploy the bad image. Returns when that ended, with which status and explanation, and all workloads' images."""
    said = _deploy(stage, cdk, [bad])
    images = {status.name: status.image for status in statuses(stage.cluster, stage.namespace)}
    return sampler.now, _statuses(stage)[bad.name], explained(said), images


def _deploy(stage: ProofStage, cdk: CdkCli, services: Sequence[Service]) -> str:
    """Deploy; return what the CDK CLI said when it failed, and nothing where it did not."""
    try:
        cdk.deploy(*(f"{stage.environment.name}/{service.name}" for service in services), exclusively=True)
    except TwinError as error:
        return str(error)
    return ""


def _statuses(stage: ProofStage) -> Mapping[str, str]:
    """Return what CloudFormation says of each service's stack: service -> status."""
    prefix = f"{stage.environment.name}-"
    return {stack.name.removeprefix(prefix): stack.status for stack in stacks(stage.aws)}


SCENARIO: Scenario[ProofStage] = Scenario(
    name="rollout",
    title="New images roll out, bad ones do not",
    expectation="While new images roll out by cdk deploy, no workload ever has fewer ready pods than wanted. A bad "
    "image stops at its first pod with all old pods serving; the deployment fails by the workload's name, and takes "
    "the image back.",
    run=run,
)
