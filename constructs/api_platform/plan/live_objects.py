"""Objects as a cluster holds them: how kubectl is asked for their kind, and what of them is not the server's own."""

from typing import Final

from api_platform.rules.finding import Manifest
from api_platform.rules.values import table, text

_SERVER_S_OWN: Final = ("creationTimestamp", "generation", "managedFields", "resourceVersion", "selfLink", "uid")
"""Of an object's metadata: what the server writes, other on both sides of each dry run."""
LAST_APPLIED: Final = "kubectl.kubernetes.io/last-applied-configuration"
"""The annotation in which `kubectl apply` keeps what it was given."""


def kubectl_resource(manifest: Manifest) -> str:
    """Return kind, version and group, as kubectl takes them: `Deployment.v1.apps`."""
    group, _, version = text(manifest, "apiVersion").rpartition("/")
    return f"{text(manifest, 'kind')}.{version}.{group}"


def own_part(manifest: Manifest) -> Manifest:
    """Return an object without what the server writes into it."""
    metadata = {key: value for key, value in table(manifest, "metadata").items() if key not in _SERVER_S_OWN}
    annotations = {key: value for key, value in table(metadata, "annotations").items() if key != LAST_APPLIED}
    metadata = {key: value for key, value in metadata.items() if key != "annotations"}
    metadata |= {"annotations": annotations} if annotations else {}
    return {**{key: value for key, value in manifest.items() if key != "status"}, "metadata": metadata}
