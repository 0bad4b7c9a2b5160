from api_platform.context import PlatformContext
from api_platform.mesh.public_host import PublicHost, public_hosts
from api_platform.service import Workload
from tests.specs import a_service, a_workload, an_environment, an_exposure

ENVIRONMENT = an_environment(domain="shop.example")


def test_a_host_is_the_subdomain_under_the_environments_domain() -> None:
    orders = a_workload(exposure=an_exposure(subdomain="orders"))
    assert public_hosts(PlatformContext.of(ENVIRONMENT, [a_service(orders)])) == (
        PublicHost("orders", "orders.shop.example"),
    )


def test_a_workload_that_only_the_mesh_calls_has_no_public_host() -> None:
    assert public_hosts(PlatformContext.of(ENVIRONMENT, [a_service(a_workload(exposure=an_exposure()))])) == ()


def test_a_workload_that_nobody_calls_has_no_public_host() -> None:
    assert public_hosts(PlatformContext.of(ENVIRONMENT, [a_service(a_workload(exposure=None))])) == ()


def test_hosts_come_from_all_workloads_of_all_services() -> None:
    def exposed(name: str) -> Workload:
        return a_workload(name=name, exposure=an_exposure(subdomain=name))

    services = [a_service(exposed("one"), exposed("two")), a_service(exposed("three"))]
    assert [host.subdomain for host in public_hosts(PlatformContext.of(ENVIRONMENT, services))] == [
        "one",
        "two",
        "three",
    ]


def test_two_hosts_never_share_a_credential() -> None:
    assert PublicHost("orders", "orders.shop.example").credential != PublicHost("api", "api.shop.example").credential
