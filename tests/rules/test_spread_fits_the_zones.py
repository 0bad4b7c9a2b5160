from typing import Any

import pytest

from api_platform.rules.spread_fits_the_zones import RULE
from tests.rules.platform import Platform, a_platform

ZONE, NODE = 0, 1


def constraint(platform: Platform, which: int) -> dict[str, Any]:
    found: dict[str, Any] = platform.pod("orders")["topologySpreadConstraints"][which]
    return found


@pytest.mark.parametrize(("domains", "found"), [(3, []), (4, ["orders"])])
def test_more_domains_than_zones_are_found(platform: Platform, domains: int, found: list[str]) -> None:
    """Beyond one pod a zone, all others would stay Pending."""
    constraint(platform, ZONE)["minDomains"] = domains
    assert platform.subjects(RULE) == found


def test_the_environments_own_zones_count() -> None:
    platform = a_platform(zones=("eu-west-1a", "eu-west-1b"))
    constraint(platform, ZONE)["minDomains"] = 3
    assert platform.subjects(RULE) == ["orders"]


def test_domains_without_do_not_schedule_are_found(platform: Platform) -> None:
    """The API server refuses them, schemas do not."""
    constraint(platform, NODE)["minDomains"] = 2
    assert platform.subjects(RULE) == ["orders"]


@pytest.mark.parametrize("which", [ZONE, NODE])
def test_a_missing_spread_is_found(platform: Platform, which: int) -> None:
    del platform.pod("orders")["topologySpreadConstraints"][which]
    (finding,) = platform.ask(RULE)
    assert "no spread over" in finding.value


def test_a_spread_that_counts_old_pods_is_found(platform: Platform) -> None:
    """New pods are placed around the old ones, and stay so when those go: skewed after each rollout."""
    del constraint(platform, ZONE)["matchLabelKeys"]
    (finding,) = platform.ask(RULE)
    assert "matchLabelKeys without pod-template-hash" in finding.value


@pytest.mark.parametrize("labels", [{"app.kubernetes.io/name": "stock"}, {}])
def test_a_spread_by_the_pods_of_others_is_found(platform: Platform, labels: dict[str, str]) -> None:
    constraint(platform, ZONE)["labelSelector"] = {"matchLabels": labels}
    assert platform.subjects(RULE) == ["orders"]


@pytest.mark.parametrize(
    ("workload", "key", "maximum", "found"),
    [
        ("orders", "topology.kubernetes.io/zone", 3, []),
        ("orders", "topology.kubernetes.io/zone", 4, ["orders"]),
        ("orders", "kubernetes.io/hostname", 6, []),
        ("orders", "kubernetes.io/hostname", 7, ["orders"]),
        ("stock", "kubernetes.io/hostname", 5, ["stock"]),
    ],
)
def test_pods_that_must_be_alone_need_as_many_places(workload: str, key: str, maximum: int, found: list[str]) -> None:
    """Required anti-affinity stops the autoscaler at the number of zones or nodes; the rest stays Pending."""
    platform = a_platform()
    groups = platform.environment.node_groups
    platform.environment = platform.environment.model_copy(
        update={
            "node_groups": groups.model_copy(
                update={
                    "system": groups.system.model_copy(update={"maximum": 6}),
                    "media_processing": groups.media_processing.model_copy(update={"maximum": 4}),
                }
            )
        }
    )
    platform.one("HorizontalPodAutoscaler", workload)["spec"]["maxReplicas"] = maximum
    platform.pod(workload)["affinity"] = {
        "podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{"topologyKey": key}]}
    }
    assert platform.subjects(RULE) == found


def test_there_may_be_more_nodes_than_zones(platform: Platform) -> None:
    constraint(platform, NODE).update(whenUnsatisfiable="DoNotSchedule", minDomains=6)
    assert platform.ask(RULE) == []
