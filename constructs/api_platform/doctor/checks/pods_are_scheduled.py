"""Every pod finds a node."""

from collections.abc import Mapping
from typing import Final

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.live import age, condition, for_long, holds
from api_platform.doctor.observation import Observation
from api_platform.doctor.pod_trouble import PodTrouble, diagnose_pods
from api_platform.rules.finding import Manifest
from api_platform.rules.values import text
from api_platform.service import Workload

CHECK = check_name(__name__)
_PATIENCE_SECONDS: Final = 60.0
"""So long a new node may take, or a pod that makes room."""
_HINTS: Final[Mapping[str, str]] = {
    "Insufficient": "More or larger nodes: raise the maximum of [node_groups] in environments/{environment}.toml.",
    "node affinity/selector": "No node has the labels that the pod selects: add nodes to its pool.",
    "untolerated taint": "Nodes refuse it by a taint: add nodes without it, or uncordon those that were drained.",
    "unschedulable": "Uncordon the nodes that were drained.",
    "topology spread": "Nodes are missing in a zone: the spread allows no more pods in the others.",
    "volume": "Its volume is in another zone than the free nodes: add a node there.",
}
"""A word of the scheduler's sentence -> what makes room."""


def pods_are_scheduled(seen: Observation) -> list[Diagnosis]:
    """Find pods that no node takes for a minute, with the scheduler's own sentence."""

    def trouble(_: Workload, pod: Manifest) -> PodTrouble | None:
        said = condition(pod, "PodScheduled")
        since = age(seen, text(said, "lastTransitionTime") or text(pod, "metadata", "creationTimestamp"))
        if holds(pod, "PodScheduled") is not False or since <= _PATIENCE_SECONDS:
            return None
        message = text(said, "message")
        hints = [hint for sign, hint in _HINTS.items() if sign in message]
        remedy = " ".join(hints) or "Make room as the scheduler's sentence says."
        return PodTrouble(
            "no node takes it",
            f"For {for_long(since)}: {message}",
            remedy.format(environment=seen.environment.name),
        )

    return diagnose_pods(CHECK, seen, trouble)
