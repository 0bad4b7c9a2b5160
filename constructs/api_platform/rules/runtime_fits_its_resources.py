"""A language runtime's own limits fit its container's: the heap under the memory target, the threads to the CPU."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from api_platform.environment import Environment
from api_platform.rules.autoscalers import Autoscaler, by_deployment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, name, namespace
from api_platform.rules.pods import cpu, main_container, memory, variables
from api_platform.service import GoRuntime, Memory, NodeRuntime, Service, Workload

RULE = rule_name(__name__)
_NODE_HEAP_SHARE = 80
"""Percent of the memory target that the heap may reach; the rest is for buffers, code and stacks."""
_GO_HEAP_SHARE = 90
"""Percent of the memory limit that Go may aim at."""
_OLD_SPACE = re.compile(r"--max[-_]old[-_]space[-_]size[= ](\d+)")
_GO_MEMORY = re.compile(r"(\d+)(B|KiB|MiB|GiB)?")
_UNITS = {"": 1, "B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}


def runtime_fits_its_resources(
    environment: Environment, services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a heap that alone holds memory at its target, or outgrows the limit, and threads that are throttled.

    V8 fills the heap it is given before it collects hard. With a heap near the autoscaler's memory target, a service
    that does nothing stays at its maximum of replicas.
    """
    scaled = by_deployment(objects)
    findings = []
    for workload, deployment in objects.deployments(environment, services):
        given = variables(objects, deployment)
        match workload.runtime:
            case NodeRuntime():
                by = scaled.get((namespace(deployment), name(deployment)), [])
                findings += _node(workload, _memory_target(main_container(deployment), by), given)
            case GoRuntime():
                findings += _go(workload, deployment, given)
    return findings


def _node(workload: Workload, target: Memory | None, given: Mapping[str, str]) -> list[Finding]:
    heap = _OLD_SPACE.search(given.get("NODE_OPTIONS", ""))
    if heap is None:
        return [_unset(workload, "NODE_OPTIONS", "--max-old-space-size")]
    size = Memory.mebibytes(int(heap[1]))
    if target is None or size.bytes <= target.bytes * _NODE_HEAP_SHARE // 100:
        return []
    return [
        Finding(
            RULE,
            workload.name,
            f"heap {size} of a memory target of {target.whole_mebibytes}Mi",
            f"Node's heap is at most {_NODE_HEAP_SHARE} % of the memory target, or idle replicas are never scaled in.",
            "Let NODE_OPTIONS follow from resources.memory, or raise that.",
        )
    ]


def _memory_target(container: Mapping[str, Any], by: Sequence[Autoscaler]) -> Memory | None:
    """Return the use at which memory adds replicas; the limit, where none is added by memory."""
    percents = [percent for one in by if (percent := one.percent("memory")) is not None]
    request = memory(container, "requests")
    return request.percent(min(percents)) if percents and request else memory(container, "limits")


def _go(workload: Workload, deployment: Manifest, given: Mapping[str, str]) -> list[Finding]:
    container = main_container(deployment)
    return [*_go_memory(workload, memory(container, "limits"), given), *_go_threads(workload, container, given)]


def _go_memory(workload: Workload, limit: Memory | None, given: Mapping[str, str]) -> list[Finding]:
    aim = _GO_MEMORY.fullmatch(given.get("GOMEMLIMIT", ""))
    if aim is None:
        return [_unset(workload, "GOMEMLIMIT", "a size in MiB")]
    size = Memory(int(aim[1]) * _UNITS[aim[2] or ""])
    if limit is None or size.bytes * 100 <= limit.bytes * _GO_HEAP_SHARE:
        return []
    return [
        Finding(
            RULE,
            workload.name,
            f"GOMEMLIMIT {size} of a memory limit of {limit}",
            f"Go aims at {_GO_HEAP_SHARE} % of the limit at most: beyond, the kernel kills before the collector acts.",
            "Let GOMEMLIMIT follow from resources.memory_limit, or raise that.",
        )
    ]


def _go_threads(workload: Workload, container: Mapping[str, Any], given: Mapping[str, str]) -> list[Finding]:
    threads, limit = given.get("GOMAXPROCS", ""), cpu(container, "limits")
    if not threads.isdecimal():
        return [_unset(workload, "GOMAXPROCS", "a number of threads")]
    if limit is None or int(threads) <= math.ceil(limit.millicores / 1000):
        return []
    return [
        Finding(
            RULE,
            workload.name,
            f"GOMAXPROCS {threads} of a CPU limit of {limit}",
            "Go runs no more threads than the CPU limit has cores, rounded up: more are throttled together.",
            "Let GOMAXPROCS follow from resources.cpu_limit, or raise that.",
        )
    ]


def _unset(workload: Workload, variable: str, what: str) -> Finding:
    return Finding(
        RULE,
        workload.name,
        f"{variable} does not give {what}",
        "The runtime knows its container's limits only by its variables.",
        f"Take {variable} out of settings, so that it follows from resources again.",
    )
