from api_platform.rules.scaling_metrics_name_a_container import RULE
from tests.rules.platform import Platform


def test_a_metric_of_the_whole_pod_is_found(platform: Platform) -> None:
    """The pod's average counts the proxy, which idles: the service scales out too late."""
    platform.one("HorizontalPodAutoscaler", "stock")["spec"]["metrics"][0] = {
        "type": "Resource",
        "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}},
    }
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", "HorizontalPodAutoscaler/stock: cpu of the pod's average")


def test_a_metric_of_a_container_that_is_not_there_is_found(platform: Platform) -> None:
    platform.one("HorizontalPodAutoscaler", "stock")["spec"]["metrics"][1]["containerResource"]["container"] = "app"
    (finding,) = platform.ask(RULE)
    assert "memory of container 'app', which is not in the pod" in finding.value


def test_a_trigger_without_a_container_is_found(platform: Platform) -> None:
    del platform.one("ScaledObject", "parcels")["spec"]["triggers"][1]["metadata"]["containerName"]
    assert platform.subjects(RULE) == ["parcels"]


def test_a_metric_of_a_resource_that_is_not_requested_is_found(platform: Platform) -> None:
    del platform.container("stock")["resources"]["requests"]["memory"]
    (finding,) = platform.ask(RULE)
    assert "which requests none" in finding.value
