"""Pods as the API server lists them: valid by default."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from lightkube.models.core_v1 import Container, PodCondition, PodSpec, PodStatus, ResourceRequirements
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.core_v1 import Pod

from eks_twin.manifests import NAME_LABEL


def container(
    name: str = "api-service",
    *,
    requests: Mapping[str, str] | None = None,
    limits: Mapping[str, str] | None = None,
    restart: str | None = None,
) -> Container:
    """Return a container of 500m and 512Mi, which may use 1 core and 768Mi."""
    resources = ResourceRequirements(
        requests=dict(requests if requests is not None else {"cpu": "500m", "memory": "512Mi"}),
        limits=dict(limits if limits is not None else {"cpu": "1", "memory": "768Mi"}),
    )
    return Container(name=name, resources=resources, restartPolicy=restart)


def pod(
    name: str = "api-service-1",
    *,
    workload: str = "api-service",
    namespace: str = "production",
    phase: str = "Running",
    ready: bool = True,
    leaving: bool = False,
    node: str = "node-1",
    containers: Sequence[Container] | None = None,
    sidecars: Sequence[Container] = (),
) -> Pod:
    """Return a ready pod of the API."""
    gone = datetime(2026, 11, 1, tzinfo=UTC) if leaving else None
    return Pod(
        metadata=ObjectMeta(name=name, namespace=namespace, labels={NAME_LABEL: workload}, deletionTimestamp=gone),
        spec=PodSpec(
            containers=list(containers if containers is not None else [container(workload)]),
            initContainers=list(sidecars),
            nodeName=node,
        ),
        status=PodStatus(phase=phase, conditions=[PodCondition(type="Ready", status=str(ready))]),
    )
