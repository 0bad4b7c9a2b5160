"""The charts that a Go module holds, rendered by helm as the kubectl function would."""

import json
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from api_platform.aws.helm_release import HelmRelease
from api_platform.environment import ROOT
from api_platform.proof.istio import ISTIO
from eks_twin.binaries.go_module import GoModule
from eks_twin.binaries.go_on_demand import find_go
from eks_twin.binaries.step import in_silence
from tests.built_programs import built

_DEFINITIONS: Final = GoModule(ROOT / "tools" / "crds")
"""Pins the modules of the operators, for their definitions; their charts lie beside them."""


class _Place(NamedTuple):
    module: GoModule
    path: str
    """Of the Go module."""
    folder: str


_ISTIO = "istio.io/istio"
PLACES: Final[Mapping[str, _Place]] = {
    "istio-base": _Place(ISTIO.module, _ISTIO, "manifests/charts/base"),
    "istio-cni": _Place(ISTIO.module, _ISTIO, "manifests/charts/istio-cni"),
    "istiod": _Place(ISTIO.module, _ISTIO, "manifests/charts/istio-control/istio-discovery"),
    "istio-ingressgateway": _Place(ISTIO.module, _ISTIO, "manifests/charts/gateway"),
    "cert-manager": _Place(_DEFINITIONS, "github.com/cert-manager/cert-manager", "deploy/charts/cert-manager"),
    "vertical-pod-autoscaler": _Place(
        _DEFINITIONS, "k8s.io/autoscaler/vertical-pod-autoscaler", "charts/vertical-pod-autoscaler"
    ),
}
"""Release -> where its chart is. KEDA's, Prometheus' and External Secrets' newest are in no module."""


@cache
def chart(release: str) -> Path:
    """Return the chart's folder. Leaves the test out where no programs of the twin were built: it needs Go, too."""
    built([ISTIO])
    place = PLACES[release]
    go = find_go(place.module.oldest_go, in_silence)
    said = json.loads(go.run(["mod", "download", "-json", place.path], place.module.folder))
    return Path(said["Dir"]) / place.folder


def rendered(release: HelmRelease, values: Mapping[str, Any] | None = None) -> str:
    """Return what helm makes of the chart with our values, or with these. Raises AssertionError where it refuses."""
    words = ("template", release.name, str(chart(release.name)), "--namespace", release.namespace, "--values", "-")
    done = subprocess.run(
        [str(ROOT / ".venv" / "bin" / "helm"), *words, "--kube-version", "1.36"],
        input=json.dumps(release.chart_values if values is None else values),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AssertionError(done.stderr)
    return done.stdout


def objects(release: HelmRelease) -> list[dict[str, Any]]:
    """Return the rendered objects."""
    return [one for one in yaml.load_all(rendered(release), Loader=yaml.CSafeLoader) if one]
