"""Pods that ask for nodes of their own tolerate the taint of those nodes, and no others do."""

from collections.abc import Sequence
from typing import get_args

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects
from api_platform.rules.pods import pod
from api_platform.rules.values import at, rows, text
from api_platform.service import NodePool, Service

RULE = rule_name(__name__)


def node_pools_are_tolerated(environment: Environment, services: Sequence[Service], objects: Objects) -> list[Finding]:
    """Refuse a node selector without its toleration (Pending for ever), and one for nodes that nobody provides."""
    return [
        Finding(
            RULE,
            workload.name,
            fault,
            "A workload selects a node pool that exists, and tolerates its taint; only such a workload tolerates it.",
            "Give the workload node_pool=, from which both follow.",
        )
        for workload, deployment in objects.deployments(environment, services)
        if (fault := _fault(deployment))
    ]


def _fault(deployment: Manifest) -> str:
    pool = at(pod(deployment), "nodeSelector", names.NODE_POOL_LABEL)
    tolerated = [one for one in get_args(NodePool) if _tolerates(deployment, one)]
    if pool is None:
        return f"tolerates the taint of pool {tolerated[0]}, and does not select it" if tolerated else ""
    if pool not in get_args(NodePool):
        return f"selects nodes with {names.NODE_POOL_LABEL}={pool}, which no node group has"
    return "" if pool in tolerated else f"selects pool {pool} without tolerating its taint"


def _tolerates(deployment: Manifest, pool: str) -> bool:
    return any(
        text(one, "key") in ("", names.NODE_POOL_LABEL)
        and (text(one, "operator") == "Exists" or text(one, "value") == pool)
        and text(one, "effect") in ("", "NoSchedule")
        for one in rows(pod(deployment), "tolerations")
    )
