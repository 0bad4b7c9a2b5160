"""Whose fields are in an object: the API server keeps account of who wrote what (`metadata.managedFields`)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from api_platform.rules.finding import Manifest
from api_platform.rules.values import rows, table, text

FieldTree = Mapping[str, Any]
"""Fields as the API server writes them down: `f:` and a key, or `k:` and what names an item of a list."""

_APPLIED: Final = frozenset({"before-first-apply", "kubectl-client-side-apply", "kubectl-create"})
"""Who creates and updates whole objects: the defaults in them are theirs, too."""
_CONTROLLERS: Final = (
    "argocd",
    "cert-manager",
    "controller",  # AWS Load Balancer Controller and Karpenter, by their programs' name
    "external-secrets",
    "karpenter",
    "keda",
    "kube-",
    "pilot-discovery",
    "PrometheusOperator",
    "vpa-",
)
"""How those begin who write into our objects as a part of running them."""


def foreign_fields(live: Manifest) -> FieldTree:
    """Return the fields that somebody has written who neither deploys nor runs the platform."""
    found: FieldTree = {}
    for entry in _foreign(live):
        found = _merged(found, table(entry, "fieldsV1"))
    return found


def writers(live: Manifest) -> list[str]:
    """Return those, with the time of their last write; whoever applied it last, where there are none of them."""
    entries = list(_foreign(live)) or [one for one in _entries(live) if text(one, "manager") in _APPLIED]
    return list(dict.fromkeys(f"{text(one, 'manager')} at {text(one, 'time')}" for one in entries))


def _foreign(live: Manifest) -> Iterator[Manifest]:
    for entry in _entries(live):
        manager = text(entry, "manager")
        if manager not in _APPLIED and not manager.startswith(_CONTROLLERS):
            yield entry


def _entries(live: Manifest) -> list[Manifest]:
    """Return who wrote what; not what they say of its state."""
    return [one for one in rows(live, "metadata", "managedFields") if text(one, "subresource") != "status"]


def _merged(one: FieldTree, other: FieldTree) -> FieldTree:
    shared = {key: _merged(one[key], other[key]) for key in one.keys() & other.keys()}
    return {**one, **other, **shared}
