from datetime import UTC, datetime, timedelta

from eks_twin.metrics_api.answers import failure, group, listed, node_metrics, pod_metrics, resources
from eks_twin.metrics_api.pods import running
from eks_twin.metrics_api.usage import ContainerUse, PodUse
from tests.eks_twin.metrics_api.pod_resources import pod


def use(name: str = "a", *, node: str = "node-1", cpu: int = 350) -> PodUse:
    read = running(pod(name, node=node))
    assert read
    return PodUse(read, [ContainerUse("api-service", cpu, 2**28), ContainerUse("istio-proxy", 10, 2**20)])


def test_each_container_has_its_own_figures() -> None:
    assert pod_metrics(use())["containers"] == [
        {"name": "api-service", "usage": {"cpu": "350m", "memory": "268435456"}},
        {"name": "istio-proxy", "usage": {"cpu": "10m", "memory": "1048576"}},
    ]


def test_figures_are_as_of_now() -> None:
    moment = datetime.fromisoformat(pod_metrics(use())["timestamp"])
    assert abs(datetime.now(UTC) - moment) < timedelta(seconds=5)


def test_a_node_uses_what_its_pods_use() -> None:
    metrics = node_metrics([use("a"), use("b"), use("c", node="node-2", cpu=100)])
    assert [(name, each["usage"]["cpu"]) for name, each in metrics.items()] == [("node-1", "720m"), ("node-2", "110m")]


def test_a_list_is_of_its_kind() -> None:
    document = listed("PodMetrics", [pod_metrics(use())])
    assert (document["kind"], len(document["items"])) == ("PodMetricsList", 1)


def test_discovery_names_pods_and_nodes() -> None:
    assert [each["name"] for each in resources()["resources"]] == ["nodes", "pods"]
    assert group()["preferredVersion"]["groupVersion"] == "metrics.k8s.io/v1beta1"


def test_a_no_is_a_status_that_says_why() -> None:
    document = failure(404, "NotFound", "there is nothing")
    assert (document["kind"], document["code"], document["message"]) == ("Status", 404, "there is nothing")
