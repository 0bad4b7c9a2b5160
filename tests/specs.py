"""Specs and environments that are valid by default: a test changes the one fact that it is about."""

from typing import Any

from api_platform.call_graph import CallGraph
from api_platform.context import ServiceContext, WorkloadContext
from api_platform.environment import Environment
from api_platform.environment_file import NodeGroup, NodeGroups
from api_platform.image import Image
from api_platform.service import (
    Cpu,
    Exposure,
    Memory,
    MinAvailable,
    NodeRuntime,
    Resources,
    Service,
    UtilizationScaling,
    Workload,
)


def an_image(**changes: Any) -> Image:
    """Return an image, pinned by tag and digest."""
    facts: dict[str, Any] = {
        "repository": "registry.example/orders",
        "tag": "v1.2.3",
        "digest": "sha256:" + "a" * 64,
    }
    return Image(**{**facts, **changes})


def an_environment(**changes: Any) -> Environment:
    """Return a production environment in three zones, that gives no service its image."""
    node_group = NodeGroup(instance_type="m7g.large", minimum=1, maximum=3)
    facts: dict[str, Any] = {
        "name": "production",
        "account": "123456789012",
        "region": "eu-west-1",
        "zones": ("eu-west-1a", "eu-west-1b", "eu-west-1c"),
        "domain": "example.com",
        "hosted_zone_id": "Z0123456789EXAMPLE",
        "operations_email": "operations@example.com",
        "runbooks_url": "https://runbooks.example.com",
        "network_cidr": "10.0.0.0/16",
        "kubernetes_version": "1.36",
        "administrator_roles": ("arn:aws:iam::123456789012:role/administrators",),
        "node_groups": NodeGroups(system=node_group, media_processing=node_group),
        "images": {},
    }
    return Environment(**{**facts, **changes})


def an_exposure(**changes: Any) -> Exposure:
    """Return an exposure to the mesh alone."""
    return Exposure(**{"timeout_seconds": 30, **changes})


def a_workload(**changes: Any) -> Workload:
    """Return a workload named `orders` that answers calls from the mesh and uses nothing outside it."""
    facts: dict[str, Any] = {
        "name": "orders",
        "image": an_image(),
        "runtime": NodeRuntime(),
        "resources": Resources(
            cpu=Cpu(500),
            memory=Memory.mebibytes(512),
            cpu_limit=Cpu.cores(1),
            memory_limit=Memory.mebibytes(768),
        ),
        "scaling": UtilizationScaling(minimum=2, maximum=10),
        "budget": MinAvailable(pods=1),
        "exposure": an_exposure(),
    }
    return Workload(**{**facts, **changes})


def a_service(*workloads: Workload, **changes: Any) -> Service:
    """Return a service of these workloads, or of `a_workload()`; named after the first of them."""
    parts = workloads or (a_workload(),)
    return Service(**{"name": parts[0].name, "workloads": parts, **changes})


NO_CALLS = CallGraph(())


def in_context(
    environment: Environment, service: Service, workload: Workload, graph: CallGraph = NO_CALLS
) -> WorkloadContext:
    """Return the workload in its place, as a chart is given it; by default nobody calls anybody."""
    return WorkloadContext(environment, service, graph, workload)


def service_context(environment: Environment, service: Service) -> ServiceContext:
    """Return the service in its place; nobody calls anybody."""
    return ServiceContext(environment, service, NO_CALLS)
