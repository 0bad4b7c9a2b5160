"""Who may look at an environment, and at nothing that is secret: enough for `api-platform drift` and `doctor`."""

from collections.abc import Mapping, Sequence
from typing import Final

from cdk8s_plus_27 import k8s
from constructs import Construct

from api_platform import names
from api_platform.labels import platform_metadata

VIEWED: Final[Mapping[str, Sequence[str]]] = {
    "": (
        "configmaps",
        "events",
        "limitranges",
        "namespaces",
        "nodes",
        "pods",
        "pods/log",
        "resourcequotas",
        "serviceaccounts",
        "services",
    ),
    "apps": ("deployments", "replicasets"),
    "autoscaling": ("horizontalpodautoscalers",),
    "autoscaling.k8s.io": ("verticalpodautoscalers",),
    "cert-manager.io": ("certificates", "clusterissuers"),
    "external-secrets.io": ("externalsecrets", "secretstores"),
    "keda.sh": ("scaledobjects", "triggerauthentications"),
    "metrics.k8s.io": ("nodes", "pods"),
    "monitoring.coreos.com": ("podmonitors", "prometheusrules", "servicemonitors"),
    "networking.istio.io": (
        "destinationrules",
        "envoyfilters",
        "gateways",
        "sidecars",
        "virtualservices",
    ),
    "networking.k8s.io": ("networkpolicies",),
    "policy": ("poddisruptionbudgets",),
    "rbac.authorization.k8s.io": ("clusterrolebindings", "clusterroles"),
    "scheduling.k8s.io": ("priorityclasses",),
    "security.istio.io": ("authorizationpolicies", "peerauthentications"),
    "storage.k8s.io": ("storageclasses",),
    "telemetry.istio.io": ("telemetries",),
}
"""API group -> resources: every kind that we write, and what tells how it goes on. EKS's own view policy knows no
custom resources, and the one that does shows Secrets."""
_ROLE: Final = "api-platform-viewer"


def viewer_role(scope: Construct) -> None:
    """Create the role, and give it to the group that an EKS access entry may name (`names.VIEWERS`)."""
    k8s.KubeClusterRole(
        scope,
        "viewer-role",
        metadata=platform_metadata(_ROLE),
        rules=[
            k8s.PolicyRule(api_groups=[group], resources=list(resources), verbs=["get", "list", "watch"])
            for group, resources in VIEWED.items()
        ],
    )
    group = "rbac.authorization.k8s.io"
    k8s.KubeClusterRoleBinding(
        scope,
        "viewer-role-binding",
        metadata=platform_metadata(_ROLE),
        role_ref=k8s.RoleRef(api_group=group, kind="ClusterRole", name=_ROLE),
        subjects=[k8s.Subject(api_group=group, kind="Group", name=names.VIEWERS)],
    )
