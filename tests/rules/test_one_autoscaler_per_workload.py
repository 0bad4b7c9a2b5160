from api_platform.rules.one_autoscaler_per_workload import RULE
from tests.rules.platform import Platform


def test_a_workload_that_nothing_scales_is_found(platform: Platform) -> None:
    platform.remove("HorizontalPodAutoscaler", "stock")
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", "scaled by nothing")


def test_an_autoscaler_beside_keda_is_found(platform: Platform) -> None:
    """KEDA makes an autoscaler of its own: the two set different numbers of replicas in turn."""
    second = platform.copy("HorizontalPodAutoscaler", "stock", "by-cpu")
    second["spec"]["scaleTargetRef"]["name"] = "parcels"
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (
        "parcels",
        "scaled by HorizontalPodAutoscaler/by-cpu and ScaledObject/parcels",
    )


def test_two_autoscalers_of_one_kind_are_found(platform: Platform) -> None:
    platform.copy("HorizontalPodAutoscaler", "stock", "stock-again")
    assert platform.subjects(RULE) == ["stock"]


def test_replicas_of_a_scaled_deployment_are_found(platform: Platform) -> None:
    """Every apply would reset a service that has scaled out, in the middle of its load."""
    platform.one("Deployment", "stock")["spec"]["replicas"] = 2
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", "its Deployment sets replicas 2")


def test_an_autoscaler_of_nothing_is_found(platform: Platform) -> None:
    lonely = platform.copy("HorizontalPodAutoscaler", "stock", "lonely")
    lonely["spec"]["scaleTargetRef"]["name"] = "stok"
    (finding,) = platform.ask(RULE)
    assert "scales Deployment stok, which is not here" in finding.value


def test_an_autoscaler_that_keda_makes_under_a_taken_name_is_found(platform: Platform) -> None:
    config = platform.one("ScaledObject", "parcels")["spec"]["advanced"]["horizontalPodAutoscalerConfig"]
    config["name"] = "stock"
    (finding,) = platform.ask(RULE)
    assert finding.subject == "parcels"
    assert "makes HorizontalPodAutoscaler/stock" in finding.value
