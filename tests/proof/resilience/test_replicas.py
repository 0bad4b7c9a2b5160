import subprocess
from collections.abc import Iterator
from typing import Any, cast

import lightkube
import pytest
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.autoscaling_v2 import HorizontalPodAutoscaler

from api_platform.proof.resilience.replicas import ReplicaControl, minimum_replicas, other_replicas, without_keda
from eks_twin.errors import TwinError
from tests.proof.resilience.building import services

ANNOTATE = "annotate scaledobject data-export --namespace=production"


class Kubernetes:
    """Deployments of so many pods, all Ready; KEDA's autoscalers for some of them. Does what kubectl is told."""

    def __init__(self, replicas: dict[str, int], *, keda: tuple[str, ...] = (), exit_code: int = 0) -> None:
        self.replicas, self.keda, self.exit_code = dict(replicas), keda, exit_code
        self.said: list[str] = []

    def kubectl(self, *words: str) -> subprocess.CompletedProcess[str]:
        self.said.append(" ".join(words))
        for word in words:
            name, _, count = word.partition("=")
            if name in {"--replicas", "autoscaling.keda.sh/paused-replicas"}:
                self.replicas[words[2]] = int(count)
        return subprocess.CompletedProcess(words, self.exit_code, "", "it failed")

    def get(self, _: type[Deployment], name: str, **__: object) -> Deployment:
        return self.deployment(name)

    def list(self, kind: type[Any], **__: object) -> Iterator[Any]:
        if kind is HorizontalPodAutoscaler:
            return iter([autoscaler(name) for name in self.keda])
        return iter([self.deployment(name) for name in self.replicas])

    def deployment(self, name: str) -> Deployment:
        count = self.replicas[name]
        template = {"spec": {"containers": [{"name": name, "image": "image"}]}}
        made = Deployment.from_dict(
            {
                "metadata": {"name": name},
                "spec": {"replicas": count, "selector": {}, "template": template},
                "status": {"readyReplicas": count, "updatedReplicas": count, "replicas": count},
            }
        )
        return cast(Deployment, made)


def autoscaler(name: str) -> HorizontalPodAutoscaler:
    owner = {"kind": "ScaledObject", "name": name, "apiVersion": "keda.sh/v1alpha1", "uid": "1"}
    made = HorizontalPodAutoscaler.from_dict(
        {
            "metadata": {"name": name, "ownerReferences": [owner]},
            "spec": {"maxReplicas": 9, "minReplicas": 1, "scaleTargetRef": {"kind": "Deployment", "name": name}},
        }
    )
    return cast(HorizontalPodAutoscaler, made)


def control(kubernetes: Kubernetes) -> ReplicaControl:
    return ReplicaControl(kubernetes.kubectl, cast(lightkube.Client, kubernetes), "production")


def clock() -> float:
    return 7.0


def test_where_keda_runs_the_second_pod_comes_by_the_annotation() -> None:
    kubernetes = Kubernetes({"data-export": 1}, keda=("data-export",))
    with other_replicas(control(kubernetes), "data-export", 2, clock) as changed:
        assert kubernetes.said == [f"{ANNOTATE} --overwrite autoscaling.keda.sh/paused-replicas=2"]
        assert (changed.by_keda, changed.start, changed.end) == (True, 7.0, 7.0)
    assert kubernetes.said[1:] == [
        f"{ANNOTATE} autoscaling.keda.sh/paused-replicas-",
        "scale deployment data-export --namespace=production --replicas=1",
    ]


def test_without_keda_the_deployment_is_scaled_by_hand() -> None:
    kubernetes = Kubernetes({"data-export": 1})
    with other_replicas(control(kubernetes), "data-export", 2, clock) as changed:
        assert not changed.by_keda
        assert kubernetes.replicas == {"data-export": 2}
    assert kubernetes.replicas == {"data-export": 1}


def test_what_was_changed_is_taken_back_after_a_failure() -> None:
    kubernetes = Kubernetes({"data-export": 1})
    with pytest.raises(KeyError), other_replicas(control(kubernetes), "data-export", 2, clock):
        raise KeyError
    assert kubernetes.replicas == {"data-export": 1}


def test_a_command_that_fails_is_told() -> None:
    failing = control(Kubernetes({"data-export": 1}, exit_code=1))
    with (
        pytest.raises(TwinError, match="failed: it failed"),
        other_replicas(failing, "data-export", 2, clock),
    ):
        pass


def test_workloads_below_their_minimum_are_raised_to_it_for_a_while() -> None:
    """Without KEDA, workers have one replica: neither their budgets nor their spread would be tried."""
    now = {"api-service": 3, "media-service": 2, "media-processor": 1, "outbox-processor": 1, "data-export": 1}
    kubernetes = Kubernetes(now)
    workloads = [workload for service in services() for workload in service.workloads]
    with minimum_replicas(control(kubernetes), workloads) as raised:
        assert raised == ["media-processor", "outbox-processor"]
        assert kubernetes.replicas == {**now, "media-processor": 2, "outbox-processor": 2}
    assert kubernetes.replicas == now


def test_the_page_says_nothing_of_keda_where_it_runs() -> None:
    assert without_keda([]) == ()
