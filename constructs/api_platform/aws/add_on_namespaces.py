"""The add-ons' namespaces: made before the releases, since no chart labels its own."""

from collections.abc import Iterable, Mapping

from api_platform import names
from api_platform.rules.finding import Manifest

VERTICAL_POD_AUTOSCALER_NAMESPACE = "vertical-pod-autoscaler"

_POD_SECURITY: Mapping[str, str] = {
    # Its CNI agent writes to the node's disk.
    names.ISTIO_NAMESPACE: "privileged",
    names.GATEWAY_NAMESPACE: "restricted",
    # Its node exporter reads the node's disk and network.
    names.MONITORING_NAMESPACE: "privileged",
    names.KEDA_NAMESPACE: "restricted",
    names.EXTERNAL_SECRETS_NAMESPACE: "restricted",
    names.CERT_MANAGER_NAMESPACE: "restricted",
    # The chart sets no seccomp profile.
    VERTICAL_POD_AUTOSCALER_NAMESPACE: "baseline",
}
"""Namespace -> the Pod Security Standard that it enforces: the strictest under which its pods start."""


def add_on_namespaces(wanted: Iterable[str]) -> tuple[Manifest, ...]:
    """Return the Namespace objects of the releases' namespaces, each once, in the order of the table."""
    present = set(wanted)
    return tuple(
        {
            "apiVersion": "v1",
            "kind": "Namespace",
            "metadata": {"name": name, "labels": {"pod-security.kubernetes.io/enforce": level}},
        }
        for name, level in _POD_SECURITY.items()
        if name in present
    )
