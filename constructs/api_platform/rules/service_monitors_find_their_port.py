"""Every workload's metrics are scraped: its ServiceMonitor selects a Service with the port that it names."""

from collections.abc import Sequence

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects, name, namespace, title
from api_platform.rules.values import rows, table, text
from api_platform.service import Service

RULE = rule_name(__name__)


def service_monitors_find_their_port(
    environment: Environment, services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a monitor that scrapes nothing, and a workload that nothing scrapes: neither shows but as an absence."""
    scraped: set[tuple[str | None, str]] = set()
    findings = []
    for monitor in objects.of_kind("ServiceMonitor"):
        for endpoint in rows(monitor, "spec", "endpoints"):
            port = text(endpoint, "port")
            found = [
                service
                for service in objects.select("Service", namespace(monitor), table(monitor, "spec", "selector"))
                if port in [text(one, "name") for one in rows(service, "spec", "ports")]
            ]
            for service in found:
                selected = objects.selected_by(service)
                scraped |= {(namespace(deployment), name(deployment)) for deployment in selected}
            if not found:
                findings.append(
                    _finding(objects.subject(monitor), f"{title(monitor)}: no Service has the port {port!r}")
                )
    return findings + [
        _finding(workload.name, "no ServiceMonitor scrapes it")
        for workload, _ in objects.deployments(environment, services)
        if (names.namespace_name(environment), workload.name) not in scraped
    ]


def _finding(subject: str, value: str) -> Finding:
    return Finding(
        RULE,
        subject,
        value,
        "Each workload's metrics port is scraped, by a ServiceMonitor that names a port of its Service.",
        "Let the monitor select the workload's Service, by the port's name.",
    )
