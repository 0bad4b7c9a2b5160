"""The scenario on a control plane alone: the objects are applied to it as they are, without CDK and AWS."""

import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from api_platform.environment import Environment
from api_platform.manifests.rendering import Rendering
from api_platform.proof.delivery.equality import compare_all
from api_platform.proof.scenarios import admission
from api_platform.proof.stage import ProofStage
from eks_twin.binaries import Binaries
from eks_twin.control_plane import start_control_plane
from eks_twin.home import Home
from eks_twin.measure.waiting import happens_within
from eks_twin.objects.api import ObjectsApi
from eks_twin.processes import stop
from eks_twin.proof.result import Outcome
from tests.whole_platform import rendering_of

pytestmark = pytest.mark.slow

ELSEWHERE = "vertical-pod-autoscaler"
"""Production does without it."""


@dataclass(frozen=True)
class ControlPlaneAlone:
    """What the scenario needs of a stage."""

    home: Home
    environment: Environment
    namespace: str = "production"
    short: bool = False


@pytest.fixture(scope="module")
def rendering() -> Rendering:
    return rendering_of("production")


@pytest.fixture(scope="module")
def stage(
    binaries: Binaries,
    definitions: Mapping[str, Path],
    rendering: Rendering,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[ProofStage]:
    home = Home(tmp_path_factory.mktemp("admission") / "twin")
    try:
        start_control_plane(home, binaries, stop_with=os.getpid())
        install({key: file for key, file in definitions.items() if key != ELSEWHERE}, home.kubeconfig)
        apply(rendering, home.kubeconfig)
        alone = ControlPlaneAlone(home, rendering.environment)
        yield alone  # type: ignore[misc]
    finally:
        stop(home)


@pytest.fixture(scope="module")
def outcome(stage: ProofStage) -> Outcome:
    return admission.run(stage)


def install(definitions: Mapping[str, Path], kubeconfig: Path) -> None:
    api = ObjectsApi.open(kubeconfig)
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(api.apply, (one for file in definitions.values() for one in json.loads(file.read_text())["items"]))
        )


def apply(rendering: Rendering, kubeconfig: Path) -> None:
    kinds = {(one["apiVersion"], one["kind"]) for one in rendering.objects}
    assert happens_within(30, lambda: all(ObjectsApi.open(kubeconfig).knows(*kind) for kind in kinds))
    api = ObjectsApi.open(kubeconfig)
    for namespace in sorted({one["metadata"].get("namespace", "") for one in rendering.objects} - {"", "production"}):
        api.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}})
    for manifest in rendering.objects:
        api.apply(manifest)
    (quota,) = (one for one in rendering.objects if one["kind"] == "ResourceQuota")
    assert happens_within(30, lambda: "hard" in (api.get(quota) or {}).get("status", {}))


def test_ours_is_accepted_and_what_is_insecure_refused(outcome: Outcome) -> None:
    assert outcome.reasons == []


def test_nothing_of_the_other_environments_stays(stage: ProofStage, outcome: Outcome) -> None:
    left = [figure.value for figure in outcome.figures if "left behind" in figure.label]
    assert left == [0]
    assert not ObjectsApi.open(stage.home.kubeconfig).knows("autoscaling.k8s.io/v1", "VerticalPodAutoscaler")


def test_the_live_objects_are_equal_to_ours_but_for_what_the_server_fills_in(
    stage: ProofStage, rendering: Rendering
) -> None:
    api = ObjectsApi.open(stage.home.kubeconfig)
    assert compare_all(api, rendering, "production").differences == []
