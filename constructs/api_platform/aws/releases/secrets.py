"""External Secrets, which copies from AWS Secrets Manager; and cert-manager, which gets the public certificates."""

from api_platform import names
from api_platform.aws.availability import ChartKeys, Component
from api_platform.aws.helm_release import HelmRelease
from api_platform.environment import Environment
from api_platform.service import Cpu, Memory

EXTERNAL_SECRETS_VERSION = "2.9.0"
CERT_MANAGER_VERSION = "v1.21.2"
_EXTERNAL_SECRETS = (
    ("", "external-secrets", Memory.mebibytes(256)),
    ("webhook.", "external-secrets-webhook", Memory.mebibytes(128)),
    ("certController.", "external-secrets-cert-controller", Memory.mebibytes(256)),
)
_CERT_MANAGER = (
    ("", "cert-manager", Memory.mebibytes(256)),
    ("webhook.", "webhook", Memory.mebibytes(128)),
    ("cainjector.", "cainjector", Memory.mebibytes(512)),
)
"""Where the chart's keys of each component begin, the label that names its pods, and its memory."""


def external_secrets() -> HelmRelease:
    """Return the release. It has no role: each SecretStore names the ServiceAccount whose role reads."""
    return HelmRelease(
        "external-secrets",
        "external-secrets",
        "https://charts.external-secrets.io",
        EXTERNAL_SECRETS_VERSION,
        names.EXTERNAL_SECRETS_NAMESPACE,
        tuple(_component("external-secrets", *one) for one in _EXTERNAL_SECRETS),
        # Failing without the monitors' definitions: the default leaves its own out then, in silence.
        {"installCRDs": True, "serviceMonitor": {"enabled": True, "renderMode": "failIfMissing"}},
        after=(names.PROMETHEUS_RELEASE,),
    )


def cert_manager(environment: Environment) -> HelmRelease:
    """Return the release. Its controller proves our domains in Route 53, under a role of its own."""
    return HelmRelease(
        "cert-manager",
        "cert-manager",
        "https://charts.jetstack.io",
        CERT_MANAGER_VERSION,
        names.CERT_MANAGER_NAMESPACE,
        tuple(_component("cert-manager", *one, priority="global.priorityClassName") for one in _CERT_MANAGER),
        {
            "crds": {"enabled": True},
            "prometheus": {"servicemonitor": {"enabled": True}},
            # A job, once for each upgrade; a namespace with a quota would refuse it without.
            "startupapicheck": {
                "resources": {"requests": {"cpu": "10m", "memory": "32Mi"}, "limits": {"memory": "64Mi"}}
            },
            "serviceAccount": {
                "name": names.CERT_MANAGER,
                "annotations": {names.ROLE_ARN_ANNOTATION: names.role_arn(environment, names.CERT_MANAGER)},
            },
        },
        after=(names.PROMETHEUS_RELEASE,),
    )


def _component(release: str, at: str, pods: str, memory: Memory, *, priority: str | None = None) -> Component:
    """Return a component of either chart: their keys have the same names. `priority`: one key for all of them."""
    keys = ChartKeys(
        resources=f"{at}resources",
        priority=priority or f"{at}priorityClassName",
        replicas=f"{at}replicaCount",
        spread=f"{at}topologySpreadConstraints",
        budget=f"{at}podDisruptionBudget.minAvailable",
        budget_switch=f"{at}podDisruptionBudget.enabled",
    )
    labels = {"app.kubernetes.io/name": pods, "app.kubernetes.io/instance": release}
    return Component(pods, keys, Cpu(50), memory, labels)
