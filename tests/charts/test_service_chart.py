import pytest
from cdk8s import App

from api_platform.call_graph import build_call_graph
from api_platform.charts.identifiers import PLATFORM, service_chart_id
from api_platform.charts.service_chart import ServiceChart
from api_platform.context import ServiceContext
from api_platform.service import DatabaseAccess, SecretAccess
from tests.charts.kinds import first_of, kinds_of, last_of, titles
from tests.kubernetes.pods import a_worker
from tests.rendering import Manifest
from tests.specs import a_service, a_workload, an_environment, an_exposure

CALLED = a_workload(
    name="orders", exposure=an_exposure(subdomain="orders"), uses=(DatabaseAccess(), SecretAccess(secret="jwt"))
)
WORKER = a_worker(name="parcels")
SHOP = a_service(CALLED, WORKER, name="shop")
OBJECTS: tuple[Manifest, ...] = tuple(
    ServiceChart(App(), ServiceContext(an_environment(name="staging"), SHOP, build_call_graph([SHOP]))).to_json()
)

each_workload = pytest.mark.parametrize("workload", ["orders", "parcels"])


def objects_of(name: str) -> list[Manifest]:
    """The objects of the service, or of the workload, of this name."""
    return [one for one in OBJECTS if one["metadata"]["labels"]["app.kubernetes.io/name"] == name]


@each_workload
@pytest.mark.parametrize(
    "kind",
    [
        "ServiceAccount",
        "ConfigMap",
        "NetworkPolicy",
        "PeerAuthentication",
        "AuthorizationPolicy",
        "Sidecar",
        "Service",
        "Deployment",
        "PodDisruptionBudget",
        "ServiceMonitor",
    ],
)
def test_every_workload_has_what_all_need(workload: str, kind: str) -> None:
    assert kind in kinds_of(objects_of(workload))


def test_a_service_has_one_set_of_rules_and_one_dashboard() -> None:
    assert sorted(titles(objects_of("shop"))) == ["ConfigMap/shop-dashboard", "PrometheusRule/shop"]


def test_a_called_workload_is_routed_to() -> None:
    assert {"VirtualService", "DestinationRule"} <= kinds_of(objects_of("orders"))


def test_nothing_is_routed_to_a_worker() -> None:
    assert {"VirtualService", "DestinationRule"}.isdisjoint(kinds_of(objects_of("parcels")))


@pytest.mark.parametrize(
    ("workload", "scaler"), [("orders", {"HorizontalPodAutoscaler"}), ("parcels", {"ScaledObject"})]
)
def test_every_workload_has_one_autoscaler_of_its_kind(workload: str, scaler: set[str]) -> None:
    """Two on one Deployment undo each other's work."""
    assert kinds_of(objects_of(workload)) & {"HorizontalPodAutoscaler", "ScaledObject"} == scaler


def test_every_secret_is_copied() -> None:
    secrets = [one for one in objects_of("orders") if one["kind"] == "ExternalSecret"]
    assert titles(secrets) == ["ExternalSecret/orders-database", "ExternalSecret/orders-jwt"]


def test_no_secret_stands_in_a_manifest() -> None:
    """What applies manifests logs them."""
    assert "Secret" not in kinds_of(OBJECTS)


@pytest.mark.parametrize(
    ("workload", "before", "after", "why"),
    [
        ("orders", "ServiceAccount", "Deployment", "a pod without its account is refused"),
        ("orders", "ConfigMap", "Deployment", "a container without its configuration does not start"),
        ("orders", "ExternalSecret", "Deployment", "a pod without its secrets waits"),
        ("orders", "NetworkPolicy", "Deployment", "a pod must be closed before it starts"),
        ("orders", "PeerAuthentication", "Deployment", "a pod must refuse plain text before it starts"),
        ("orders", "AuthorizationPolicy", "Deployment", "a pod must know its callers before it starts"),
        ("orders", "Sidecar", "Deployment", "a proxy must know its scope before it starts"),
        ("orders", "Service", "Deployment", "the mesh must know the host before its first pod"),
        ("orders", "Deployment", "HorizontalPodAutoscaler", "it would find nothing to scale"),
        ("orders", "Service", "VirtualService", "it would route to nowhere"),
        ("orders", "DestinationRule", "VirtualService", "it would route without a circuit breaker"),
        ("parcels", "Deployment", "ScaledObject", "KEDA refuses one whose Deployment does not exist"),
        ("parcels", "TriggerAuthentication", "ScaledObject", "KEDA could not read the queue"),
    ],
)
def test_what_another_object_needs_comes_first(workload: str, before: str, after: str, why: str) -> None:
    """kubectl applies in this order, and so do the stacks. `why` says what happens otherwise."""
    objects = objects_of(workload)
    assert last_of(before, objects) < first_of(after, objects), why


def test_its_file_comes_after_the_platforms() -> None:
    """kubectl takes the files of a folder by name: there would be no namespace yet."""
    assert service_chart_id(a_service(name="aaa")) > PLATFORM


def test_its_file_is_named_after_the_service() -> None:
    assert service_chart_id(a_service(name="shop")) == "50-shop"
