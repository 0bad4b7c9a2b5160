"""The pods that the metrics are about: a copy of the API server's list, kept up to date by a watch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from lightkube.models.core_v1 import Container as ContainerSpec
from lightkube.resources.core_v1 import Pod as PodResource
from lightkube.utils.quantity import parse_quantity

from eks_twin.manifests import NAME_LABEL


@dataclass(frozen=True)
class Amounts:
    """A container's request and limit of one resource: thousandths of a core, or bytes."""

    request: int
    limit: int | None


@dataclass(frozen=True)
class Container:
    """A container that is said to run."""

    name: str
    cpu: Amounts
    memory: Amounts


@dataclass(frozen=True)
class Pod:
    """A pod that runs and is not on its way out."""

    namespace: str
    name: str
    labels: Mapping[str, str]
    node: str
    ready: bool
    containers: Sequence[Container]

    @property
    def workload(self) -> str:
        """The workload's name, which is its main container's too; the pod's own name where it has no such label."""
        return self.labels.get(NAME_LABEL, self.name)


class Pods:
    """All running pods of the cluster."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pods: dict[tuple[str, str], Pod] = {}

    def all(self) -> Sequence[Pod]:
        """Return the pods, by namespace and name."""
        with self._lock:
            return [self._pods[key] for key in sorted(self._pods)]

    def replace(self, resources: Iterable[PodResource]) -> None:
        """Take over a whole list."""
        pods = [pod for resource in resources if (pod := running(resource))]
        with self._lock:
            self._pods = {(pod.namespace, pod.name): pod for pod in pods}

    def apply(self, event: str, resource: PodResource) -> None:
        """Take over one event of a watch."""
        pod = None if event == "DELETED" else running(resource)
        with self._lock:
            if pod:
                self._pods[pod.namespace, pod.name] = pod
            else:
                self._pods.pop(_key(resource), None)


def running(resource: PodResource) -> Pod | None:
    """Return what the metrics need of a pod; None where it does not run, or is being deleted."""
    metadata, spec, status = resource.metadata, resource.spec, resource.status
    if not (metadata and spec and status) or status.phase != "Running" or metadata.deletionTimestamp:
        return None
    ready = any(condition.type == "Ready" and condition.status == "True" for condition in status.conditions or ())
    sidecars = [container for container in spec.initContainers or () if container.restartPolicy == "Always"]
    namespace, name = _key(resource)
    return Pod(
        namespace,
        name,
        metadata.labels or {},
        spec.nodeName or "",
        ready,
        tuple(_container(container) for container in [*spec.containers, *sidecars]),
    )


def _container(spec: ContainerSpec) -> Container:
    return Container(spec.name, _amounts(spec, "cpu", 1000), _amounts(spec, "memory", 1))


def _amounts(spec: ContainerSpec, resource: str, parts: int) -> Amounts:
    resources = spec.resources
    request = _amount(resources.requests if resources else None, resource, parts)
    return Amounts(request or 0, _amount(resources.limits if resources else None, resource, parts))


def _amount(quantities: Mapping[str, str] | None, resource: str, parts: int) -> int | None:
    quantity = parse_quantity((quantities or {}).get(resource))
    return None if quantity is None else int(quantity * parts)


def _key(resource: PodResource) -> tuple[str, str]:
    metadata = resource.metadata
    return (metadata.namespace or "", metadata.name or "") if metadata else ("", "")
