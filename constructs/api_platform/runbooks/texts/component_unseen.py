"""Nobody looks at a part of the ground."""

from api_platform.runbooks.looks import COMPONENT_PODS
from api_platform.runbooks.runbook import AlertLimit, Look, Runbook, WayOut

RUNBOOK = Runbook(
    alert="ComponentUnseen",
    says="Prometheus scrapes no target in the component's namespace.",
    noticed="Nothing. But what it would tell is not told: failures at the edge, certificates, queues, secrets.",
    limit=AlertLimit("fires after", lambda one: f"{one.minutes} minutes"),
    looks=(
        Look(
            "kubectl get podmonitors,servicemonitors -n $component_namespace",
            {
                "`No resources found`": "its monitor is missing: the platform's own, or the one of its chart",
                "a monitor": "it selects no pod or port, or Prometheus does not select it",
            },
        ),
        COMPONENT_PODS,
        Look(
            "kubectl get prometheuses -A -o yaml",
            {
                "`podMonitorSelector`, `serviceMonitorSelector` that are not empty": "it looks at monitors with these "
                "labels alone",
                "namespace selectors": "it looks into these namespaces alone",
            },
        ),
    ),
    ways_out=(
        WayOut("the platform's monitor is missing", "Deploy `platform` again."),
        WayOut(
            "the monitor of its chart is missing",
            "Switch it on in the release's values, and deploy `add-ons`.",
        ),
        WayOut(
            "there is one, and Prometheus asks in vain",
            "A NetworkPolicy of the namespace keeps `monitoring` out, or the port has another name since an upgrade.",
        ),
    ),
)
