"""Names and labels by which Kubernetes, the mesh and people find an object, and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NAME = "app.kubernetes.io/name"
_PART_OF = "app.kubernetes.io/part-of"
MANAGED_BY = {"app.kubernetes.io/managed-by": "api-platform"}
"""The label of every object that this platform makes."""

Metadata = dict[str, Any]
"""What cdk8s makes its `ApiObjectMetadata` of, and cdk8s-plus its `ObjectMeta`."""


@dataclass(frozen=True)
class Owner:
    """Whose an object is: a service's, or one of its workloads'."""

    namespace: str
    service: str
    name: str
    """The workload's; the service's own where the object is about it as a whole."""

    @property
    def labels(self) -> dict[str, str]:
        """Return the labels of every object that it owns."""
        return {NAME: self.name, _PART_OF: self.service, **MANAGED_BY}

    def metadata(self, name: str | None = None, **more: Mapping[str, str] | None) -> Metadata:
        """Return an object's metadata: its `name` (default: the owner's own), `labels` beside ours, `annotations`."""
        return _metadata(name or self.name, self.namespace, self.labels, **more)


def platform_labels() -> dict[str, str]:
    """Return the labels of objects that belong to no single service."""
    return {_PART_OF: "platform", **MANAGED_BY}


def platform_metadata(name: str, namespace: str | None = None, **more: Mapping[str, str] | None) -> Metadata:
    """Return the metadata of an object of the platform, as `Owner.metadata`; no `namespace`: the whole cluster's."""
    return _metadata(name, namespace, platform_labels(), **more)


def _metadata(
    name: str,
    namespace: str | None,
    ours: Mapping[str, str],
    labels: Mapping[str, str] | None = None,
    annotations: Mapping[str, str] | None = None,
) -> Metadata:
    found = {
        "name": name,
        "namespace": namespace,
        "labels": {**ours, **(labels or {})},
        "annotations": annotations,
    }
    return {key: value for key, value in found.items() if value is not None}
