"""Answers for Helm releases: charts cannot be fetched here, and their pods would be simulated anyway.

What our own objects rely on is there all the same: the full custom resource definitions of the products' Go modules.
"""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api_platform.twin.cloud.custom_type import Event
from api_platform.twin.cloudformation import ResourceFailed

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
    """Answers Create, Update and Delete of a release."""

    kubectl: Path
    kubeconfig: Path
    definitions: Mapping[str, Path]
    """Product -> the file with its custom resource definitions."""

    def __call__(self, event: Event) -> Event:
        """Install what the chart's definitions are. Deleting leaves them, as Helm does with a chart's `crds/`."""
        properties = event["ResourceProperties"]
        if event["RequestType"] != "Delete":
            if properties.get("CreateNamespace") == "true":
                self._apply_namespace(properties["Namespace"])
            if product := PRODUCTS.get(properties["Chart"]):
                self._install(product)
        return {"PhysicalResourceId": properties["Release"]}

    def _install(self, product: str) -> None:
        # Server-side: the larger definitions do not fit into the annotation of a client-side apply.
        self._kubectl("apply", "--server-side", "--force-conflicts", "-f", str(self.definitions[product]))
        self._kubectl("wait", "--for=condition=Established", "--timeout=60s", "-f", str(self.definitions[product]))

    def _apply_namespace(self, name: str) -> None:
        manifest = f'{{"apiVersion": "v1", "kind": "Namespace", "metadata": {{"name": "{name}"}}}}'
        self._kubectl("apply", "--server-side", "-f", "-", given=manifest)

    def _kubectl(self, *words: str, given: str | None = None) -> None:
        command = [str(self.kubectl), "--kubeconfig", str(self.kubeconfig), *words]
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ResourceFailed(done.stderr.strip())
