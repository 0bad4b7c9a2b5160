"""An alert: when it fires, whom it wakes, and what it tells them."""

import re
from dataclasses import dataclass
from typing import Literal, Protocol

from api_platform.environment import ChartEnvironment
from api_platform.observability.recording_rules import Rule
from imports.com.coreos import monitoring

Severity = Literal["critical", "warning"]
"""critical: somebody is paged. warning: somebody gets a ticket."""


class AlertSubject(Protocol):
    """What an alert is about: a workload, a service, or a component of the ground that all of them stand on."""

    @property
    def environment(self) -> ChartEnvironment:
        """Return where it is."""
        ...

    @property
    def series_labels(self) -> dict[str, str]:
        """Return the labels of every alert about it."""
        ...


@dataclass(frozen=True)
class Alert:
    """One alert of a workload, of a whole service, or of a component."""

    name: str
    """In PascalCase; the runbook's page has the same name in kebab-case."""
    severity: Severity
    expression: str
    """PromQL. `$value` in the texts is what it yields."""
    for_minutes: int
    """How long it must hold before the alert fires."""
    summary: str
    """One line with the value."""
    description: str
    """Why it matters."""


def alert_rule(subject: AlertSubject, alert: Alert) -> Rule:
    """Return the alert as Prometheus takes it."""
    return Rule(
        alert=alert.name,
        expr=monitoring.PrometheusRuleSpecGroupsRulesExpr.from_string(alert.expression),
        for_=f"{alert.for_minutes}m",
        labels={**subject.series_labels, "severity": alert.severity},
        annotations={
            "summary": alert.summary,
            "description": alert.description,
            "runbook_url": runbook_url(subject.environment, alert.name),
        },
    )


def runbook_url(environment: ChartEnvironment, alert: str) -> str:
    """Return where an alert or alarm of this name sends its reader: to a page of docs/runbooks/."""
    return f"{environment.runbooks_url}/{kebab_case(alert)}"


def kebab_case(name: str) -> str:
    """Return `AutoscalerAtMaximum` as `autoscaler-at-maximum`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def pascal_case(name: str) -> str:
    """Return `failed-logins` as `FailedLogins`."""
    return "".join(part.capitalize() for part in name.split("-"))
