"""Answers for Helm releases: charts cannot be fetched here, and their pods would be simulated anyway.

What our own objects rely on is there all the same: the full custom resource definitions of the products' Go modules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eks_twin.cloud.custom_type import Event
from eks_twin.cloud.definitions import install
from eks_twin.cluster import connect_plainly

PRODUCTS: Mapping[str, str] = {
    "base": "istio",
    "cert-manager": "cert-manager",
    "external-secrets": "external-secrets",
    "keda": "keda",
    "kube-prometheus-stack": "prometheus-operator",
    "vertical-pod-autoscaler": "vertical-pod-autoscaler",
}
"""Chart -> the product whose definitions it brings."""


@dataclass(frozen=True)
class HelmReleases:
    """Answers Create, Update and Delete of a release. Namespaces are none of its business: the stack has made them."""

    kubeconfig: Path
    definitions: Mapping[str, Path]
    """Product -> the file with its custom resource definitions."""

    def __call__(self, event: Event) -> Event:
        """Install what the chart's definitions are. Deleting leaves them, as Helm does with a chart's `crds/`."""
        properties = event["ResourceProperties"]
        product = PRODUCTS.get(properties["Chart"])
        if product and event["RequestType"] != "Delete":
            with connect_plainly(self.kubeconfig) as api_server:
                install(api_server, self.definitions[product])
        return {"PhysicalResourceId": properties["Release"]}
