"""Prometheus, its operator, Alertmanager and Grafana."""

from api_platform import names
from api_platform.aws.helm_release import HelmRelease

VERSION = "93.6.1"


def kube_prometheus_stack() -> HelmRelease:
    """Return the release; its operator reads our monitors and rules, its Grafana our dashboards."""
    return HelmRelease(
        names.PROMETHEUS_RELEASE,
        "kube-prometheus-stack",
        "https://prometheus-community.github.io/helm-charts",
        VERSION,
        names.MONITORING_NAMESPACE,
        {
            "prometheus": {
                "prometheusSpec": {
                    # Left at true, each of them is looked for under the release's own label only, in silence.
                    "serviceMonitorSelectorNilUsesHelmValues": False,
                    "podMonitorSelectorNilUsesHelmValues": False,
                    "ruleSelectorNilUsesHelmValues": False,
                }
            },
            "grafana": {
                "sidecar": {"dashboards": {"label": "grafana_dashboard", "labelValue": "1", "searchNamespace": "ALL"}}
            },
            # The chart's certificate job writes this field as well. Helm 4 applies on the server's side and stops at a
            # field that somebody else has set to another value: so both are told the same one.
            "prometheusOperator": {"admissionWebhooks": {"failurePolicy": "Ignore"}},
        },
    )
