"""No container is larger than the namespace allows: neither the workloads' nor the mesh's proxy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import PLATFORM, Finding, rule_name
from api_platform.rules.objects import Objects, namespace, title
from api_platform.rules.pods import containers, cpu, memory, parse_cpu, parse_memory
from api_platform.rules.values import rows, table, text
from api_platform.service import PROXY_RESOURCES, Cpu, Memory, Service

RULE = rule_name(__name__)


@dataclass(frozen=True)
class _Limits:
    """What one container may use at the most."""

    workload: str
    container: str
    cpu: Cpu | None
    memory: Memory | None


def limit_range_admits_every_container(
    environment: Environment, _services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a LimitRange below any container's limits: not one pod of that workload could be created."""
    here = names.namespace_name(environment)
    proxy = _Limits(PLATFORM, "istio-proxy", PROXY_RESOURCES.cpu_limit, PROXY_RESOURCES.memory_limit)
    everyone = [proxy, *_limits(objects, here)]
    findings = []
    for limit_range in objects.of_kind("LimitRange"):
        if namespace(limit_range) != here:
            continue
        for item in rows(limit_range, "spec", "limits"):
            if text(item, "type") == "Container":
                findings += [
                    Finding(
                        RULE,
                        limits.workload,
                        f"{title(limit_range)} allows {breach}",
                        "The maximum is never below a container's limit, the proxy's included; else no pod starts.",
                        "Let the LimitRange follow from the specs, or lower the workload's limit.",
                    )
                    for limits in everyone
                    for breach in _breaches(table(item, "max"), limits)
                ]
    return findings


def _limits(objects: Objects, here: str) -> Iterator[_Limits]:
    for deployment in objects.of_kind("Deployment"):
        if namespace(deployment) == here:
            for one in containers(deployment):
                yield _Limits(objects.subject(deployment), text(one, "name"), cpu(one, "limits"), memory(one, "limits"))


def _breaches(maximum: Mapping[str, Any], limits: _Limits) -> Iterator[str]:
    cpus, memories = parse_cpu(maximum.get("cpu")), parse_memory(maximum.get("memory"))
    if cpus is not None and limits.cpu is not None and limits.cpu > cpus:
        yield f"{cpus} CPU; {limits.container} has a limit of {limits.cpu}"
    if memories is not None and limits.memory is not None and limits.memory > memories:
        yield f"{memories} memory; {limits.container} has a limit of {limits.memory}"
