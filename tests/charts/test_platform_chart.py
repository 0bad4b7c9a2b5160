import pytest
from cdk8s import App

from api_platform.charts.identifiers import PLATFORM
from api_platform.charts.platform_chart import PlatformChart
from api_platform.context import PlatformContext
from api_platform.service import Service
from tests.charts.kinds import kinds_of, titles
from tests.rendering import Manifest
from tests.specs import a_service, a_workload, an_environment, an_exposure

PUBLIC = a_service(a_workload(name="orders", exposure=an_exposure(subdomain="orders")))
HIDDEN = a_service(a_workload(name="stock"))


def rendered(*services: Service) -> tuple[Manifest, ...]:
    return tuple(PlatformChart(App(), PlatformContext.of(an_environment(name="staging"), services)).to_json())


OBJECTS = rendered(PUBLIC, HIDDEN)


@pytest.mark.parametrize(
    "kind",
    [
        "Namespace",
        "NetworkPolicy",
        "AuthorizationPolicy",
        "PeerAuthentication",
        "ResourceQuota",
        "LimitRange",
        "PriorityClass",
        "StorageClass",
        "ServiceAccount",
        "SecretStore",
        "Telemetry",
        "PodMonitor",
        "PrometheusRule",
        "ClusterIssuer",
        "Certificate",
        "Gateway",
        "EnvoyFilter",
    ],
)
def test_it_makes_each_kind_that_an_environment_needs(kind: str) -> None:
    assert kind in kinds_of(OBJECTS)


def test_its_namespace_comes_first() -> None:
    """kubectl applies a file from top to bottom, and stops at nothing: all else would be refused for want of it."""
    assert titles(OBJECTS)[0] == "Namespace/staging"


def test_everything_is_closed_before_anything_is_opened() -> None:
    """Else a pod that starts in between could be reached by anybody."""
    assert titles(OBJECTS)[1:3] == ["NetworkPolicy/default-deny", "AuthorizationPolicy/allow-nothing"]


def test_it_opens_nothing_by_itself() -> None:
    """Every opening belongs to a workload, and goes when the workload goes."""
    policies = [one for one in OBJECTS if one["kind"] in ("NetworkPolicy", "AuthorizationPolicy")]
    assert titles(policies) == ["NetworkPolicy/default-deny", "AuthorizationPolicy/allow-nothing"]


def test_mutual_tls_holds_in_the_mesh_and_in_the_namespace() -> None:
    where = [one["metadata"]["namespace"] for one in OBJECTS if one["kind"] == "PeerAuthentication"]
    assert where == ["istio-system", "staging"]


def test_every_public_host_has_a_certificate() -> None:
    assert [one["metadata"]["name"] for one in OBJECTS if one["kind"] == "Certificate"] == ["orders-tls"]


def test_without_a_public_host_there_is_nothing_to_open_the_gateway_for() -> None:
    """A Gateway without servers is refused by Istio."""
    assert {"Gateway", "Certificate"}.isdisjoint(kinds_of(rendered(HIDDEN)))


def test_it_holds_no_workload() -> None:
    assert {"Deployment", "Service"}.isdisjoint(kinds_of(OBJECTS))


def test_its_file_comes_before_all_others() -> None:
    """kubectl takes the files of a folder by name."""
    assert PLATFORM.startswith("00-")
