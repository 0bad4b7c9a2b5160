"""Scenario time: the live autoscalers' periods and windows, shortened by a factor and put back at the end."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import lightkube
from lightkube.generic_resource import GenericNamespacedResource, create_namespaced_resource
from lightkube.resources.autoscaling_v2 import HorizontalPodAutoscaler
from lightkube.types import PatchType

from api_platform.errors import InputError
from eks_twin.errors import TwinError

Manifest = Mapping[str, Any]

_NOTE = "kubectl.kubernetes.io/last-applied-configuration"
_NOT_FOUND = 404
_CARRIED_SECONDS = 15.0
"""How long KEDA may take to carry a ScaledObject's behavior into the autoscaler that it made."""

ScaledObject: type[GenericNamespacedResource] = create_namespaced_resource(
    "keda.sh", "v1alpha1", "ScaledObject", "scaledobjects"
)
_KINDS: Mapping[str, tuple[type[Any], Sequence[str]]] = {
    "HorizontalPodAutoscaler": (HorizontalPodAutoscaler, ("spec", "behavior")),
    "ScaledObject": (ScaledObject, ("spec", "advanced", "horizontalPodAutoscalerConfig", "behavior")),
}
"""Where each kind of autoscaler keeps its behavior."""


def deployed_autoscalers(client: lightkube.Client) -> Sequence[Manifest]:
    """Return the manifests of all autoscalers in the client's namespace, as they were applied.

    kubectl notes them on the live objects. KEDA's own autoscalers have no such note: their ScaledObjects do.
    """
    noted = [_noted(live) for kind, _ in _KINDS.values() for live in client.list(kind)]
    return [manifest for manifest in noted if manifest]


def _noted(live: Any) -> Manifest | None:
    note = (live.metadata.annotations or {}).get(_NOTE)
    manifest = json.loads(note) if note else None
    # KEDA gives its autoscalers all annotations of the ScaledObject, this one among them.
    return manifest if manifest and manifest["kind"] == type(live).__name__ else None


@contextmanager
def faster(client: lightkube.Client, manifests: Sequence[Manifest], factor: int) -> Iterator[None]:
    """Run the live autoscalers of these manifests `factor` times as fast, and put back what the manifests say.

    Raises InputError where a period is no multiple of the factor, TwinError where KEDA does not take it over.
    """
    quicker = {name_of(manifest): faster_behavior(manifest, factor) for manifest in manifests}
    try:
        _apply(client, manifests, lambda manifest: quicker[name_of(manifest)])
        yield
    finally:
        _apply(client, manifests, behavior_in)


def faster_behavior(manifest: Manifest, factor: int) -> dict[str, Any]:
    """Return the behavior of the manifest with its periods and windows divided. Raises InputError where one is odd."""
    return {way: _faster_rules(name_of(manifest), rules, factor) for way, rules in behavior_in(manifest).items()}


def behavior_in(manifest: Manifest) -> Mapping[str, Any]:
    """Return the behavior as it stands in the manifest."""
    found: Any = manifest
    for key in _KINDS[manifest["kind"]][1]:
        found = found[key]
    return dict(found)


def name_of(manifest: Manifest) -> str:
    """Return the object's name; each autoscaler has its workload's."""
    return str(manifest["metadata"]["name"])


def _faster_rules(name: str, rules: Mapping[str, Any], factor: int) -> dict[str, Any]:
    policies = [
        {**policy, "periodSeconds": _divided(name, policy["periodSeconds"], factor)} for policy in rules["policies"]
    ]
    window = _divided(name, rules["stabilizationWindowSeconds"], factor)
    return {**rules, "policies": policies, "stabilizationWindowSeconds": window}


def _divided(name: str, seconds: int, factor: int) -> int:
    if seconds % factor:
        raise InputError(
            f"autoscaler {name!r}: {seconds} s are no multiple of the time scale {factor}, and Kubernetes takes whole "
            "seconds only. Choose a time scale that divides all periods and windows."
        )
    return seconds // factor


def _apply(
    client: lightkube.Client, manifests: Sequence[Manifest], behavior: Callable[[Manifest], Mapping[str, Any]]
) -> None:
    for manifest in manifests:
        kind, path = _KINDS[manifest["kind"]]
        # A merge patch replaces lists whole, so no policy of before stays beside the new ones.
        client.patch(kind, name_of(manifest), _nested(path, behavior(manifest)), patch_type=PatchType.MERGE)
    for manifest in manifests:
        _wait_until_carried(client, name_of(manifest), behavior(manifest))


def _nested(path: Sequence[str], value: object) -> dict[str, Any]:
    for key in reversed(path):
        value = {key: value}
    return dict(value)  # type: ignore[call-overload, no-any-return]  # the path is never empty


def _wait_until_carried(client: lightkube.Client, name: str, wanted: Mapping[str, Any]) -> None:
    deadline = time.monotonic() + _CARRIED_SECONDS
    while _periods(_live_behavior(client, name)) != _periods(wanted):
        if time.monotonic() > deadline:
            raise TwinError(
                f"the autoscaler {name!r} did not take over the behavior of its ScaledObject within "
                f"{_CARRIED_SECONDS:.0f} s. Is KEDA running? See: api-platform twin logs keda"
            )
        time.sleep(0.1)


def _live_behavior(client: lightkube.Client, name: str) -> Mapping[str, Any]:
    """Return what the autoscaler says; nothing where KEDA has not made it yet."""
    try:
        live = client.get(HorizontalPodAutoscaler, name).to_dict()
    except lightkube.ApiError as error:
        if error.status.code != _NOT_FOUND:
            raise
        return {}
    return dict(live["spec"].get("behavior", {}))


def _periods(behavior: Mapping[str, Any]) -> Sequence[object]:
    ways = [behavior.get(way) or {} for way in ("scaleUp", "scaleDown")]
    return [
        (rules.get("stabilizationWindowSeconds"), [policy["periodSeconds"] for policy in rules.get("policies") or ()])
        for rules in ways
    ]
