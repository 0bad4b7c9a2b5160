"""What the scenario `rollout` saw, and what follows from it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from api_platform.proof.resilience.placement import NodePlace, by_zone, skew
from api_platform.service import Service
from eks_twin.measure.sampling import Recording, SampledPod, lowest
from eks_twin.measure.steps import Steps


@dataclass(frozen=True)
class Forward:
    """The deployments of good images and of a bad one. Moments are seconds since the sampling began."""

    start: float
    failed: float
    """When the CDK CLI gave the bad image up: its stack was rolled back."""
    stacks: Mapping[str, str]
    """Service -> the status of its stack when its deployment had ended."""
    rolled: float | None
    """When the CDK CLI was done with the good images: they were everywhere; None where it failed."""
    complaint: str
    """How the failure was explained to whoever deployed; empty where nothing failed."""
    pods: Sequence[SampledPod]
    """At that moment, or where it failed."""
    images: Mapping[str, str]
    """Workload -> image, when the CDK CLI had given the bad one up."""


@dataclass(frozen=True)
class Back:
    """The deployment of the file's images instead of the good ones, while the bad one was still waited for."""

    start: float
    done: float


@dataclass(frozen=True)
class Rollout:
    """Both deployments, and the pods meanwhile."""

    services: Sequence[Service]
    bad: Service
    """The service that got the bad image; the others got good ones."""
    nodes: Sequence[NodePlace]
    wanted: Mapping[str, int]
    """Workload -> replicas."""
    images: Mapping[str, str]
    """Workload -> image at the start."""
    skews: Mapping[str, int]
    """Workload -> by how many pods its zones may differ."""
    forward: Forward
    back: Back
    recording: Recording

    @property
    def good(self) -> Sequence[str]:
        """The workloads that got a good image."""
        return [name for service in self.services if service != self.bad for name in names_of(service)]

    @property
    def all(self) -> Sequence[str]:
        """All workloads, in the order of their colours."""
        return [name for service in self.services for name in names_of(service)]

    def least(self, workload: str) -> int:
        """Return how few of a workload's pods were ready, at worst."""
        return lowest(self.recording.ready(workload))

    def most(self, workload: str) -> int:
        """Return how many pods of a workload there were at a time, those that were told to go left out."""
        counted = self.recording.count(lambda pod: pod.workload == workload and not pod.leaving)
        return max(counted.between(0, self.recording.end))

    def ready(self, workloads: Collection[str], *, old: bool) -> Steps:
        """Return the ready pods of these workloads, of the image that was there at the start, or of any other."""
        return self.recording.count(
            lambda pod: pod.workload in workloads and pod.ready and (pod.image == self.images[pod.workload]) is old
        )

    @property
    def bad_pods(self) -> Steps:
        """The pods of the bad image, over time."""
        return self.recording.count(
            lambda pod: pod.workload in names_of(self.bad) and pod.image != self.images[pod.workload]
        )

    @property
    def bad_images(self) -> Collection[str]:
        """The images that the bad service's pods ever had, but for those from the start."""
        ours = names_of(self.bad)
        pods = (pod for sample in self.recording.samples for pod in sample.pods if pod.workload in ours)
        return {pod.image for pod in pods} - set(self.images.values())

    def old_pods_left(self) -> int:
        """Return how many pods had their old image, and no order to go, when the good ones were deployed."""
        return sum(
            pod.workload in self.good and pod.image == self.images[pod.workload] and not pod.leaving
            for pod in self.forward.pods
        )

    def skew_after(self, workload: str) -> int:
        """Return by how many pods the zones of a workload differed when the good images were everywhere."""
        counts: Mapping[str, Counter[str]] = by_zone([pod for pod in self.forward.pods if not pod.leaving], self.nodes)
        return skew(counts, workload)


def names_of(service: Service) -> Sequence[str]:
    """Return the names of a service's workloads."""
    return [workload.name for workload in service.workloads]


def tag_of(image: str) -> str:
    """Return the tag of an image: `v1.0.0` of `registry/api-service:v1.0.0@sha256:...`."""
    return image.partition("@")[0].rpartition("/")[2].partition(":")[2]
