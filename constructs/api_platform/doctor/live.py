"""Reads live objects: conditions, containers, events, ages."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from api_platform.doctor.observation import Observation
from api_platform.rules.finding import Manifest
from api_platform.rules.objects import name, namespace, pod_selector
from api_platform.rules.values import rows, table, text

_NEW_SECONDS: Final = 60.0
"""So long KEDA may take to look at what is new, and to make its autoscaler."""


def condition(manifest: Manifest, kind: str) -> Mapping[str, Any]:
    """Return the object's condition of this type; empty where it has none."""
    return next((one for one in rows(manifest, "status", "conditions") if text(one, "type") == kind), {})


def holds(manifest: Manifest, kind: str) -> bool | None:
    """Return whether the condition holds; None where nobody has said."""
    return {"True": True, "False": False}.get(text(condition(manifest, kind), "status"))


def reason(found: Mapping[str, Any]) -> str:
    """Return a condition's or event's reason and message."""
    return ": ".join(part for part in (text(found, "reason"), text(found, "message").strip()) if part)


def pods(seen: Observation, deployment: Manifest) -> list[Manifest]:
    """Return the Deployment's pods, by name; not those on their way out, or that were evicted and replaced."""
    found = seen.objects.select("Pod", namespace(deployment), pod_selector(deployment) or {})
    return sorted((pod for pod in found if not _is_over(pod)), key=name)


def replica_sets(seen: Observation, deployment: Manifest) -> list[Manifest]:
    """Return the Deployment's ReplicaSets, the newest first."""
    found = seen.objects.select("ReplicaSet", namespace(deployment), pod_selector(deployment) or {})
    return sorted(found, key=_revision, reverse=True)


def container_statuses(pod: Manifest) -> list[Mapping[str, Any]]:
    """Return what the kubelet says of the pod's containers, init containers first."""
    return [*rows(pod, "status", "initContainerStatuses"), *rows(pod, "status", "containerStatuses")]


def waiting(container: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return why a container waits; empty where it does not."""
    return table(container, "state", "waiting")


def newest_event(seen: Observation, about: Manifest, *reasons: str) -> str:
    """Return the message of the newest warning about the object, of these reasons (default: any); empty: none."""
    found = [event for event in warnings(seen, about) if not reasons or text(event, "reason") in reasons]
    return text(found[-1], "message").strip() if found else ""


def warnings(seen: Observation, about: Manifest) -> list[Manifest]:
    """Return the warnings about the object, the newest last. The API server keeps them for an hour."""
    events = [
        event
        for event in seen.objects.of_kind("Event")
        if text(event, "type") == "Warning"
        and text(event, "involvedObject", "kind") == text(about, "kind")
        and text(event, "involvedObject", "name") == name(about)
        and text(event, "involvedObject", "uid") in ("", text(about, "metadata", "uid"))
    ]
    return sorted(events, key=_when)


def age(seen: Observation, *moments: str) -> float:
    """Return the seconds since the latest of these RFC 3339 moments; 0 where none can be read: nothing is known."""
    found = [moment for moment in map(_moment, moments) if moment]
    return (seen.now - max(found)).total_seconds() if found else 0


def for_long(seconds: float) -> str:
    """Return a time as people say it."""
    minutes = round(seconds / 60)
    return f"{seconds:.0f} s" if seconds < 120 else f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"


def started(pod: Manifest) -> Iterator[str]:
    """Return when the pod's containers began to run."""
    yield text(pod, "metadata", "creationTimestamp")
    for container in container_statuses(pod):
        yield text(container, "state", "running", "startedAt")


def is_new(seen: Observation, manifest: Manifest) -> bool:
    """Return whether it is so new that its controller may not have looked at it yet."""
    return 0 < age(seen, text(manifest, "metadata", "creationTimestamp")) <= _NEW_SECONDS


def _is_over(pod: Manifest) -> bool:
    gone = bool(text(pod, "metadata", "deletionTimestamp"))
    return gone or text(pod, "status", "phase") in ("Failed", "Succeeded")


def _revision(replica_set: Manifest) -> int:
    found = text(replica_set, "metadata", "annotations", "deployment.kubernetes.io/revision")
    return int(found) if found.isdecimal() else 0


def _when(event: Manifest) -> str:
    series = text(event, "series", "lastObservedTime")
    moments = (text(event, "lastTimestamp"), text(event, "eventTime"), text(event, "metadata", "creationTimestamp"))
    return max(series, next((moment for moment in moments if moment), ""))


def _moment(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo else None
