"""Containers may do more on their node."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from api_platform.plan.changes import DeployChanges
from api_platform.plan.object_changes import Action
from api_platform.plan.risks.risk import Danger, Risk
from api_platform.rules.pods import containers, pod
from api_platform.rules.values import at, table, text, words

_SAFE: Final[Mapping[str, bool]] = {
    "allowPrivilegeEscalation": False,
    "privileged": False,
    "readOnlyRootFilesystem": True,
    "runAsNonRoot": True,
}
"""Field of a security context -> its safe value."""
_HOST: Final = ("hostIPC", "hostNetwork", "hostPID")
_LEVELS: Final = ("privileged", "baseline", "restricted")
_ENFORCE: Final = "pod-security.kubernetes.io/enforce"


def pod_security_lowered(changes: DeployChanges) -> list[Risk]:
    """Find safe settings that go from a container, from its pod or from its namespace."""
    found = [
        (change.key, value)
        for change in changes.of_kind("Deployment", Action.UPDATE)
        for value in _pods(change.old, change.new)
    ]
    found += [
        (change.key, value)
        for change in changes.of_kind("Namespace", Action.UPDATE)
        for value in _namespace(change.old, change.new)
    ]
    consequence = "Somebody who breaks into a container gets further."
    return [Risk(Danger.WEAKENS, str(key), value, consequence) for key, value in found]


def _pods(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    yield from (
        f"{key} becomes true" for key in _HOST if at(pod(after), key) is True and at(pod(before), key) is not True
    )
    old = {text(one, "name"): one for one in containers(before)}
    for container in containers(after):
        name = text(container, "name")
        if name in old:
            yield from (f"container {name}: {value}" for value in _container(before, old[name], after, container))


def _container(
    old_pod: Mapping[str, Any], before: Mapping[str, Any], new_pod: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[str]:
    old, new = _context(old_pod, before), _context(new_pod, after)
    for key, safe in _SAFE.items():
        if old.get(key) is safe and new.get(key) is not safe:
            yield f"{key} is no longer {str(safe).lower()}"
    yield from (
        f"gains capability {one}"
        for one in words(new, "capabilities", "add")
        if one not in words(old, "capabilities", "add")
    )
    yield from (
        f"no longer drops capability {one}"
        for one in words(old, "capabilities", "drop")
        if one not in words(new, "capabilities", "drop")
    )
    if text(old, "seccompProfile", "type") in ("RuntimeDefault", "Localhost") and text(
        new, "seccompProfile", "type"
    ) in ("", "Unconfined"):
        yield "has no seccomp profile any more"


def _context(deployment: Mapping[str, Any], container: Mapping[str, Any]) -> dict[str, Any]:
    """Return what holds for a container: its own settings, and its pod's where it says nothing."""
    return {**table(pod(deployment), "securityContext"), **table(container, "securityContext")}


def _namespace(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    old, new = (text(side, "metadata", "labels", _ENFORCE) or "privileged" for side in (before, after))
    if old in _LEVELS and (new not in _LEVELS or _LEVELS.index(new) < _LEVELS.index(old)):
        yield f"enforces Pod Security {new}; it was {old}"
