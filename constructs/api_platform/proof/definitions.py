"""The custom resource definitions of the add-ons: a table of the projects that publish them, and of our charts.

`scripts/update_crds.py` reduces from them what `imports/crds` holds; a twin installs them whole, as a project's Helm
release does.
"""

from typing import Final

from api_platform.environment import ROOT
from eks_twin.binaries.definition_projects import DefinitionProject, Definitions
from eks_twin.binaries.go_module import GoModule

ISTIO: Final = DefinitionProject("istio", "Istio", "istio.io/api", "kubernetes/customresourcedefinitions.gen.yaml")
KEDA: Final = DefinitionProject("keda", "KEDA", "github.com/kedacore/keda/v2", "config/crd/bases/*.yaml")
PROMETHEUS_OPERATOR: Final = DefinitionProject(
    "prometheus-operator",
    "Prometheus Operator",
    "github.com/prometheus-operator/prometheus-operator",
    "example/prometheus-operator-crd/*.yaml",
)
VERTICAL_POD_AUTOSCALER: Final = DefinitionProject(
    "vertical-pod-autoscaler",
    "Vertical Pod Autoscaler",
    "k8s.io/autoscaler/vertical-pod-autoscaler",
    "deploy/vpa-v1-crd-gen.yaml",
)
EXTERNAL_SECRETS: Final = DefinitionProject(
    "external-secrets",
    "External Secrets",
    "github.com/external-secrets/external-secrets",
    "config/crds/bases/*external-secrets.io_*.yaml",
)
CERT_MANAGER: Final = DefinitionProject(
    "cert-manager", "cert-manager", "github.com/cert-manager/cert-manager", "deploy/crds/*.yaml"
)

DEFINITIONS: Final = Definitions(
    GoModule(ROOT / "tools" / "crds"),
    {
        "base": ISTIO,
        "keda": KEDA,
        "kube-prometheus-stack": PROMETHEUS_OPERATOR,
        "vertical-pod-autoscaler": VERTICAL_POD_AUTOSCALER,
        "external-secrets": EXTERNAL_SECRETS,
        "cert-manager": CERT_MANAGER,
    },
)
