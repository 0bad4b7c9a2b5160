from typing import Any

import pytest

from api_platform.rules.vertical_autoscaler_only_recommends import RULE
from tests.rules.platform import Platform


@pytest.fixture
def vertical(platform: Platform) -> dict[str, Any]:
    one = {
        "apiVersion": "autoscaling.k8s.io/v1",
        "kind": "VerticalPodAutoscaler",
        "metadata": {"name": "stock", "namespace": "production"},
        "spec": {
            "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "stock"},
            "updatePolicy": {"updateMode": "Off"},
            "resourcePolicy": {"containerPolicies": [{"containerName": "istio-proxy", "mode": "Off"}]},
        },
    }
    platform.objects.append(one)
    return one


@pytest.mark.usefixtures("vertical")
def test_one_that_only_recommends_is_accepted(platform: Platform) -> None:
    assert platform.ask(RULE) == []


@pytest.mark.parametrize("policy", [{"updateMode": "Initial"}, {"updateMode": "Recreate"}, {}])
def test_one_that_acts_beside_a_horizontal_one_is_found(
    platform: Platform, vertical: dict[str, Any], policy: dict[str, str]
) -> None:
    """It changes the requests that the other takes its percentages of: both run after each other."""
    vertical["spec"]["updatePolicy"] = policy
    (finding,) = platform.ask(RULE)
    assert finding.subject == "stock"
    assert "is Off where replicas follow cpu and memory" in finding.demand


def test_one_that_acts_beside_keda_is_found(platform: Platform, vertical: dict[str, Any]) -> None:
    vertical["spec"]["targetRef"]["name"] = vertical["metadata"]["name"] = "parcels"
    vertical["spec"]["updatePolicy"] = {"updateMode": "Auto"}
    assert platform.subjects(RULE) == ["parcels"]


def test_one_may_act_where_nothing_scales_by_cpu_or_memory(platform: Platform, vertical: dict[str, Any]) -> None:
    del platform.one("HorizontalPodAutoscaler", "stock")["spec"]["metrics"]
    vertical["spec"]["updatePolicy"] = {"updateMode": "Recreate"}
    assert platform.ask(RULE) == []


@pytest.mark.parametrize(
    ("policies", "found"),
    [
        ([], ["stock"]),
        ([{"containerName": "istio-proxy"}], ["stock"]),
        ([{"containerName": "*", "mode": "Off"}], []),
        ([{"containerName": "*", "mode": "Off"}, {"containerName": "istio-proxy", "mode": "Auto"}], ["stock"]),
    ],
)
def test_the_proxy_is_left_alone(
    platform: Platform, vertical: dict[str, Any], policies: list[dict[str, str]], found: list[str]
) -> None:
    vertical["spec"]["resourcePolicy"]["containerPolicies"] = policies
    assert platform.subjects(RULE) == found


def test_one_for_nobody_is_found(platform: Platform, vertical: dict[str, Any]) -> None:
    vertical["spec"]["targetRef"]["name"] = "stok"
    (finding,) = platform.ask(RULE)
    assert "'stok', which is not here" in finding.value
