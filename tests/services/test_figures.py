"""The product's figures: what it asks for in production, and that other environments stay below."""

import pytest

from api_platform.service import Budget, GoRuntime, MaxUnavailable, MinAvailable, NodeRuntime, QueueScaling
from tests.services.environments import PRODUCTION, WORKLOADS

NAMES = tuple(PRODUCTION)
WORKERS = ("media-processor", "outbox-processor", "data-export")
SMALLER = ("development", "staging")


def test_there_are_five_workloads() -> None:
    assert set(NAMES) == {"api-service", "media-service", *WORKERS}


@pytest.mark.parametrize("environment", SMALLER)
def test_every_environment_has_the_same_workloads(environment: str) -> None:
    """What is tested in staging is what runs in production."""
    assert tuple(WORKLOADS[environment]) == NAMES


@pytest.mark.parametrize(
    ("name", "replicas"),
    [
        ("api-service", (3, 100)),
        ("media-service", (2, 50)),
        ("media-processor", (2, 100)),
        ("outbox-processor", (2, 20)),
        ("data-export", (1, 10)),
    ],
)
def test_production_scales_as_the_product_asks(name: str, replicas: tuple[int, int]) -> None:
    scaling = PRODUCTION[name].scaling
    assert (scaling.minimum, scaling.maximum) == replicas


@pytest.mark.parametrize(
    ("environment", "name", "replicas"),
    [
        ("development", "api-service", (2, 4)),
        ("development", "media-service", (2, 3)),
        ("development", "media-processor", (1, 3)),
        ("development", "outbox-processor", (1, 2)),
        ("development", "data-export", (1, 1)),
        ("staging", "api-service", (3, 12)),
        ("staging", "media-service", (2, 8)),
        ("staging", "media-processor", (2, 10)),
        ("staging", "outbox-processor", (2, 5)),
        ("staging", "data-export", (1, 3)),
    ],
)
def test_the_other_environments_scale_within_their_machines(
    environment: str, name: str, replicas: tuple[int, int]
) -> None:
    scaling = WORKLOADS[environment][name].scaling
    assert (scaling.minimum, scaling.maximum) == replicas


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("environment", SMALLER)
def test_no_other_environment_is_larger_than_production(environment: str, name: str) -> None:
    smaller, larger = WORKLOADS[environment][name], PRODUCTION[name]
    assert smaller.scaling.minimum <= larger.scaling.minimum
    assert smaller.scaling.maximum < larger.scaling.maximum
    assert smaller.resources.cpu <= larger.resources.cpu
    assert smaller.resources.memory <= larger.resources.memory


@pytest.mark.parametrize(
    ("name", "budget"),
    [
        ("api-service", MinAvailable(pods=2)),
        ("media-service", MinAvailable(pods=1)),
        ("media-processor", MinAvailable(pods=1)),
        ("outbox-processor", MinAvailable(pods=1)),
        ("data-export", MinAvailable(pods=1)),
    ],
)
def test_production_keeps_as_many_pods_as_the_product_asks(name: str, budget: Budget) -> None:
    assert PRODUCTION[name].budget == budget


@pytest.mark.parametrize("environment", SMALLER)
def test_outside_production_data_export_lets_a_drain_pass(environment: str) -> None:
    """At one replica, a budget of one available pod stops every drain."""
    assert WORKLOADS[environment]["data-export"].budget == MaxUnavailable(pods=1)


def test_the_one_budget_that_stops_a_drain_is_acknowledged_with_the_way_out() -> None:
    reason = PRODUCTION["data-export"].acknowledged["budget-leaves-room-to-drain"]
    assert "autoscaling.keda.sh/paused-replicas: '2'" in reason


@pytest.mark.parametrize("environment", SMALLER)
def test_nothing_is_acknowledged_where_there_is_nothing_to_acknowledge(environment: str) -> None:
    assert [name for name, workload in WORKLOADS[environment].items() if workload.acknowledged] == []


@pytest.mark.parametrize(("name", "requests"), [("api-service", ("500m", "512Mi")), ("media-service", ("1", "2Gi"))])
def test_production_asks_for_the_products_resources(name: str, requests: tuple[str, str]) -> None:
    resources = PRODUCTION[name].resources
    assert (str(resources.cpu), str(resources.memory)) == requests


