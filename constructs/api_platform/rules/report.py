"""Which findings stop a synth, and which somebody has accepted, with a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api_platform.rules.finding import Finding
from api_platform.service import Service


@dataclass(frozen=True)
class Acknowledged:
    """A finding that the workload's spec accepts."""

    finding: Finding
    reason: str
    """The spec's own words."""


@dataclass(frozen=True)
class Report:
    """All findings of one environment, told apart."""

    unacknowledged: tuple[Finding, ...]
    """Each of them stops the synth."""
    acknowledged: tuple[Acknowledged, ...]
    """Printed, and otherwise let pass."""


def report(services: Sequence[Service], findings: Iterable[Finding]) -> Report:
    """Tell the findings apart by what the specs acknowledge (`Workload.acknowledged`: rule -> reason).

    An acknowledgement holds for its own workload only; a finding on the platform has no spec that could accept it.
    """
    reasons = {
        (rule, workload.name): reason
        for service in services
        for workload in service.workloads
        for rule, reason in workload.acknowledged.items()
    }
    unacknowledged: list[Finding] = []
    acknowledged: list[Acknowledged] = []
    for finding in findings:
        reason = reasons.get((finding.rule, finding.subject))
        if reason is None:
            unacknowledged.append(finding)
        else:
            acknowledged.append(Acknowledged(finding, reason))
    return Report(tuple(unacknowledged), tuple(acknowledged))
