"""KEDA, which scales workers on the depth of their queues; and the Vertical Pod Autoscaler, which recommends."""

from api_platform import names
from api_platform.aws.add_on_namespaces import VERTICAL_POD_AUTOSCALER_NAMESPACE
from api_platform.aws.availability import ChartKeys, Component
from api_platform.aws.helm_release import HelmRelease
from api_platform.environment import Environment
from api_platform.service import Cpu, Memory

KEDA_VERSION = "2.20.2"
VERTICAL_POD_AUTOSCALER_VERSION = "0.11.0"
"""Brings VPA 1.7.1, whose definitions our objects are checked against."""
_KEDA_COMPONENTS = (
    ("operator", "operator", names.KEDA_OPERATOR, Memory.mebibytes(512)),
    ("metricsServer", "metricServer", names.KEDA_METRICS_SERVER, Memory.mebibytes(512)),
    ("webhooks", "webhooks", "keda-admission-webhooks", Memory.mebibytes(128)),
)
"""As the chart calls each, as its resources and budgets call it, the label `app` of its pods, and its memory."""


def keda(environment: Environment) -> HelmRelease:
    """Return the release. Its operator reads queue depths under its own role; its metrics are what the rules record."""
    return HelmRelease(
        "keda",
        "keda",
        "https://kedacore.github.io/charts",
        KEDA_VERSION,
        names.KEDA_NAMESPACE,
        tuple(_keda_component(*one) for one in _KEDA_COMPONENTS),
        {
            "serviceAccount": {"operator": {"name": names.KEDA_OPERATOR}},
            "podIdentity": {
                "aws": {"irsa": {"enabled": True, "roleArn": names.role_arn(environment, names.KEDA_OPERATOR)}}
            },
            "prometheus": {"operator": {"enabled": True, "serviceMonitor": {"enabled": True}}},
        },
        after=(names.PROMETHEUS_RELEASE,),
    )


def vertical_pod_autoscaler() -> HelmRelease:
    """Return the release, of the recommender alone: our objects have mode Off, so nothing else would ever act."""
    return HelmRelease(
        "vertical-pod-autoscaler",
        "vertical-pod-autoscaler",
        "https://kubernetes.github.io/autoscaler",
        VERTICAL_POD_AUTOSCALER_VERSION,
        VERTICAL_POD_AUTOSCALER_NAMESPACE,
        (_recommender(),),
        {"updater": {"enabled": False}, "admissionController": {"enabled": False}},
    )


def _keda_component(name: str, in_budgets: str, app: str, memory: Memory) -> Component:
    """Return a component. Without the first two, no worker scales; without the webhooks, no ScaledObject comes."""
    keys = ChartKeys(
        resources=f"resources.{in_budgets}",
        priority="priorityClassName",
        replicas=f"{name}.replicaCount",
        spread=f"topologySpreadConstraints.{name}",
        budget=f"podDisruptionBudget.{in_budgets}.minAvailable",
    )
    return Component(name, keys, Cpu(100), memory, {"app": app})


def _recommender() -> Component:
    keys = ChartKeys(
        resources="recommender.resources",
        priority="recommender.priorityClassName",
        replicas="recommender.replicas",
        budget="recommender.podDisruptionBudget.minAvailable",
    )
    labels = {"app.kubernetes.io/component": "recommender"}
    return Component("recommender", keys, Cpu(50), Memory.mebibytes(500), labels)
