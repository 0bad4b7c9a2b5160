"""KEDA, which scales workers on the depth of their queues; and the Vertical Pod Autoscaler, which recommends."""

from api_platform import names
from api_platform.aws.add_on_namespaces import VERTICAL_POD_AUTOSCALER_NAMESPACE
from api_platform.aws.helm_release import HelmRelease
from api_platform.environment import Environment

KEDA_VERSION = "2.20.2"
VERTICAL_POD_AUTOSCALER_VERSION = "0.9.0"
"""Brings VPA 1.7."""


def keda(environment: Environment) -> HelmRelease:
    """Return the release. Its operator reads queue depths under its own role; its metrics are what the rules record."""
    return HelmRelease(
        "keda",
        "keda",
        "https://kedacore.github.io/charts",
        KEDA_VERSION,
        names.KEDA_NAMESPACE,
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
        {"updater": {"enabled": False}, "admissionController": {"enabled": False}},
    )
