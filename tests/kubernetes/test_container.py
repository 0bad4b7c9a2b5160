from typing import Any

from api_platform.service import Cpu, Memory, Resources
from tests.kubernetes.pods import container_of
from tests.specs import a_workload, an_image

RESOURCES = Resources(
    cpu=Cpu(500),
    memory=Memory.mebibytes(512),
    cpu_limit=Cpu.cores(2),
    memory_limit=Memory.gibibytes(1),
    ephemeral_storage=Memory.gibibytes(3),
)


def test_it_is_named_after_the_workload() -> None:
    """Autoscalers measure the container of that name; under another they would measure nothing."""
    assert container_of(a_workload(name="stock"))["name"] == "stock"


def test_a_known_digest_is_what_the_node_pulls() -> None:
    """A tag can be moved after a review."""
    image = an_image(repository="registry.example/orders", tag="v2", digest="sha256:" + "b" * 64)
    assert container_of(a_workload(image=image))["image"] == f"registry.example/orders:v2@sha256:{'b' * 64}"


def test_without_a_digest_the_tag_decides() -> None:
    image = an_image(repository="registry.example/orders", tag="v2", digest=None)
    assert container_of(a_workload(image=image))["image"] == "registry.example/orders:v2"


def test_the_registry_is_asked_at_each_start() -> None:
    """Otherwise a pod could run any image that the node has cached for somebody who may pull it."""
    assert container_of(a_workload())["imagePullPolicy"] == "Always"


def test_it_asks_for_what_the_spec_says() -> None:
    requests = container_of(a_workload(resources=RESOURCES))["resources"]["requests"]
    assert requests == {"cpu": "500m", "memory": "512Mi", "ephemeral-storage": "3Gi"}


def test_it_may_not_exceed_what_the_spec_says() -> None:
    limits = container_of(a_workload(resources=RESOURCES))["resources"]["limits"]
    assert limits == {"cpu": "2", "memory": "1Gi", "ephemeral-storage": "3Gi"}


def ports() -> dict[str, dict[str, Any]]:
    return {port["name"]: port for port in container_of(a_workload(port=8081))["ports"]}


def test_its_business_port_is_the_specs() -> None:
    assert ports()["http"] == {"name": "http", "containerPort": 8081, "protocol": "TCP"}


def test_metrics_have_a_port_of_their_own() -> None:
    """That port alone takes plain text; on the business port it would let everything pass in plain text."""
    assert ports()["http-metrics"] == {"name": "http-metrics", "containerPort": 9090, "protocol": "TCP"}


def test_its_configuration_comes_from_the_workloads_own_config_map() -> None:
    assert container_of(a_workload(name="stock"))["envFrom"] == [{"configMapRef": {"name": "stock"}}]
