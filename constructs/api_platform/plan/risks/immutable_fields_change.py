"""A field changes that Kubernetes lets nobody change."""

from collections.abc import Iterator, Mapping
from typing import Final

from api_platform.plan.changes import DeployChanges
from api_platform.plan.fields import FieldChange
from api_platform.plan.object_changes import Action, ObjectChange
from api_platform.plan.risks.risk import Danger, Risk
from api_platform.rules.values import at

IMMUTABLE: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "ClusterRoleBinding": (("roleRef",),),
    "DaemonSet": (("spec", "selector"),),
    "Deployment": (("spec", "selector"),),
    "Job": (("spec", "selector"), ("spec", "template")),
    "PersistentVolumeClaim": (("spec", "accessModes"), ("spec", "storageClassName"), ("spec", "volumeName")),
    "PriorityClass": (("value",), ("preemptionPolicy",)),
    "RoleBinding": (("roleRef",),),
    "StatefulSet": (("spec", "selector"), ("spec", "serviceName"), ("spec", "volumeClaimTemplates")),
    "StorageClass": (("provisioner",), ("parameters",), ("reclaimPolicy",), ("volumeBindingMode",)),
}
"""Kind -> the fields that its validation refuses to change."""
_FROZEN_DATA: Final = ("ConfigMap", "Secret")
"""Kinds whose data is immutable where they say so themselves."""


def immutable_fields_change(changes: DeployChanges) -> list[Risk]:
    """Find updates that the API server refuses: the stack fails, and goes back to what it was."""
    return [
        Risk(
            Danger.FAILS,
            str(change.key),
            f"{field.place} changes",
            "The API server refuses it: the field is immutable. The deploy fails there and rolls back.",
            "Give the object another name, so that a new one comes and the old one goes; or delete the old one first, "
            "at a time when it is not needed.",
        )
        for change in changes.objects
        if change.action is Action.UPDATE
        for field in _immutable(change)
    ]


def _immutable(change: ObjectChange) -> Iterator[FieldChange]:
    """Yield one change for each immutable field that changes, however deep inside it."""
    fields = [*IMMUTABLE.get(change.key.kind, ()), *_by_its_own_word(change)]
    for field in fields:
        if change.touches(*field):
            yield FieldChange(field, None, None)
    yield from _cluster_address(change)


def _by_its_own_word(change: ObjectChange) -> tuple[tuple[str, ...], ...]:
    if change.key.kind in _FROZEN_DATA and at(change.old, "immutable") is True:
        return ("data",), ("binaryData",), ("immutable",)
    return ()


def _cluster_address(change: ObjectChange) -> Iterator[FieldChange]:
    """A Service keeps the address that it was given; one that asks for none keeps what it has."""
    address = ("spec", "clusterIP")
    if change.key.kind == "Service" and change.touches(*address) and at(change.new, *address) is not None:
        yield FieldChange(address, None, None)
