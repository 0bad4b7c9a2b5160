"""The programs that the twin runs itself: a table. An app brings families of its own for what only it needs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from eks_twin.binaries.family import Family
from eks_twin.binaries.go_module import GoModule

MODULES: Final = Path(__file__).with_name("modules")


def kubernetes_stamps(version: str) -> Mapping[str, str]:
    """Return what `/version` answers; unstamped programs say v0.0.0-master, and clients then warn of a skew."""
    major, minor = version.removeprefix("v").split(".")[:2]
    variables = {"gitVersion": version, "gitMajor": major, "gitMinor": minor, "gitTreeState": "clean"}
    return {f"k8s.io/component-base/version.{variable}": value for variable, value in variables.items()}


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

CONTROL_PLANE: Final = (KUBERNETES, ETCD, KWOK)
"""What every cluster needs."""

FAMILIES: Final[Mapping[str, Family]] = {family.name: family for family in (*CONTROL_PLANE, KEDA)}
