"""What Kubernetes makes of workloads on simulated nodes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import lightkube
import pytest
from lightkube.core.exceptions import ApiError
from lightkube.models.core_v1 import ContainerStatus
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.batch_v1 import Job
from lightkube.resources.core_v1 import Event, Namespace, Node, Pod, ServiceAccount

from tests.eks_twin.processes.tiny_programs import soon

pytestmark = pytest.mark.slow

SPREAD = {
    "topologyKey": "topology.kubernetes.io/zone",
    "maxSkew": 1,
    "whenUnsatisfiable": "DoNotSchedule",
    "labelSelector": {"matchLabels": {"app": "app"}},
}


@pytest.fixture
def namespace(client: lightkube.Client, request: pytest.FixtureRequest) -> Iterator[str]:
    name = f"test-{abs(hash(request.node.name))}"
    labels = {"pod-security.kubernetes.io/enforce": "restricted"} if "restricted" in request.node.name else {}
    client.create(Namespace(metadata=ObjectMeta(name=name, labels=labels)))
    # Without one no pod is admitted, and the controller that makes it is no faster than we are.
    assert soon(lambda: list(client.list(ServiceAccount, namespace=name)))
    yield name
    client.delete(Namespace, name)


def pod_spec(image: str = "repository/app:v1", **changes: object) -> dict[str, Any]:
    return {"containers": [{"name": "app", "image": image}]} | changes


def deployment(namespace: str, spec: Mapping[str, Any], replicas: int = 3) -> Deployment:
    labels = {"app": "app"}
    content = {
        "metadata": {"name": "app", "namespace": namespace},
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": dict(spec)},
        },
    }
    return cast("Deployment", Deployment.from_dict(content))


def ready_replicas(client: lightkube.Client, namespace: str) -> int | None:
    status = client.get(Deployment, "app", namespace=namespace).status
    return status.readyReplicas if status else None


def pods(client: lightkube.Client, namespace: str) -> list[Pod]:
    return list(client.list(Pod, namespace=namespace))


def is_ready(pod: Pod) -> bool:
    conditions = (pod.status.conditions or []) if pod.status else []
    return any(one.type == "Ready" and one.status == "True" for one in conditions)


def names_of(found: Sequence[Pod]) -> list[str]:
    return [pod.metadata.name for pod in found if pod.metadata and pod.metadata.name]


def phase_of(pod: Pod) -> str | None:
    return pod.status.phase if pod.status else None


def containers(client: lightkube.Client, namespace: str) -> list[ContainerStatus]:
    statuses = [pod.status for pod in pods(client, namespace) if pod.status]
    return [container for status in statuses for container in status.containerStatuses or []]


def waits_for(client: lightkube.Client, namespace: str) -> list[str | None]:
    states = [container.state for container in containers(client, namespace)]
    return [state.waiting.reason for state in states if state and state.waiting]


def restarts(client: lightkube.Client, namespace: str) -> int:
    return sum(container.restartCount for container in containers(client, namespace))


def zone_of(client: lightkube.Client, pod: Pod) -> str | None:
    node = client.get(Node, (pod.spec.nodeName if pod.spec else None) or "")
    labels: Mapping[str, str] = (node.metadata.labels or {}) if node.metadata else {}
    return labels.get("topology.kubernetes.io/zone")


def test_a_deployments_pods_are_ready_and_spread_over_the_zones(client: lightkube.Client, namespace: str) -> None:
    client.create(deployment(namespace, pod_spec(topologySpreadConstraints=[SPREAD]), replicas=6))
    assert soon(lambda: sum(map(is_ready, pods(client, namespace))) == 6)
    assert set(Counter(zone_of(client, pod) for pod in pods(client, namespace)).values()) == {2}
    assert soon(lambda: ready_replicas(client, namespace) == 6)


def test_native_sidecars_run_and_init_containers_are_done(client: lightkube.Client, namespace: str) -> None:
    """A pod of the mesh has both: istio-proxy restarts always, and runs before the container does."""
    first = {"name": "first", "image": "repository/first:v1"}
    proxy = {"name": "istio-proxy", "image": "repository/proxy:v1", "restartPolicy": "Always"}
    client.create(deployment(namespace, pod_spec(initContainers=[first, proxy]), replicas=1))
    assert soon(lambda: sum(map(is_ready, pods(client, namespace))) == 1)
    (pod,) = pods(client, namespace)
    assert pod.status is not None
    states = {one.name: one.state for one in pod.status.initContainerStatuses or []}
    assert states["first"] is not None
    assert states["first"].terminated is not None
    assert states["istio-proxy"] is not None
    assert states["istio-proxy"].running is not None


@pytest.mark.parametrize("image", ["repository/app:broken-v2", f"host:5000/app:broken-v2@sha256:{'3' * 64}"])
def test_a_broken_image_runs_and_is_never_ready(client: lightkube.Client, namespace: str, image: str) -> None:
    client.create(deployment(namespace, pod_spec(image), replicas=1))
    assert soon(lambda: [phase_of(pod) for pod in pods(client, namespace)] == ["Running"])
    assert soon(lambda: [one.reason for one in client.list(Event, namespace=namespace)].count("Unhealthy") == 1)
    assert not soon(lambda: any(map(is_ready, pods(client, namespace))), 4)


def test_a_missing_image_is_not_pulled(client: lightkube.Client, namespace: str) -> None:
    client.create(deployment(namespace, pod_spec("repository/app:missing-v2"), replicas=1))
    assert soon(lambda: waits_for(client, namespace) == ["ImagePullBackOff"])
    assert not soon(lambda: waits_for(client, namespace) != ["ImagePullBackOff"], 3), "it started all the same"
    assert [phase_of(pod) for pod in pods(client, namespace)] == ["Pending"]


def test_a_hungry_image_is_killed_for_memory_and_restarted_again_and_again(
    client: lightkube.Client, namespace: str
) -> None:
    client.create(deployment(namespace, pod_spec("repository/app:hungry-v2"), replicas=1))
    assert soon(lambda: waits_for(client, namespace) == ["CrashLoopBackOff"])
    assert soon(lambda: restarts(client, namespace) == 2, 30)
    (container,) = containers(client, namespace)
    assert container.lastState is not None
    assert container.lastState.terminated is not None
    assert container.lastState.terminated.reason == "OOMKilled"


def test_an_image_that_only_has_broken_in_its_name_is_well(client: lightkube.Client, namespace: str) -> None:
    client.create(deployment(namespace, pod_spec("repository/broken-windows:v1-broken-2"), replicas=1))
    assert soon(lambda: sum(map(is_ready, pods(client, namespace))) == 1)


def test_a_job_completes(client: lightkube.Client, namespace: str) -> None:
    content = {
        "metadata": {"name": "migration", "namespace": namespace},
        "spec": {"template": {"spec": pod_spec(restartPolicy="Never")}},
    }
    client.create(cast("Job", Job.from_dict(content)))
    assert soon(lambda: client.get(Job, "migration", namespace=namespace).status.succeeded == 1, 30)  # type: ignore[union-attr]  # it has one


def test_a_deleted_pod_is_replaced_and_gone(client: lightkube.Client, namespace: str) -> None:
    client.create(deployment(namespace, pod_spec(), replicas=1))
    assert soon(lambda: sum(map(is_ready, pods(client, namespace))) == 1)
    (first,) = names_of(pods(client, namespace))
    assert not soon(lambda: names_of(pods(client, namespace)) != [first], 3), "it went before it was told to"
    client.delete(Pod, first, namespace=namespace)
    assert soon(lambda: len(names := names_of(pods(client, namespace))) == 1 and first not in names)


def test_the_logs_of_a_pod_say_that_it_is_simulated(client: lightkube.Client, namespace: str) -> None:
    client.create(deployment(namespace, pod_spec(), replicas=1))
    assert soon(lambda: sum(map(is_ready, pods(client, namespace))) == 1)
    (name,) = names_of(pods(client, namespace))
    assert "simulated" in "".join(client.log(name, namespace=namespace))


def test_a_restricted_namespace_refuses_a_privileged_pod(client: lightkube.Client, namespace: str) -> None:
    privileged = {"name": "app", "image": "repository/app:v1", "securityContext": {"privileged": True}}
    content = {"metadata": {"name": "pod", "namespace": namespace}, "spec": {"containers": [privileged]}}
    with pytest.raises(ApiError, match='violates PodSecurity "restricted:latest": privileged'):
        client.create(cast("Pod", Pod.from_dict(content)))
