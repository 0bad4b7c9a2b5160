"""Prometheus, its operator, Alertmanager and Grafana."""

from typing import Any

from api_platform import names
from api_platform.aws.availability import ChartKeys, Component
from api_platform.aws.helm_release import HelmRelease
from api_platform.aws.releases.alert_routing import alert_routing
from api_platform.environment import Environment
from api_platform.service import Cpu, Memory

VERSION = "93.6.1"
_HIDDEN = ("kubeControllerManager", "kubeEtcd", "kubeProxy", "kubeScheduler")


def kube_prometheus_stack(environment: Environment) -> HelmRelease:
    """Return the release; its operator reads our monitors and rules, its Grafana our dashboards."""
    return HelmRelease(
        names.PROMETHEUS_RELEASE,
        "kube-prometheus-stack",
        "https://prometheus-community.github.io/helm-charts",
        VERSION,
        names.MONITORING_NAMESPACE,
        tuple(_components(environment)),
        {
            "prometheus": {"prometheusSpec": _prometheus(environment)},
            "alertmanager": {
                "config": alert_routing(environment),
                "serviceAccount": {
                    "name": names.ALERTMANAGER,
                    "annotations": {names.ROLE_ARN_ANNOTATION: names.role_arn(environment, names.ALERTMANAGER)},
                },
            },
            "grafana": {
                "sidecar": {"dashboards": {"label": "grafana_dashboard", "labelValue": "1", "searchNamespace": "ALL"}}
            },
            # The chart's certificate job writes this field as well. Helm 4 applies on the server's side and stops at a
            # field that somebody else has set to another value: so both are told the same one.
            "prometheusOperator": {"admissionWebhooks": {"failurePolicy": "Ignore"}},
            # EKS runs these, and shows nobody their metrics: left on, their alerts would fire for ever.
            **{
                part: {"enabled": False} for part in ("kubeControllerManager", "kubeEtcd", "kubeProxy", "kubeScheduler")
            },
        },
    )


def _components(environment: Environment) -> list[Component]:
    memory = environment.choose(
        development=Memory.gibibytes(1), staging=Memory.gibibytes(2), production=Memory.gibibytes(4)
    )
    return [
        Component("prometheus", _replicated("prometheus"), Cpu(500), memory, _label("prometheus")),
        Component("alertmanager", _replicated("alertmanager"), Cpu(50), Memory.mebibytes(128), _label("alertmanager")),
        Component(
            "operator",
            ChartKeys("prometheusOperator.resources", "prometheusOperator.priorityClassName"),
            Cpu(100),
            Memory.mebibytes(256),
            {"app": "kube-prometheus-stack-operator"},
            replicas=1,
            alone_because="It writes configuration; while it is away, Prometheus and Alertmanager go on with theirs.",
        ),
        Component(
            "grafana",
            ChartKeys("grafana.resources", "grafana.priorityClassName"),
            Cpu(100),
            Memory.mebibytes(512),
            _label("grafana"),
            replicas=1,
            alone_because="It holds its users and sessions in its own file, which two would not share.",
        ),
        Component(
            "kube-state-metrics",
            ChartKeys("kube-state-metrics.resources", "kube-state-metrics.priorityClassName"),
            Cpu(50),
            Memory.mebibytes(256),
            _label("kube-state-metrics"),
            replicas=1,
            alone_because="Two would tell everything twice, and sums over it would be double.",
        ),
        Component(
            "node-exporter",
            ChartKeys("prometheus-node-exporter.resources", "prometheus-node-exporter.priorityClassName"),
            Cpu(50),
            Memory.mebibytes(64),
            _label("prometheus-node-exporter"),
            per_node=True,
        ),
    ]


def _replicated(part: str) -> ChartKeys:
    spec = f"{part}.{part}Spec"
    return ChartKeys(
        resources=f"{spec}.resources",
        priority=f"{spec}.priorityClassName",
        replicas=f"{spec}.replicas",
        spread=f"{spec}.topologySpreadConstraints",
        budget=f"{part}.podDisruptionBudget.minAvailable",
        budget_switch=f"{part}.podDisruptionBudget.enabled",
    )


def _prometheus(environment: Environment) -> dict[str, Any]:
    size = environment.choose(development=10, staging=20, production=50)
    claim = {
        "storageClassName": names.STORAGE_CLASS,
        "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": str(Memory.gibibytes(size))}},
    }
    return {
        # Left at true, each of them is looked for under the release's own label only, in silence.
        "serviceMonitorSelectorNilUsesHelmValues": False,
        "podMonitorSelectorNilUsesHelmValues": False,
        "ruleSelectorNilUsesHelmValues": False,
        # Without a disk, each move of the pod forgets everything, and what burns over six hours begins blind.
        "storageSpec": {"volumeClaimTemplate": {"spec": claim}},
        "retentionSize": str(Memory.gibibytes(size * 8 // 10)) + "B",  # Prometheus writes GiB where Kubernetes has Gi
    }


def _label(name: str) -> dict[str, str]:
    return {"app.kubernetes.io/name": name}
