import pytest

from api_platform.context import PlatformContext
from api_platform.kubernetes.resource_quota import resource_quota
from api_platform.service import Cpu, Memory, Resources, UtilizationScaling, Workload
from tests.rendering import object_of
from tests.specs import a_service, a_workload, an_environment

PROXY_CPU, PROXY_MEMORY = Cpu(100), Memory.mebibytes(128)


def workload(maximum: int, *, name: str = "orders", millicores: int = 500) -> Workload:
    resources = Resources(
        cpu=Cpu(millicores), memory=Memory.mebibytes(512), cpu_limit=Cpu.cores(1), memory_limit=Memory.mebibytes(768)
    )
    return a_workload(name=name, resources=resources, scaling=UtilizationScaling(minimum=1, maximum=maximum))


def hard(*workloads: Workload) -> dict[str, str]:
    """The quota of a namespace with one service of each of these workloads."""
    services = [a_service(one) for one in workloads]
    quota = object_of(lambda chart: resource_quota(chart, PlatformContext.of(an_environment(name="staging"), services)))
    return dict(quota["spec"]["hard"])


@pytest.mark.parametrize(("maximum", "pods"), [(1, 3), (4, 9), (10, 23), (50, 113), (100, 225)])
def test_there_is_room_for_a_rollout_at_the_maximum(maximum: int, pods: int) -> None:
    """The maximum, a quarter more as surge (rounded up, as Kubernetes does), and all the old ones while they end.

    At exactly the maximum a rollout stops with `exceeded quota`.
    """
    assert hard(workload(maximum))["pods"] == str(pods)


def test_every_pod_counts_with_its_proxy() -> None:
    """The proxy adds 100m and 128Mi to each pod: without it the quota is full long before the maximum."""
    quota = hard(workload(4))
    assert Cpu.parse(quota["requests.cpu"]) == (Cpu(500) + PROXY_CPU) * 9
    assert Memory.parse(quota["requests.memory"]) == (Memory.mebibytes(512) + PROXY_MEMORY) * 9


def test_all_services_are_added_up() -> None:
    one, other = workload(4, name="orders"), workload(10, name="stock", millicores=250)
    assert Cpu.parse(hard(one, other)["requests.cpu"]) == Cpu(600) * 9 + Cpu(350) * 23


def test_all_workloads_of_a_service_are_added_up() -> None:
    service = a_service(workload(4, name="orders"), workload(4, name="stock"))
    quota = object_of(lambda chart: resource_quota(chart, PlatformContext.of(an_environment(), [service])))
    assert quota["spec"]["hard"]["pods"] == "18"


def test_objects_are_bounded_with_room_to_rename_each() -> None:
    quota = hard(workload(4, name="orders"), workload(4, name="stock"))
    assert (quota["count/deployments.apps"], quota["count/services"]) == ("4", "4")


@pytest.mark.parametrize("kind", ["services.loadbalancers", "services.nodeports"])
def test_the_gateway_stays_the_only_way_in(kind: str) -> None:
    assert hard(workload(4))[kind] == "0"


def test_limits_are_not_bounded() -> None:
    """Their sum says nothing of what is used; the proxies' 2 CPU a pod alone would fill it."""
    assert not [key for key in hard(workload(4)) if key.startswith("limits.")]


def test_it_holds_in_the_environments_namespace() -> None:
    quota = object_of(
        lambda chart: resource_quota(chart, PlatformContext.of(an_environment(name="staging"), [a_service()]))
    )
    assert quota["metadata"]["namespace"] == "staging"
