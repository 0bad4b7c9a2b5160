"""The pods that the metrics are about, as far as these need them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lightkube.utils.quantity import parse_quantity

from eks_twin.manifests import NAME_LABEL, Manifest, rows, table, text


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


def running(pod: Manifest) -> Pod | None:
    """Return what the metrics need of a pod; None where it does not run, or is being deleted."""
    metadata = table(pod, "metadata")
    if text(pod, "status", "phase") != "Running" or "deletionTimestamp" in metadata:
        return None
    conditions = rows(pod, "status", "conditions")
    sidecars = [each for each in rows(pod, "spec", "initContainers") if each.get("restartPolicy") == "Always"]
    return Pod(
        text(metadata, "namespace"),
        text(metadata, "name"),
        table(metadata, "labels"),
        text(pod, "spec", "nodeName"),
        any(each.get("type") == "Ready" and each.get("status") == "True" for each in conditions),
        tuple(map(_container, [*rows(pod, "spec", "containers"), *sidecars])),
    )


def _container(container: Manifest) -> Container:
    return Container(container["name"], _amounts(container, "cpu", 1000), _amounts(container, "memory", 1))


def _amounts(container: Manifest, resource: str, parts: int) -> Amounts:
    request, limit = (parse_quantity(table(container, "resources", of).get(resource)) for of in ("requests", "limits"))
    return Amounts(int((request or 0) * parts), None if limit is None else int(limit * parts))
