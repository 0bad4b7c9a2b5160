import pytest

from api_platform.rules.runtime_fits_its_resources import RULE
from tests.rules.platform import Platform


@pytest.mark.parametrize(("heap", "found"), [(327, []), (328, ["orders"]), (512, ["orders"])])
def test_a_node_heap_near_the_memory_target_is_found(platform: Platform, heap: int, found: list[str]) -> None:
    """80 % of 512Mi is 409Mi, 80 % of that 327: a fuller heap keeps idle replicas at their maximum."""
    platform.one("ConfigMap", "orders")["data"]["NODE_OPTIONS"] = f"--max-old-space-size={heap}"
    assert platform.subjects(RULE) == found


def test_a_lower_memory_target_lowers_the_heap(platform: Platform) -> None:
    metrics = platform.one("HorizontalPodAutoscaler", "orders")["spec"]["metrics"]
    metrics[1]["containerResource"]["target"]["averageUtilization"] = 70
    assert platform.subjects(RULE) == ["orders"]


def test_the_memory_target_of_a_queue_scaler_counts(platform: Platform) -> None:
    platform.one("ScaledObject", "parcels")["spec"]["triggers"][2]["metadata"]["value"] = "70"
    assert platform.subjects(RULE) == ["parcels"]


def test_without_a_memory_target_the_limit_counts(platform: Platform) -> None:
    del platform.one("HorizontalPodAutoscaler", "orders")["spec"]["metrics"][1]
    platform.one("ConfigMap", "orders")["data"]["NODE_OPTIONS"] = "--max-old-space-size=614"
    assert platform.ask(RULE) == []
    platform.one("ConfigMap", "orders")["data"]["NODE_OPTIONS"] = "--max-old-space-size=615"
    assert platform.subjects(RULE) == ["orders"]


def test_a_literal_variable_wins_over_the_config_map(platform: Platform) -> None:
    platform.container("orders")["env"] = [{"name": "NODE_OPTIONS", "value": "--max-old-space-size=512"}]
    assert platform.subjects(RULE) == ["orders"]


def test_other_node_options_beside_it_are_no_matter(platform: Platform) -> None:
    options = "--enable-source-maps --max_old_space_size=300"
    platform.one("ConfigMap", "orders")["data"]["NODE_OPTIONS"] = options
    assert platform.ask(RULE) == []


@pytest.mark.parametrize(
    ("workload", "variable"), [("orders", "NODE_OPTIONS"), ("stock", "GOMEMLIMIT"), ("stock", "GOMAXPROCS")]
)
@pytest.mark.parametrize("value", ["", "off"])
def test_a_runtime_that_is_not_told_its_limits_is_found(
    platform: Platform, workload: str, variable: str, value: str
) -> None:
    """`settings` of a spec win over what follows from its resources, and can empty it."""
    platform.one("ConfigMap", workload)["data"][variable] = value
    (finding,) = platform.ask(RULE)
    assert finding.subject == workload
    assert variable in finding.value


@pytest.mark.parametrize(("aim", "found"), [("2764MiB", []), ("2765MiB", ["stock"]), ("3GiB", ["stock"])])
def test_go_aims_at_ninety_percent_of_its_limit_at_most(platform: Platform, aim: str, found: list[str]) -> None:
    platform.one("ConfigMap", "stock")["data"]["GOMEMLIMIT"] = aim
    assert platform.subjects(RULE) == found


@pytest.mark.parametrize(("limit", "found"), [("2", []), ("1001m", []), ("1", ["stock"])])
def test_go_runs_no_more_threads_than_its_limit_has_cores(platform: Platform, limit: str, found: list[str]) -> None:
    platform.container("stock")["resources"]["limits"]["cpu"] = limit
    assert platform.subjects(RULE) == found


def test_exactly_the_share_is_accepted(platform: Platform) -> None:
    platform.container("orders")["resources"]["requests"]["memory"] = "1000Mi"
    platform.one("ConfigMap", "orders")["data"]["NODE_OPTIONS"] = "--max-old-space-size=640"
    platform.container("stock")["resources"]["limits"]["memory"] = "1000Mi"
    platform.one("ConfigMap", "stock")["data"]["GOMEMLIMIT"] = "900MiB"
    assert platform.ask(RULE) == []


@pytest.mark.parametrize("aim", ["2147483648", "2147483648B", "2097152KiB", "2048MiB", "2GiB"])
@pytest.mark.parametrize(("limit", "found"), [("2276Mi", []), ("2275Mi", ["stock"])])
def test_go_spells_sizes_in_several_units(platform: Platform, aim: str, limit: str, found: list[str]) -> None:
    platform.one("ConfigMap", "stock")["data"]["GOMEMLIMIT"] = aim
    platform.container("stock")["resources"]["limits"]["memory"] = limit
    assert platform.subjects(RULE) == found
