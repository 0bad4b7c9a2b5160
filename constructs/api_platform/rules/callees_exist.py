"""Everybody who is called exists, and answers."""

from collections.abc import Sequence

from api_platform.environment import Environment
from api_platform.errors import nearest
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects
from api_platform.service import Service

RULE = rule_name(__name__)


def callees_exist(_environment: Environment, services: Sequence[Service], _objects: Objects) -> list[Finding]:
    """Refuse a call to a workload that is not in this environment, or that has no exposure."""
    workloads = {workload.name: workload for service in services for workload in service.workloads}
    findings = []
    for workload in workloads.values():
        for callee in workload.calls:
            target = workloads.get(callee)
            if target is not None and target.exposure is not None:
                continue
            fault = f"there is no workload {callee!r}" if target is None else f"{callee!r} has no exposure"
            way_out = nearest(callee, list(workloads)) if target is None else "Give it an exposure, or a queue."
            findings.append(
                Finding(
                    RULE,
                    workload.name,
                    f"calls {callee!r}, but {fault}",
                    "A workload calls only workloads of this environment that answer calls.",
                    f"Correct calls=. {way_out}",
                )
            )
    return findings
