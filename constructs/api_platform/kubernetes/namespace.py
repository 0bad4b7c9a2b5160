"""The namespace that holds an environment's services."""

from cdk8s_plus_27 import k8s
from constructs import Construct

from api_platform import names
from api_platform.environment import ChartEnvironment
from api_platform.labels import platform_metadata


def namespace(scope: Construct, environment: ChartEnvironment) -> k8s.KubeNamespace:
    """Create the namespace: in the mesh, and with the strictest Pod Security Standard enforced."""
    return k8s.KubeNamespace(
        scope,
        "namespace",
        metadata=platform_metadata(
            names.namespace_name(environment),
            labels={
                "istio-injection": "enabled",
                "pod-security.kubernetes.io/enforce": "restricted",
                # What is refused changes when we say so, and not with the cluster. Warnings and audit follow the
                # newest, and tell beforehand.
                "pod-security.kubernetes.io/enforce-version": f"v{environment.kubernetes_version}",
                "pod-security.kubernetes.io/warn": "restricted",
                "pod-security.kubernetes.io/audit": "restricted",
            },
        ),
    )
