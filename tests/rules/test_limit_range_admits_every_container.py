import pytest

from api_platform.rules import PLATFORM
from api_platform.rules.limit_range_admits_every_container import RULE
from tests.rules.platform import Platform


@pytest.mark.parametrize(
    ("maximum", "found"),
    [
        ({"cpu": "2", "memory": "3Gi"}, []),
        ({}, []),
        ({"cpu": "1999m"}, [PLATFORM, "stock"]),
        ({"memory": "2Gi"}, ["stock"]),
        ({"memory": "1023Mi"}, [PLATFORM, "stock"]),
    ],
)
def test_a_maximum_below_a_containers_limit_is_found(
    platform: Platform, maximum: dict[str, str], found: list[str]
) -> None:
    """The proxy's limits are 2 CPU and 1Gi: below them no pod of any workload is created."""
    platform.one("LimitRange", "containers")["spec"]["limits"][0]["max"] = maximum
    assert platform.subjects(RULE) == found


def test_the_limits_of_pods_are_another_matter(platform: Platform) -> None:
    platform.one("LimitRange", "containers")["spec"]["limits"] = [{"type": "Pod", "max": {"cpu": "1"}}]
    assert platform.ask(RULE) == []


def test_other_namespaces_are_not_ours_to_judge(platform: Platform) -> None:
    small = platform.copy("LimitRange", "containers", "elsewhere")
    small["metadata"]["namespace"] = "legacy"
    small["spec"]["limits"][0]["max"] = {"cpu": "1m"}
    large = platform.copy("Deployment", "stock", "elsewhere")
    large["metadata"]["namespace"] = "legacy"
    large["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"]["cpu"] = "99"
    assert platform.ask(RULE) == []


def test_a_container_without_limits_gets_the_namespaces(platform: Platform) -> None:
    del platform.container("stock")["resources"]["limits"]
    assert platform.ask(RULE) == []
