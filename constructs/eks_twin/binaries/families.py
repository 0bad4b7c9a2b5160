"""The programs that the twin runs: a table."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from eks_twin.binaries.family import Family
from eks_twin.binaries.go_module import GoModule
from eks_twin.home import REPOSITORY

MODULES: Final = Path(__file__).with_name("modules")
TOOLS: Final = REPOSITORY / "tools"


def kubernetes_stamps(version: str) -> Mapping[str, str]:
    """Return what `/version` answers; unstamped programs say v0.0.0-master, and clients then warn of a skew."""
    major, minor = version.removeprefix("v").split(".")[:2]
    variables = {"gitVersion": version, "gitMajor": major, "gitMinor": minor, "gitTreeState": "clean"}
    return {f"k8s.io/component-base/version.{variable}": value for variable, value in variables.items()}


def istio_stamps(version: str) -> Mapping[str, str]:
    """Return what Istio calls a build of its main branch. Its messages point to the documentation of that release."""
    commit = version.rpartition("-")[2]
    return {"istio.io/istio/pkg/version.buildVersion": f"1.31-alpha.{commit}"}


KUBERNETES: Final = Family(
    name="kubernetes",
    module=GoModule(MODULES / "kubernetes"),
    pin="k8s.io/kubernetes",
    programs={
        name: f"k8s.io/kubernetes/cmd/{name}"
        for name in ("kube-apiserver", "kube-controller-manager", "kube-scheduler")
    },
    cold_seconds=330,
    stamps=kubernetes_stamps,
)

ETCD: Final = Family(
    name="etcd",
    module=GoModule(MODULES / "etcd"),
    pin="go.etcd.io/etcd/server/v3",
    programs={"etcd": "go.etcd.io/etcd/server/v3"},
    cold_seconds=35,
)

KWOK: Final = Family(
    name="kwok",
    module=GoModule(MODULES / "kwok"),
    pin="sigs.k8s.io/kwok",
    programs={"kwok": "sigs.k8s.io/kwok/cmd/kwok"},
    cold_seconds=80,
)

KEDA: Final = Family(
    name="keda",
    module=GoModule(MODULES / "keda"),
    pin="github.com/kedacore/keda/v2",
    programs={
        "keda": "github.com/kedacore/keda/v2/cmd/operator",
        "keda-adapter": "eks-twin.invalid/keda/adapter",  # KEDA's own listens on every address
    },
    cold_seconds=350,
    stamps=lambda version: {"github.com/kedacore/keda/v2/version.Version": version.removeprefix("v")},
)

ISTIO: Final = Family(
    name="istio",
    module=GoModule(TOOLS / "istio"),
    pin="istio.io/istio",
    programs={"istioctl": "istio.io/istio/istioctl/cmd/istioctl"},
    cold_seconds=280,
    stamps=istio_stamps,
)

CONTROL_PLANE: Final = (KUBERNETES, ETCD, KWOK)
"""What a deployment onto the twin needs. KEDA and Istio are for the proof alone."""

FAMILIES: Final[Mapping[str, Family]] = {family.name: family for family in (*CONTROL_PLANE, KEDA, ISTIO)}
