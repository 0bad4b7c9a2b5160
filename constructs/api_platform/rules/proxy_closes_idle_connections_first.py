"""The proxy gives up an idle connection to its container before the container does."""

from collections.abc import Sequence

from api_platform.environment import Environment
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects, name, namespace
from api_platform.rules.pods import variables
from api_platform.rules.values import seconds, text
from api_platform.service import Service

RULE = rule_name(__name__)
_VARIABLE = "KEEP_ALIVE_SECONDS"


def proxy_closes_idle_connections_first(
    environment: Environment, services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse an idle timeout of the proxy that is not below the workload's own keep-alive.

    Else the workload closes a connection in the moment in which the proxy sends a request on it: a 503 now and then,
    with nothing in any log. Node keeps a connection for 5 seconds, a proxy by default for an hour.
    """
    timeouts = {
        (namespace(deployment), name(deployment)): text(sidecar, "spec", "inboundConnectionPool", "http", "idleTimeout")
        for sidecar in objects.of_kind("Sidecar")
        for deployment in objects.selected_by(sidecar)
    }
    findings = []
    for workload, deployment in objects.deployments(environment, services):
        idle = timeouts.get((namespace(deployment), name(deployment)), "")
        keep_alive = variables(objects, deployment).get(_VARIABLE, "")
        proxy, own = seconds(idle), float(keep_alive) if keep_alive.isdecimal() else None
        if workload.exposure and (proxy is None or own is None or proxy >= own):
            findings.append(
                Finding(
                    RULE,
                    workload.name,
                    f"proxy's idle timeout {idle or 'not set'}; {_VARIABLE} {keep_alive or 'not set'}",
                    "The Sidecar's inbound idleTimeout is below the workload's own keep-alive.",
                    "Let both follow from runtime.keep_alive_seconds.",
                )
            )
    return findings
