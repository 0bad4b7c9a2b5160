"""Deploys a change of which the API server refuses one object, watches the pods meanwhile, and deploys it mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api_platform.proof.delivery.flawed_assembly import flawed
from api_platform.proof.delivery.stack import LiveStack, StackEvent
from api_platform.proof.stage import ProofStage
from eks_twin.deployment.cdk import CdkCli
from eks_twin.errors import TwinError
from eks_twin.measure.sampling import Recording, SampledPod, Sampler, sampling
from eks_twin.objects.api import ObjectsApi
from eks_twin.objects.inventory import Key, arrived, take

REFUSAL = "must be greater than or equal to `minReplicas`"
"""The API server's own words for the autoscaler that `_break` makes."""


@dataclass(frozen=True)
class Rollback:
    """What became of the faulty deployment, and of those after it."""

    workload: str
    wanted: int
    """Pods of it that must be ready all the time."""
    old_image: str
    said: str
    """By the CDK CLI; empty where it reported success."""
    said_again: str
    """When the same was deployed once more."""
    resource: str
    """The logical id of the broken object."""
    status: str
    """The stack's, after it."""
    image: str
    """Of the Deployment, after it."""
    events: Sequence[StackEvent]
    """Of the faulty operation."""
    replaced: Sequence[Key]
    """Objects that the rollback lost or made anew."""
    moments: Sequence[tuple[str, float, float]]
    """What was done, from when to when: seconds of the recording."""
    next_status: str
    """The stack's, after the mended change was deployed."""
    rolled_out: bool
    """Whether all pods were of the mended change when CloudFormation was content."""
    last_status: str
    """The stack's, after the files' own tag was deployed again."""
    recording: Recording

    @property
    def had_begun(self) -> bool:
        """Whether the Deployment had been changed when the other object was refused."""
        done = [event.resource for event in self.events if event.status == "UPDATE_COMPLETE"]
        return any(one.startswith("Deployment") for one in done)

    def is_old(self, pod: SampledPod) -> bool:
        """Whether a pod is the workload's, of the image from before."""
        return pod.workload == self.workload and pod.image == self.old_image

    def is_new(self, pod: SampledPod) -> bool:
        """Whether a pod is the workload's, of another image."""
        return pod.workload == self.workload and pod.image != self.old_image


def explains(said: str, resource: str) -> bool:
    """Whether the CDK CLI said which resource failed, and passed on why the API server refused it."""
    # It breaks lines where they are long.
    return resource in said and REFUSAL in " ".join(said.split())


@dataclass
class _Watch:
    """Notes what is done, and when."""

    sampler: Sampler
    moments: list[tuple[str, float, float]]

    def deploy(self, what: str, cdk: CdkCli, path: str) -> str:
        """Deploy a stack. Returns what the CLI said when it failed; empty where it did not."""
        started = self.sampler.now
        try:
            cdk.deploy(path, exclusively=True)
            return ""
        except TwinError as error:
            return str(error)
        finally:
            self.moments.append((what, started, self.sampler.now))


def fail_and_mend(stage: ProofStage, api: ObjectsApi, other: CdkCli, workload: str) -> Rollback:
    """Deploy `other`, an assembly with another tag, with and without a broken autoscaler; then what was there before.

    `workload`: one with a plain autoscaler, whose service is called the same. Raises TwinError where it is not Ready
    again after all.
    """
    stack = LiveStack(stage, workload)
    (before,) = (one for one in stage.wait_until_ready() if one.name == workload)
    objects = take(api)
    with sampling(stage.cluster, stage.namespace) as sampler:
        watch = _Watch(sampler, [])
        with flawed(other.assembly, stack.name, ("HorizontalPodAutoscaler", workload), _break) as resource:
            said = watch.deploy("refused", other, stack.path)
            status, events = stack.settle(), stack.last_operation
            # Whoever runs it again must not be told that there is nothing to change.
            said_again = watch.deploy("again", other, stack.path)
            stack.settle()
        (after,) = (one for one in stage.wait_until_ready() if one.name == workload)
        now = take(api)
        watch.deploy("mended", other, stack.path)
        next_status, is_out = stack.settle(), rolled_out(sampler.pods, workload, before.image)
        watch.deploy("taken back", stage.twin.cdk, stack.path)
        last_status = stack.settle()
        stage.wait_until_ready()
    return Rollback(
        workload=workload,
        wanted=before.wanted,
        old_image=before.image,
        said=said,
        said_again=said_again,
        resource=resource,
        status=status,
        image=after.image,
        events=events,
        replaced=[*arrived(objects, now), *arrived(now, objects)],
        moments=watch.moments,
        next_status=next_status,
        rolled_out=is_out,
        last_status=last_status,
        recording=sampler.recording,
    )


def _break(autoscaler: dict[str, Any]) -> None:
    """Set the minimum above the maximum."""
    autoscaler["spec"]["minReplicas"] = autoscaler["spec"]["maxReplicas"] + 1


def rolled_out(pods: Sequence[SampledPod], workload: str, old_image: str) -> bool:
    """Whether all pods of the workload that stay are ready, and none is of the old image."""
    mine = [pod for pod in pods if pod.workload == workload and not pod.leaving]
    return bool(mine) and all(pod.ready and pod.image != old_image for pod in mine)
