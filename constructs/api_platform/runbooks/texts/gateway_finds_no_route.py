"""The gateway does not know where requests go."""

from api_platform import names
from api_platform.observability.gateway_alerts import FEWEST_A_SECOND, MOST
from api_platform.runbooks.looks import ANALYZE, GATEWAY_LOG
from api_platform.runbooks.runbook import AlertLimit, Look, Runbook, WayOut

RUNBOOK = Runbook(
    alert="GatewayFindsNoRoute",
    says=(
        "In the last five minutes, most of what the gateway was asked found no route, and was answered 404 "
        f"(flag `NR`); at the least {FEWEST_A_SECOND} request a second."
    ),
    noticed="404 at a public host, whatever the path.",
    limit=AlertLimit("share above", lambda _: f"{MOST:.0%}"),
    looks=(
        GATEWAY_LOG,
        Look(
            "kubectl get virtualservices -n $namespace",
            {
                "one is missing": "somebody deleted it, or a deploy did",
                "another gateway or host than the environment's": "it was changed by hand",
            },
        ),
        Look(
            f"istioctl proxy-config route deployment/{names.GATEWAY_RELEASE} -n {names.GATEWAY_NAMESPACE}",
            {
                "the public host is not listed": "the gateway has no route for it",
                "`404` as VIRTUAL SERVICE": "its server is there, and no VirtualService is bound to it",
            },
        ),
        ANALYZE,
    ),
    ways_out=(
        WayOut(
            "a VirtualService is gone or changed",
            "See by whom, and deploy its service again.",
            ("api-platform drift -e $environment",),
        ),
        WayOut(
            "all are there, and the log shows hosts that are not ours",
            "It is a scanner: users are served. Block its addresses in front of the load balancer.",
        ),
    ),
)
