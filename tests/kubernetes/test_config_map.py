from typing import Any

import pytest

from api_platform.call_graph import build_call_graph
from api_platform.kubernetes.config_map import config_map, configuration
from api_platform.service import (
    BucketAccess,
    CacheAccess,
    Cpu,
    DatabaseAccess,
    GoRuntime,
    Memory,
    NodeRuntime,
    QueueSender,
    Resources,
    SecretAccess,
    Workload,
)
from tests.kubernetes.pods import a_worker, container_of, pod_of
from tests.rendering import Manifest, object_of
from tests.specs import a_service, a_workload, an_environment, an_exposure, in_context

ENVIRONMENT = an_environment(name="staging", account="123456789012", region="eu-west-1")
RESOURCES = Resources(
    cpu=Cpu(500), memory=Memory.mebibytes(1000), cpu_limit=Cpu(1500), memory_limit=Memory.mebibytes(2000)
)


def variables_of(workload: Workload, *others: Workload) -> dict[str, str]:
    service = a_service(workload, *others)
    return configuration(in_context(ENVIRONMENT, service, workload, build_call_graph([service])))


def rendered(workload: Workload) -> Manifest:
    service = a_service(workload)
    return object_of(
        lambda chart: config_map(chart, in_context(ENVIRONMENT, service, workload, build_call_graph([service])))
    )


def test_the_container_reads_the_map_that_is_made() -> None:
    workload = a_workload(name="stock")
    (source,) = container_of(workload)["envFrom"]
    assert rendered(workload)["metadata"]["name"] == source["configMapRef"]["name"]


def test_it_holds_the_configuration() -> None:
    workload = a_workload()
    assert rendered(workload)["data"] == variables_of(workload)


def test_it_is_the_workloads_own() -> None:
    metadata = rendered(a_workload(name="stock"))["metadata"]
    assert (metadata["namespace"], metadata["labels"]["app.kubernetes.io/name"]) == ("staging", "stock")


def test_it_can_be_changed() -> None:
    """An apply to an immutable map fails."""
    assert not rendered(a_workload()).get("immutable")


@pytest.mark.parametrize(("variable", "port"), [("PORT", "8081"), ("METRICS_PORT", "9090")])
def test_a_program_is_told_the_ports_that_its_pod_opens(variable: str, port: str) -> None:
    workload = a_workload(port=8081)
    assert variables_of(workload)[variable] == port
    assert int(port) in [one["containerPort"] for one in container_of(workload)["ports"]]


def test_a_program_knows_where_it_runs() -> None:
    variables = variables_of(a_workload())
    assert (variables["ENVIRONMENT"], variables["AWS_REGION"]) == ("staging", "eu-west-1")


def test_a_program_knows_how_long_a_request_may_take() -> None:
    """Longer than the mesh waits, its work would go on for an answer that nobody gets."""
    assert variables_of(a_workload(exposure=an_exposure(timeout_seconds=45)))["REQUEST_TIMEOUT_SECONDS"] == "45"


def test_nobody_waits_for_a_worker() -> None:
    assert "REQUEST_TIMEOUT_SECONDS" not in variables_of(a_worker())


def test_a_worker_knows_its_queue() -> None:
    url = "https://sqs.eu-west-1.amazonaws.com/123456789012/staging-parcels"
    assert variables_of(a_worker(name="parcels"))["QUEUE_URL"] == url


def test_a_worker_knows_how_long_a_job_may_take() -> None:
    """Beyond it the message comes back to the queue, and is worked on twice."""
    assert variables_of(a_worker())["LONGEST_JOB_SECONDS"] == "900"


def test_a_sender_knows_the_queue_that_it_sends_to() -> None:
    workload = a_workload(uses=(QueueSender(queue="media-processor"),))
    url = "https://sqs.eu-west-1.amazonaws.com/123456789012/staging-media-processor"
    assert variables_of(workload)["MEDIA_PROCESSOR_QUEUE_URL"] == url


def test_a_program_knows_its_bucket() -> None:
    workload = a_workload(uses=(BucketAccess(bucket="media", mode="read"),))
    assert variables_of(workload)["MEDIA_BUCKET"] == "staging-media-123456789012-eu-west-1"


def test_a_program_knows_its_cache() -> None:
    assert variables_of(a_workload(uses=(CacheAccess(),)))["CACHE_HOST"] == "cache.staging.internal"


def test_a_caller_knows_whom_it_calls() -> None:
    """By the full name: a short one is not in the caller's Sidecar, and gets neither retries nor a timeout."""
    caller, callee = a_workload(name="orders", calls=("stock-list",)), a_workload(name="stock-list", port=8082)
    url = "http://stock-list.staging.svc.cluster.local:8082"
    assert variables_of(caller, callee)["STOCK_LIST_URL"] == url


def test_a_callee_is_not_told_of_its_callers() -> None:
    caller, callee = a_workload(name="orders", calls=("stock",)), a_workload(name="stock")
    assert not [name for name in variables_of(callee, caller) if name.endswith("_URL")]


def test_no_secret_is_among_them() -> None:
    """What a ConfigMap holds can be read by whoever may list the namespace; secrets are files."""
    with_secrets = a_workload(uses=(DatabaseAccess(), SecretAccess(secret="jwt")))
    assert variables_of(with_secrets) == variables_of(a_workload())


def test_nodes_heap_stays_well_under_the_memory_target() -> None:
    """60 % of the request. At 80 %, the target, V8 fills its heap before it collects, and the service never shrinks."""
    variables = variables_of(a_workload(runtime=NodeRuntime(), resources=RESOURCES))
    assert variables["NODE_OPTIONS"] == "--max-old-space-size=600"


def test_go_collects_harder_near_its_limit() -> None:
    """90 % of the limit."""
    variables = variables_of(a_workload(runtime=GoRuntime(), resources=RESOURCES))
    assert variables["GOMEMLIMIT"] == "1800MiB"


def test_go_has_as_many_processors_as_it_may_use() -> None:
    """Else it starts a thread for each of the node's 96, and is throttled."""
    variables = variables_of(a_workload(runtime=GoRuntime(), resources=RESOURCES))
    assert variables["GOMAXPROCS"] == "2"


@pytest.mark.parametrize("runtime", [NodeRuntime(keep_alive_seconds=20), GoRuntime(keep_alive_seconds=20)])
def test_a_program_keeps_connections_as_long_as_the_mesh_believes(runtime: NodeRuntime | GoRuntime) -> None:
    """If it closed them first, the proxy would send a request into a connection that is just going."""
    assert variables_of(a_workload(runtime=runtime))["KEEP_ALIVE_SECONDS"] == "20"


def test_settings_are_added() -> None:
    assert variables_of(a_workload(settings={"LOG_LEVEL": "debug"}))["LOG_LEVEL"] == "debug"


@pytest.mark.parametrize("variable", sorted(variables_of(a_workload())))
def test_settings_win(variable: str) -> None:
    """The author's last word: there may be a program that needs another heap than we derive."""
    assert variables_of(a_workload(settings={variable: "own"}))[variable] == "own"


def test_every_value_is_text() -> None:
    """A ConfigMap holds nothing else: a number makes the apply fail."""
    workload = a_worker(settings={"LIMIT": "5"})
    values: list[Any] = list(rendered(workload)["data"].values())
    assert {type(value) for value in values} == {str}


def test_secrets_of_a_workload_are_mounted_instead() -> None:
    volumes = [volume["name"] for volume in pod_of(a_workload(uses=(DatabaseAccess(),)))["volumes"]]
    assert "secret-database" in volumes
