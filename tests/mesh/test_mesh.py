"""What holds for every object of the mesh."""

from collections.abc import Callable
from typing import Any

import pytest
from constructs import Construct

from api_platform.call_graph import build_call_graph
from api_platform.context import PlatformContext
from api_platform.mesh.authorization import allow_callers, allow_metrics, allow_nothing
from api_platform.mesh.certificate import certificates
from api_platform.mesh.compression import compression
from api_platform.mesh.gateway import gateway
from api_platform.mesh.mutual_tls import mesh_wide_mutual_tls, namespace_mutual_tls, workload_mutual_tls
from api_platform.mesh.routing import virtual_service
from api_platform.mesh.sidecar import sidecar
from api_platform.mesh.telemetry import telemetry
from api_platform.mesh.traffic_policy import destination_rule
from tests.rendering import object_of
from tests.specs import a_service, a_workload, an_environment, an_exposure, in_context

ENVIRONMENT = an_environment(name="staging")
EXPOSURE = an_exposure(subdomain="orders")
WORKLOAD = a_workload(name="orders", exposure=EXPOSURE)
SERVICE = a_service(WORKLOAD, name="shop")
ORDERS = in_context(ENVIRONMENT, SERVICE, WORKLOAD, build_call_graph([SERVICE]))

EACH: dict[str, Callable[[Construct], Any]] = {
    "workload_mutual_tls": lambda scope: workload_mutual_tls(scope, ORDERS),
    "allow_callers": lambda scope: allow_callers(scope, ORDERS),
    "allow_metrics": lambda scope: allow_metrics(scope, ORDERS),
    "sidecar": lambda scope: sidecar(scope, ORDERS),
    "virtual_service": lambda scope: virtual_service(scope, ORDERS, EXPOSURE),
    "destination_rule": lambda scope: destination_rule(scope, ORDERS, EXPOSURE),
}


@pytest.mark.parametrize("build", EACH.values(), ids=EACH)
def test_it_lies_in_the_environments_namespace(build: Callable[[Construct], Any]) -> None:
    assert object_of(build)["metadata"]["namespace"] == "staging"


@pytest.mark.parametrize("build", EACH.values(), ids=EACH)
def test_it_is_named_after_the_workload(build: Callable[[Construct], Any]) -> None:
    assert object_of(build)["metadata"]["name"].startswith("orders")


@pytest.mark.parametrize("build", EACH.values(), ids=EACH)
def test_it_bears_the_labels_of_its_service_and_workload(build: Callable[[Construct], Any]) -> None:
    assert object_of(build)["metadata"]["labels"] == {
        "app.kubernetes.io/name": "orders",
        "app.kubernetes.io/part-of": "shop",
        "app.kubernetes.io/managed-by": "api-platform",
    }


PLATFORM: dict[str, Callable[[Construct], Any]] = {
    "mesh_wide_mutual_tls": mesh_wide_mutual_tls,
    "namespace_mutual_tls": lambda scope: namespace_mutual_tls(scope, ENVIRONMENT),
    "allow_nothing": lambda scope: allow_nothing(scope, ENVIRONMENT),
    "certificates": lambda scope: certificates(scope, PlatformContext.of(ENVIRONMENT, [SERVICE])),
    "gateway": lambda scope: gateway(scope, PlatformContext.of(ENVIRONMENT, [SERVICE])),
    "compression": compression,
    "telemetry": lambda scope: telemetry(scope, ENVIRONMENT),
}


@pytest.mark.parametrize("build", PLATFORM.values(), ids=PLATFORM)
def test_it_bears_the_platforms_labels(build: Callable[[Construct], Any]) -> None:
    assert object_of(build)["metadata"]["labels"] == {
        "app.kubernetes.io/part-of": "platform",
        "app.kubernetes.io/managed-by": "api-platform",
    }


NAMES = {
    "mesh_wide_mutual_tls": "default",
    "namespace_mutual_tls": "default",
    "allow_nothing": "allow-nothing",
    "certificates": "orders-tls",
    "gateway": "public",
    "compression": "compression",
    "telemetry": "mesh-default",
}


@pytest.mark.parametrize("what", PLATFORM)
def test_it_has_a_name_of_its_own(what: str) -> None:
    """Left to itself, cdk8s makes one of the construct's path, which moves when the chart does."""
    assert object_of(PLATFORM[what])["metadata"]["name"] == NAMES[what]
