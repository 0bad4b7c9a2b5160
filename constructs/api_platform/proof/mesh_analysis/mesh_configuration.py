"""Whether istiod would take a mesh configuration.

A value that it cannot read makes istiod discard the whole file; istioctl does so too, without a word, and analyzes with
the defaults.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api_platform import names
from api_platform.proof.mesh_analysis.istioctl import Istioctl
from api_platform.proof.mesh_analysis.stand_ins import cluster
from api_platform.rules.finding import Manifest

_EMPTY_PROVIDERS = "IST0157"
_LOG_WITHOUT_PROVIDER: Manifest = {
    "apiVersion": "telemetry.istio.io/v1",
    "kind": "Telemetry",
    "metadata": {"name": "probe", "namespace": names.ISTIO_NAMESPACE},
    "spec": {"accessLogging": [{}]},
}
"""Wrong by the defaults, and right as soon as the mesh configuration names a default provider."""


def is_taken(configuration: Mapping[str, Any], istioctl: Istioctl, repository: Path) -> bool:
    """Return whether istioctl goes by the configuration: it must, if it sees a default provider that we add to it."""
    probe = {**configuration, "defaultProviders": {"accessLogging": ["envoy"]}}
    messages = istioctl.analyze(cluster([_LOG_WITHOUT_PROVIDER], (), repository), probe).messages
    return all(message.code != _EMPTY_PROVIDERS for message in messages)