@pytest.mark.parametrize(
    ("name", "subdomain", "timeout"), [("api-service", "api", 30), ("media-service", "media", 300)]
)
@pytest.mark.parametrize("environment", WORKLOADS)
def test_two_services_are_public_each_with_its_timeout(
    environment: str, name: str, subdomain: str, timeout: int
) -> None:
    exposure = WORKLOADS[environment][name].exposure
    assert exposure is not None
    assert (exposure.subdomain, exposure.timeout_seconds) == (subdomain, timeout)


@pytest.mark.parametrize("name", WORKERS)
def test_nobody_calls_a_worker(name: str) -> None:
    assert PRODUCTION[name].exposure is None


@pytest.mark.parametrize(
    ("name", "grace"),
    [
        ("api-service", 60),
        ("media-service", 330),
        ("media-processor", 900 + 30),
        ("outbox-processor", 60 + 30),
        ("data-export", 1800 + 30),
    ],
)
@pytest.mark.parametrize("environment", WORKLOADS)
def test_a_pod_has_time_to_finish_its_work(environment: str, name: str, grace: int) -> None:
    assert WORKLOADS[environment][name].grace_seconds == grace


@pytest.mark.parametrize("name", NAMES)
def test_a_service_has_150_seconds_to_start_and_media_twice_as_many(name: str) -> None:
    assert PRODUCTION[name].startup_attempts == (60 if name == "media-service" else 30)


@pytest.mark.parametrize("name", NAMES)
def test_every_container_runs_as_user_1000(name: str) -> None:
    assert PRODUCTION[name].user == 1000


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("environment", WORKLOADS)
def test_everything_scales_at_70_percent_of_cpu_and_80_of_memory(environment: str, name: str) -> None:
    scaling = WORKLOADS[environment][name].scaling
    assert (scaling.cpu_percent, scaling.memory_percent) == (70, 80)


@pytest.mark.parametrize("name", NAMES)
def test_everything_scales_at_the_products_pace(name: str) -> None:
    behavior = PRODUCTION[name].scaling.behavior
    assert (behavior.up_percent, behavior.up_pods, behavior.up_select) == (50, 10, "Min")
    assert (behavior.down_percent, behavior.down_stabilization_seconds) == (10, 300)


@pytest.mark.parametrize("name", WORKERS)
@pytest.mark.parametrize("environment", WORKLOADS)
def test_workers_scale_by_the_depth_of_their_own_queue(environment: str, name: str) -> None:
    workload = WORKLOADS[environment][name]
    assert isinstance(workload.scaling, QueueScaling)
    assert workload.consumer is not None


@pytest.mark.parametrize("name", ["api-service", "media-service"])
def test_services_that_are_called_try_again_three_times_and_eject_after_five_errors(name: str) -> None:
    exposure = PRODUCTION[name].exposure
    assert exposure is not None
    assert (exposure.retry_attempts, exposure.consecutive_errors) == (3, 5)


def test_media_service_alone_has_nodes_of_its_own() -> None:
    assert {name: workload.node_pool for name, workload in PRODUCTION.items() if workload.node_pool} == {
        "media-service": "media-processing"
    }


@pytest.mark.parametrize(
    ("name", "runtime"), [("media-service", GoRuntime), *((name, NodeRuntime) for name in ("api-service", *WORKERS))]
)
def test_media_service_is_written_in_go_and_the_rest_in_node(
    name: str, runtime: type[GoRuntime] | type[NodeRuntime]
) -> None:
    assert isinstance(PRODUCTION[name].runtime, runtime)


@pytest.mark.parametrize("name", ["media-service", *WORKERS])
def test_media_and_workers_have_a_scratch_volume_with_a_size(name: str) -> None:
    """The root filesystem is read-only."""
    assert PRODUCTION[name].scratch is not None


@pytest.mark.parametrize(
    ("name", "secrets"),
    [
        ("api-service", {"database", "jwt"}),
        ("media-service", set()),
        ("media-processor", set()),
        ("outbox-processor", {"database"}),
        ("data-export", {"database"}),
    ],
)
def test_a_workload_mounts_the_secrets_that_it_needs_and_no_other(name: str, secrets: set[str]) -> None:
    assert set(PRODUCTION[name].secrets) == secrets


@pytest.mark.parametrize("name", NAMES)
def test_a_workload_runs_the_image_of_its_service(name: str) -> None:
    """The three workers are one image."""
    service = "worker-service" if name in WORKERS else name
    assert PRODUCTION[name].image.tag == f"v-{service}"


@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_is_told_which_of_the_three_it_is(name: str) -> None:
    assert PRODUCTION[name].settings["WORKER"] == name
