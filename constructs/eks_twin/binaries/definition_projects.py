"""Where projects publish their custom resource definitions: in which Go module, in which files of it. A table.

`scripts/update_crds.py` reduces from them what `imports/crds` holds; the twin installs them whole, as a project's Helm
release does.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eks_twin.binaries.go_module import GoModule
from eks_twin.errors import TwinError
from eks_twin.home import REPOSITORY

MODULE: Final = GoModule(REPOSITORY / "tools" / "crds")
"""Our Go module that pins the projects' ones: their versions, and in go.sum their content."""


@dataclass(frozen=True)
class Project:
    """One project that publishes definitions: who it is, and where in its Go module they lie."""

    key: str
    """The name that a program knows it by."""
    name: str
    module: str
    """Path of the Go module."""
    files: str
    """Which files of the module hold all its definitions, and nothing else: a pattern, from the module's root."""
    licence: str = "Apache-2.0"

    def paths(self, folder: Path) -> list[Path]:
        """Return the files, where the module lies in a folder. Raises TwinError when there is none."""
        found = sorted(folder.glob(self.files))
        if not found:
            raise TwinError(
                f"{self.name} has no {self.files} any more: find its definitions in {folder}, and correct the table of "
                "definition_projects.py."
            )
        return found


ISTIO: Final = Project("istio", "Istio", "istio.io/api", "kubernetes/customresourcedefinitions.gen.yaml")
KEDA: Final = Project("keda", "KEDA", "github.com/kedacore/keda/v2", "config/crd/bases/*.yaml")
PROMETHEUS_OPERATOR: Final = Project(
    "prometheus-operator",
    "Prometheus Operator",
    "github.com/prometheus-operator/prometheus-operator",
    "example/prometheus-operator-crd/*.yaml",
)
VERTICAL_POD_AUTOSCALER: Final = Project(
    "vertical-pod-autoscaler",
    "Vertical Pod Autoscaler",
    "k8s.io/autoscaler/vertical-pod-autoscaler",
    "deploy/vpa-v1-crd-gen.yaml",
)
EXTERNAL_SECRETS: Final = Project(
    "external-secrets",
    "External Secrets",
    "github.com/external-secrets/external-secrets",
    "config/crds/bases/*external-secrets.io_*.yaml",
)
CERT_MANAGER: Final = Project(
    "cert-manager", "cert-manager", "github.com/cert-manager/cert-manager", "deploy/crds/*.yaml"
)

PROJECTS: Final = (
    ISTIO,
    KEDA,
    PROMETHEUS_OPERATOR,
    VERTICAL_POD_AUTOSCALER,
    EXTERNAL_SECRETS,
    CERT_MANAGER,
)
