"""How far the workloads are: what the API server says of Deployments, their autoscalers and their pods."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import lightkube
from lightkube.models.apps_v1 import DeploymentStatus
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.autoscaling_v2 import HorizontalPodAutoscaler


@dataclass(frozen=True)
class WorkloadStatus:
    """One Deployment."""

    name: str
    namespace: str
    image: str
    """Of the application's container."""
    wanted: int
    """Replicas that the Deployment asks for, or its autoscaler's minimum where that is more."""
    updated: int
    """Pods of the newest template."""
    ready: int
    pods: int
    observed: bool
    """Whether the controller has seen the newest spec."""
    problem: str
    """What its conditions complain of; empty when nothing."""
    selector: Mapping[str, str] = field(default_factory=dict)
    """Labels that its pods have, and no others'."""

    @property
    def path(self) -> str:
        """Namespace and name, as people read it."""
        return f"{self.namespace}/{self.name}"

    @property
    def is_ready(self) -> bool:
        """Whether all wanted pods are of the newest template and Ready, and none of an older one is left."""
        return self.observed and self.wanted == self.updated == self.ready == self.pods


def statuses(client: lightkube.Client, namespace: str = "*") -> list[WorkloadStatus]:
    """Return every workload of the namespace, by name. Default: of all namespaces."""
    minimums = dict(_minimums(client, namespace))
    found = [_status(deployment, minimums) for deployment in client.list(Deployment, namespace=namespace)]
    return sorted(found, key=lambda status: (status.namespace, status.name))


def _minimums(client: lightkube.Client, namespace: str) -> Iterator[tuple[tuple[str, str], int]]:
    for autoscaler in client.list(HorizontalPodAutoscaler, namespace=namespace):
        spec = autoscaler.spec
        if spec is not None:
            metadata = autoscaler.metadata
            yield (str(metadata.namespace if metadata else ""), spec.scaleTargetRef.name), spec.minReplicas or 1


def _status(deployment: Deployment, minimums: dict[tuple[str, str], int]) -> WorkloadStatus:
    metadata, spec = deployment.metadata, deployment.spec
    if metadata is None or spec is None or spec.template.spec is None:
        raise ValueError("the API server returned a Deployment without metadata or spec")
    status = deployment.status or DeploymentStatus()
    name, namespace = str(metadata.name), str(metadata.namespace)
    return WorkloadStatus(
        name=name,
        namespace=namespace,
        image=str(spec.template.spec.containers[0].image),
        wanted=max(1 if spec.replicas is None else spec.replicas, minimums.get((namespace, name), 0)),
        updated=status.updatedReplicas or 0,
        ready=status.readyReplicas or 0,
        pods=status.replicas or 0,
        observed=(status.observedGeneration or 0) >= (metadata.generation or 0),
        problem=_problem(status),
        selector=spec.selector.matchLabels or {},
    )


def _problem(status: DeploymentStatus) -> str:
    wrong = {("Progressing", "False"), ("ReplicaFailure", "True")}
    return "; ".join(
        f"{condition.reason}: {condition.message}"
        for condition in status.conditions or []
        if (condition.type, condition.status) in wrong
    )
