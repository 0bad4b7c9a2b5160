"""istioctl, whose analyzers read our mesh's configuration: built as the twin's own programs are."""

from collections.abc import Mapping
from typing import Final

from api_platform.environment import ROOT
from eks_twin.binaries.family import Family
from eks_twin.binaries.go_module import GoModule


def istio_stamps(version: str) -> Mapping[str, str]:
    """Return what Istio calls a build of its main branch. Its messages point to the documentation of that release."""
    commit = version.rpartition("-")[2]
    return {"istio.io/istio/pkg/version.buildVersion": f"1.31-alpha.{commit}"}


ISTIO: Final = Family(
    name="istio",
    module=GoModule(ROOT / "tools" / "istio"),
    pin="istio.io/istio",
    programs={"istioctl": "istio.io/istio/istioctl/cmd/istioctl"},
    cold_seconds=280,
    stamps=istio_stamps,
)
