"""A pod that is told to stop can finish what it has begun."""

from collections.abc import Mapping, Sequence

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects
from api_platform.rules.pods import main_container, pod
from api_platform.rules.values import rows, seconds, table, text, whole
from api_platform.service import Service, Workload

RULE = rule_name(__name__)
_MARGIN_SECONDS = 15
"""For closing connections, after the last request or job."""
_KUBERNETES_DEFAULT_SECONDS = 30


def grace_covers_the_longest_work(
    environment: Environment, services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a grace period that a request within its timeout, or a job, can outlast: the kernel would kill it."""
    timeouts = _timeouts(objects)
    findings = []
    for workload, deployment in objects.deployments(environment, services):
        pre_stop = _pre_stop(deployment)
        if workload.exposure and not pre_stop:
            findings.append(_no_pre_stop(workload))
        timeout = timeouts.get(names.mesh_host(environment, workload.name), 0)
        longest = max(timeout, workload.longest_work_seconds)
        given = whole(pod(deployment), "terminationGracePeriodSeconds")
        grace = _KUBERNETES_DEFAULT_SECONDS if given is None else given
        if grace < pre_stop + longest + _MARGIN_SECONDS:
            findings.append(_too_short(workload, grace, f"{pre_stop} s pre-stop, {longest:g} s longest request or job"))
    return findings


def _timeouts(objects: Objects) -> Mapping[str, float]:
    """Return the longest timeout of the routes to each host."""
    longest: dict[str, float] = {}
    for routing in objects.of_kind("VirtualService"):
        for route in rows(routing, "spec", "http"):
            timeout = seconds(text(route, "timeout")) or 0
            for destination in rows(route, "route"):
                host = text(destination, "destination", "host")
                longest[host] = max(longest.get(host, 0), timeout)
    return longest


def _pre_stop(deployment: Manifest) -> int:
    """Return the seconds before SIGTERM. Zero, too, for a `preStop: {}` that a typed class has emptied."""
    return whole(table(main_container(deployment), "lifecycle", "preStop", "sleep"), "seconds") or 0


def _no_pre_stop(workload: Workload) -> Finding:
    return Finding(
        RULE,
        workload.name,
        "no lifecycle.preStop.sleep.seconds",
        "A pod that is called sleeps before it stops, until every proxy knows that it goes; else each rollout fails "
        "requests.",
        "Render preStop.sleep for a workload with an exposure.",
    )


def _too_short(workload: Workload, grace: int, needs: str) -> Finding:
    return Finding(
        RULE,
        workload.name,
        f"terminationGracePeriodSeconds {grace}; {needs}",
        f"The grace period is at least the pre-stop, the longest request or job, and {_MARGIN_SECONDS} s together.",
        "Lower exposure.timeout_seconds or longest_job_seconds, or raise the grace period.",
    )
