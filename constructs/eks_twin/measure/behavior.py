"""The `behavior` of a HorizontalPodAutoscaler: how far the replicas may move, by the controller's own arithmetic."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Select = Literal["Max", "Min", "Disabled"]


@dataclass(frozen=True)
class Policy:
    """One bound: so many percent of the replicas, or so many pods, in a period."""

    kind: Literal["Percent", "Pods"]
    value: int
    period: float
    """Seconds."""

    def up(self, replicas: int) -> int:
        """Return where a period that began with so many replicas may end. Rounded up: one pod could never grow else."""
        return replicas + self.value if self.kind == "Pods" else math.ceil(replicas * (1 + self.value / 100))

    def down(self, replicas: int) -> int:
        """Return where a period that began with so many replicas may end. Rounded down, for the same reason."""
        return replicas - self.value if self.kind == "Pods" else int(replicas * (1 - self.value / 100))


@dataclass(frozen=True)
class ReplicaChange:
    """Replicas that came or went at a moment."""

    moment: float
    """Seconds."""
    replicas: int
    """How many; never negative."""


@dataclass(frozen=True)
class Rules:
    """The bounds in one direction."""

    policies: Sequence[Policy]
    select: Select = "Max"
    """Max: the laxest bound holds; Min: the strictest."""
    window: float = 0
    """Seconds over which the most cautious recommendation counts."""


@dataclass(frozen=True)
class Behavior:
    """What an autoscaler may do: how fast, and between which numbers."""

    up: Rules
    down: Rules
    minimum: int
    maximum: int


def highest(
    rules: Rules, now: float, replicas: int, ups: Iterable[ReplicaChange], downs: Iterable[ReplicaChange]
) -> int:
    """Return how far up the replicas may go now, after these changes. Never under where they are."""
    if rules.select == "Disabled":
        return replicas
    bounds = [policy.up(_at_start(policy, now, replicas, ups, downs)) for policy in rules.policies]
    return max(replicas, min(bounds) if rules.select == "Min" else max(bounds))


def lowest(
    rules: Rules, now: float, replicas: int, ups: Iterable[ReplicaChange], downs: Iterable[ReplicaChange]
) -> int:
    """Return how far down the replicas may go now, after these changes. Never over where they are."""
    if rules.select == "Disabled":
        return replicas
    bounds = [policy.down(_at_start(policy, now, replicas, ups, downs)) for policy in rules.policies]
    # Min picks the smallest change, and that is the highest bound on the way down.
    return min(replicas, max(bounds) if rules.select == "Min" else min(bounds))


def behavior_of(manifest: Mapping[str, Any]) -> Behavior:
    """Read the behavior of a HorizontalPodAutoscaler, or of the one that a ScaledObject asks KEDA for.

    What is left out has Kubernetes' own defaults.
    """
    spec = manifest["spec"]
    if manifest["kind"] == "ScaledObject":
        behavior = spec.get("advanced", {}).get("horizontalPodAutoscalerConfig", {}).get("behavior", {})
        minimum, maximum = spec.get("minReplicaCount", 0), spec.get("maxReplicaCount", 100)
        # KEDA itself handles zero; the autoscaler that it makes begins at one.
        return _behavior(behavior, max(1, minimum), maximum)
    return _behavior(spec.get("behavior", {}), spec.get("minReplicas", 1), spec["maxReplicas"])


_UP = Rules((Policy("Percent", 100, 15), Policy("Pods", 4, 15)))
_DOWN = Rules((Policy("Percent", 100, 15),), window=300)


def _behavior(behavior: Mapping[str, Any], minimum: int, maximum: int) -> Behavior:
    up, down = _rules(behavior.get("scaleUp") or {}, _UP), _rules(behavior.get("scaleDown") or {}, _DOWN)
    return Behavior(up, down, minimum, maximum)


def _rules(rules: Mapping[str, Any], default: Rules) -> Rules:
    policies = tuple(Policy(each["type"], each["value"], each["periodSeconds"]) for each in rules.get("policies") or ())
    window = rules.get("stabilizationWindowSeconds")
    return Rules(
        policies or default.policies,
        rules.get("selectPolicy") or default.select,
        default.window if window is None else window,
    )


def _at_start(
    policy: Policy, now: float, replicas: int, ups: Iterable[ReplicaChange], downs: Iterable[ReplicaChange]
) -> int:
    """Return how many replicas there were when the policy's period began."""
    since = now - policy.period
    came = sum(change.replicas for change in ups if change.moment > since)
    went = sum(change.replicas for change in downs if change.moment > since)
    return replicas - came + went
