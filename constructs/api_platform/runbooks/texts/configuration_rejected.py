"""A proxy does not take what istiod sends."""

from api_platform import names
from api_platform.runbooks.looks import ANALYZE
from api_platform.runbooks.runbook import AlertLimit, Look, Runbook, WayOut

_REFUSED = {
    "`STALE`": "this proxy has refused the last configuration",
    "a pod is missing": "its proxy has no connection to istiod",
}

RUNBOOK = Runbook(
    alert="ConfigurationRejected",
    says="In the last 15 minutes, a proxy has refused configuration that istiod sent it.",
    noticed="Nothing, as long as the old configuration serves: changes of routes and policies have no effect.",
    limit=AlertLimit("refusals above", lambda _: "0"),
    looks=(
        Look("istioctl proxy-status -n $namespace", _REFUSED),
        Look(f"istioctl proxy-status -n {names.GATEWAY_NAMESPACE}", _REFUSED),
        Look(
            "kubectl logs -n $component_namespace deployment/$component --since=30m",
            {"`ADS:LDS: ACK ERROR`, or of another type": "the proxy's own words: the field that it does not take"},
        ),
        ANALYZE,
    ),
    ways_out=(
        WayOut(
            "the words name an EnvoyFilter's patch",
            "It does not fit this version of Envoy: correct it, or go back to the Istio release before.",
            (f"kubectl get envoyfilters -n {names.GATEWAY_NAMESPACE}",),
        ),
        WayOut("it began with a deploy", "Go back to the commit before, and deploy `platform` and the service again."),
        WayOut(
            "something was changed by hand",
            "See what, and deploy what it belongs to again.",
            ("api-platform drift -e $environment",),
        ),
    ),
)
