import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import httpx2
import lightkube
import pytest
import yaml
from lightkube.core.exceptions import ApiError
from lightkube.resources.autoscaling_v2 import HorizontalPodAutoscaler

from api_platform.environment import ROOT
from api_platform.errors import InputError
from api_platform.proof.scaling import time_scale
from api_platform.proof.scaling.time_scale import (
    ScaledObject,
    behavior_in,
    deployed_autoscalers,
    faster,
    faster_behavior,
    name_of,
)
from eks_twin.errors import TwinError

Manifest = dict[str, Any]
NOTE = "kubectl.kubernetes.io/last-applied-configuration"


def emitted(kind: str, name: str) -> Manifest:
    service = "worker-service" if kind == "ScaledObject" else name
    text = (ROOT / "tests" / "golden" / "production" / f"{service}.yaml").read_text()
    found: Manifest = next(
        each for each in yaml.safe_load_all(text) if each["kind"] == kind and each["metadata"]["name"] == name
    )
    return found


API = emitted("HorizontalPodAutoscaler", "api-service")
PROCESSOR = emitted("ScaledObject", "media-processor")


class Cluster:
    """Stands in for the API server and for KEDA, which makes an autoscaler of each ScaledObject."""

    def __init__(self, *manifests: Manifest, keda: bool = True) -> None:
        self.keda = keda
        self.objects = {(each["kind"], name_of(each)): self._applied(each) for each in manifests}
        self.patches: list[Manifest] = []

    def _applied(self, manifest: Manifest) -> Manifest:
        live = copy.deepcopy(manifest)
        live["metadata"]["annotations"] = {NOTE: json.dumps(manifest)}
        return live

    def _made_by_keda(self) -> Iterator[Manifest]:
        for (kind, name), scaled in self.objects.items():
            if kind == "ScaledObject" and self.keda:
                behavior = scaled["spec"]["advanced"]["horizontalPodAutoscalerConfig"]["behavior"]
                metadata = {"name": name, "annotations": scaled["metadata"]["annotations"]}
                yield {"kind": "HorizontalPodAutoscaler", "metadata": metadata, "spec": {"behavior": behavior}}

    def _autoscalers(self) -> list[Manifest]:
        own = [each for (kind, _), each in self.objects.items() if kind == "HorizontalPodAutoscaler"]
        return [*own, *self._made_by_keda()]

    def list(self, kind: type[Any]) -> Sequence[Any]:
        if kind is ScaledObject:
            found = [each for (name, _), each in self.objects.items() if name == "ScaledObject"]
            return [ScaledObject(each) for each in found]
        return [_autoscaler(each) for each in self._autoscalers()]

    def get(self, _: type[Any], name: str) -> Any:
        for each in self._autoscalers():
            if name_of(each) == name:
                return _autoscaler(each)
        status = {"code": 404, "message": f"{name} not found"}
        raise ApiError(response=httpx2.Response(404, json=status, request=httpx2.Request("GET", "https://cluster")))

    def patch(self, kind: type[Any], name: str, patch: Manifest, *, patch_type: object) -> None:
        assert patch_type is lightkube.types.PatchType.MERGE
        self.patches.append(patch)
        _merge(self.objects[kind.__name__, name], patch)


def _autoscaler(manifest: Manifest) -> HorizontalPodAutoscaler:
    spec = {"maxReplicas": 1, "scaleTargetRef": {"kind": "Deployment", "name": "x"}, **manifest["spec"]}
    made: HorizontalPodAutoscaler = HorizontalPodAutoscaler.from_dict({**manifest, "spec": spec})  # type: ignore[assignment]  # that is what it returns
    return made


def _merge(target: Manifest, patch: Mapping[str, Any]) -> None:
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(target.get(key), dict):
            _merge(target[key], value)
        else:
            target[key] = value


def client(cluster: Cluster) -> lightkube.Client:
    return cast(lightkube.Client, cluster)


def test_periods_and_windows_are_divided_and_nothing_else_changes() -> None:
    assert faster_behavior(API, 20) == {
        "scaleDown": {
            "policies": [{"periodSeconds": 3, "type": "Percent", "value": 10}],
            "selectPolicy": "Max",
            "stabilizationWindowSeconds": 15,
        },
        "scaleUp": {
            "policies": [
                {"periodSeconds": 3, "type": "Percent", "value": 50},
                {"periodSeconds": 3, "type": "Pods", "value": 10},
            ],
            "selectPolicy": "Min",
            "stabilizationWindowSeconds": 0,
        },
    }


def test_a_time_scale_that_does_not_divide_a_period_is_refused() -> None:
    """Kubernetes takes whole seconds: rounded, the policy would be another one."""
    with pytest.raises(InputError, match="'api-service': 60 s are no multiple of the time scale 7"):
        faster_behavior(API, 7)


def test_what_was_applied_is_found_by_the_notes_of_kubectl() -> None:
    """KEDA's own autoscalers carry a copy of their ScaledObject's note, and are none of ours."""
    assert deployed_autoscalers(client(Cluster(API, PROCESSOR))) == [API, PROCESSOR]


def test_a_behavior_that_was_left_too_fast_does_not_count_as_the_original() -> None:
    """A run that was killed leaves the live objects so; the next one must not divide them once more."""
    cluster = Cluster(API)
    cluster.objects["HorizontalPodAutoscaler", "api-service"]["spec"]["behavior"] = faster_behavior(API, 20)
    (found,) = deployed_autoscalers(client(cluster))
    assert behavior_in(found) == behavior_in(API)


def test_autoscalers_run_faster_and_are_put_back() -> None:
    cluster = Cluster(API, PROCESSOR)
    with faster(client(cluster), [API, PROCESSOR], 20):
        live = {name_of(each): each["spec"]["behavior"] for each in cluster._autoscalers()}
        assert live == {name_of(each): faster_behavior(each, 20) for each in (API, PROCESSOR)}
    back = {name_of(each): each["spec"]["behavior"] for each in cluster._autoscalers()}
    assert back == {name_of(each): behavior_in(each) for each in (API, PROCESSOR)}


def test_they_are_put_back_when_the_scenario_breaks_off() -> None:
    cluster = Cluster(API)
    with pytest.raises(KeyboardInterrupt), faster(client(cluster), [API], 20):
        raise KeyboardInterrupt
    assert cluster.objects["HorizontalPodAutoscaler", "api-service"]["spec"] == API["spec"]


def test_nothing_but_the_behavior_is_patched() -> None:
    cluster = Cluster(API, PROCESSOR)
    with faster(client(cluster), [API, PROCESSOR], 20):
        pass
    assert [list(patch) for patch in cluster.patches] == [["spec"]] * 4
    assert [list(patch["spec"]) for patch in cluster.patches] == [["behavior"], ["advanced"]] * 2


def test_a_keda_that_does_not_take_it_over_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_scale, "_CARRIED_SECONDS", 0.2)
    with (
        pytest.raises(TwinError, match=r"'media-processor' did not take over .* Is KEDA running\?"),
        faster(client(Cluster(PROCESSOR, keda=False)), [PROCESSOR], 20),
    ):
        pass
