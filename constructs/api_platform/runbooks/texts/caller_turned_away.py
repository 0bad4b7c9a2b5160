"""Nearly all of a caller's requests are forbidden."""

from api_platform.observability.turned_away import NEARLY_ALL
from api_platform.runbooks.looks import GATEWAY_LOG, LOGS, PROXY_LOG, ROLLOUT, UNDO_THE_RELEASE
from api_platform.runbooks.runbook import AlertLimit, Look, Runbook, WayOut

RUNBOOK = Runbook(
    alert="CallerTurnedAway",
    says=(
        "In the last five minutes, nearly all calls of one caller were answered 403. `source_workload` names the "
        "caller; `istio-ingressgateway` is the whole world. A 403 counts as no failure: no error budget burns."
    ),
    noticed="Whoever calls by that way is refused, whatever the credentials.",
    limit=AlertLimit("share above", lambda _: f"{NEARLY_ALL:.0%}"),
    looks=(
        PROXY_LOG,
        GATEWAY_LOG,
        Look(
            "kubectl get authorizationpolicies -A",
            {
                "one in `istio-ingress` or `istio-system`": "it is not ours, and holds for the gateway, or for all",
                "`DENY` or `CUSTOM`": "it goes before every policy that allows",
                "`$workload-callers` is missing": "nobody is let in any more",
            },
        ),
        Look(
            "kubectl describe authorizationpolicy -n $namespace $workload-callers",
            {"the caller is not among the principals": "it is not in the graph, or the policy was changed by hand"},
        ),
        LOGS,
        ROLLOUT,
    ),
    ways_out=(
        WayOut(
            "`rbac_access_denied`, and a policy was changed, deleted or put beside ours",
            "See which, remove what is not ours, and deploy the service (or `platform`) again.",
            ("api-platform drift -e $environment",),
        ),
        WayOut(
            "`rbac_access_denied`, and the caller is new",
            "Add the callee to `calls` in the caller's spec.",
        ),
        WayOut(
            "`via_upstream`: the service itself refuses",
            "Its log says why. If everybody is refused since a release, it is the release: see below. If few callers "
            "make nearly all requests, it is somebody who tries credentials.",
        ),
        UNDO_THE_RELEASE,
    ),
)
