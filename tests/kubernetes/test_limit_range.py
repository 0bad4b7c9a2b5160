from typing import Any

from api_platform.context import PlatformContext
from api_platform.kubernetes.limit_range import limit_range
from api_platform.service import Cpu, Memory, Resources
from tests.rendering import Manifest, object_of
from tests.specs import a_service, a_workload, an_environment


def rendered(*limits: tuple[Cpu, Memory]) -> Manifest:
    """The limits of a namespace whose workloads have these limits."""
    services = [
        a_service(
            a_workload(
                name=f"workload-{number}",
                resources=Resources(cpu=Cpu(10), memory=Memory.mebibytes(16), cpu_limit=cpu, memory_limit=memory),
            )
        )
        for number, (cpu, memory) in enumerate(limits)
    ]
    return object_of(lambda chart: limit_range(chart, PlatformContext.of(an_environment(name="staging"), services)))


def limits(*of: tuple[Cpu, Memory]) -> dict[str, Any]:
    (only,) = rendered(*of)["spec"]["limits"]
    return dict(only)


def test_the_maximum_is_the_largest_of_all_specs() -> None:
    """By resource: the workload with the most CPU need not be the one with the most memory."""
    largest = limits((Cpu.cores(4), Memory.gibibytes(2)), (Cpu.cores(3), Memory.gibibytes(8)))["max"]
    assert largest == {"cpu": "4", "memory": "8Gi"}


def test_the_maximum_is_never_below_the_proxys() -> None:
    """The mesh's proxy is limited to 2 CPU and 1 GiB: under a lower maximum no pod at all could start."""
    assert limits((Cpu(500), Memory.mebibytes(256)))["max"] == {"cpu": "2", "memory": "1Gi"}


def test_a_container_that_asks_for_nothing_gets_the_proxys_requests() -> None:
    """The quota is on requests: without a default, a container that states none would be refused."""
    assert limits((Cpu(500), Memory.mebibytes(256)))["defaultRequest"] == {"cpu": "100m", "memory": "128Mi"}


def test_a_container_that_asks_for_nothing_gets_the_proxys_limits() -> None:
    assert limits((Cpu(500), Memory.mebibytes(256)))["default"] == {"cpu": "2", "memory": "1Gi"}


def test_it_is_about_containers() -> None:
    """About pods, it would count container and proxy together."""
    assert limits((Cpu(500), Memory.mebibytes(256)))["type"] == "Container"


def test_it_holds_in_the_environments_namespace() -> None:
    assert rendered((Cpu(500), Memory.mebibytes(256)))["metadata"]["namespace"] == "staging"


def test_a_namespace_without_services_admits_the_proxy() -> None:
    assert limits()["max"] == {"cpu": "2", "memory": "1Gi"}
