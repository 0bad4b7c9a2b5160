"""Requests fail faster than the objective allows: two alerts, of two speeds."""

from api_platform.observability.objective_alerts import BURNS, Burn
from api_platform.runbooks.looks import (
    ANALYZE,
    ENDPOINTS,
    GATEWAY_ENDPOINTS,
    GATEWAY_LOG,
    LOGS,
    PODS,
    PROXIES,
    PROXY_LOG,
    ROLLOUT,
    UNDO_THE_RELEASE,
)
from api_platform.runbooks.occurrence import Occurrence
from api_platform.runbooks.runbook import AlertLimit, Runbook, WayOut


def _objective(one: Occurrence) -> str:
    exposure = one.workload.exposure if one.workload else None
    return f"{exposure.objectives.availability_percent:g} %" if exposure else ""


def _runbook(burn: Burn) -> Runbook:
    return Runbook(
        alert=burn.alert,
        says=(
            f"In the last {burn.long_window}, and still in the last {burn.short_window}, requests failed at "
            f"{burn.factor:g} times the pace that the objective allows; at the least five did. So the error budget of "
            f"30 days is gone in {30 * 24 / burn.factor:.0f} hours. A failure is a 5xx, or no answer to a caller that "
            "waited for long; the world's requests are counted at the gateway, those of the mesh at the pods."
        ),
        noticed="Calls that fail. The mesh has already repeated those that may be repeated.",
        limit=AlertLimit("objective", _objective),
        looks=(ROLLOUT, PODS, ENDPOINTS, GATEWAY_LOG, PROXY_LOG, LOGS, GATEWAY_ENDPOINTS, PROXIES, ANALYZE),
        ways_out=(
            UNDO_THE_RELEASE,
            WayOut(
                "one dependency fails",
                "Mend it there. What the workload calls inside the mesh has a runbook of its own.",
            ),
            WayOut("pods are ejected, and the others are overloaded", "Go on by the runbook of AutoscalerAtMaximum."),
            WayOut(
                "`rbac_access_denied`",
                "The caller is not in the graph: add it to `calls` in the caller's spec. If it is there, a policy was "
                "deleted: deploy the service again.",
            ),
            WayOut(
                "a proxy is `STALE` or missing",
                "Restart the pods; if all of them are, look at istiod.",
                (
                    "kubectl rollout restart -n $namespace deployment/$workload",
                    "kubectl get pods -n istio-system -l app=istiod",
                ),
            ),
        ),
    )


RUNBOOKS = tuple(_runbook(burn) for burn in BURNS)
