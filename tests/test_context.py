from api_platform.call_graph import build_call_graph
from api_platform.context import PlatformContext, ServiceContext, VerticalAutoscalingContext, WorkloadContext
from api_platform.labels import platform_labels
from tests.specs import a_service, a_workload, an_environment, an_exposure, an_image, in_context

ENVIRONMENT = an_environment(name="staging")
WORKLOAD = a_workload(name="orders-worker", image=an_image(tag="v7"))
SERVICE = a_service(WORKLOAD, a_workload(name="stock", calls=("orders-worker",)), name="orders")
SERVICE_CONTEXT = ServiceContext(ENVIRONMENT, SERVICE, build_call_graph([SERVICE]))
CONTEXT, STOCK = SERVICE_CONTEXT.workloads


def released(tag: str) -> WorkloadContext:
    workload = a_workload(name="orders-worker", image=an_image(tag=tag))
    return in_context(ENVIRONMENT, a_service(workload, name="orders"), workload)


def test_a_selector_does_not_change_with_a_release() -> None:
    """A Deployment's selector cannot be changed: the apply of the next release would fail."""
    assert released("v7").selector_labels == released("v8").selector_labels


def test_a_workloads_pods_and_objects_carry_its_selector() -> None:
    """A ServiceMonitor finds the workload's Service by it."""
    assert CONTEXT.selector_labels.items() <= CONTEXT.pod_labels.items()
    assert CONTEXT.selector_labels.items() <= CONTEXT.metadata()["labels"].items()


def test_two_workloads_of_a_service_have_different_selectors() -> None:
    """Else each Deployment would count, and delete, the other's pods."""
    assert CONTEXT.selector_labels != STOCK.selector_labels


def test_the_labels_of_objects_do_not_change_with_a_release() -> None:
    """What does not change is not applied again: a release touches the Deployment, and nothing else."""
    assert released("v7").metadata() == released("v8").metadata()


def test_the_mesh_and_kubernetes_find_name_and_version_on_the_pods() -> None:
    labels = CONTEXT.pod_labels
    assert (labels["app"], labels["version"], labels["app.kubernetes.io/version"]) == ("orders-worker", "v7", "v7")


def test_no_selector_of_a_workload_selects_what_is_the_platforms() -> None:
    assert not CONTEXT.selector_labels.items() <= platform_labels().items()


def test_an_object_of_a_workload_has_its_name_in_the_environments_namespace() -> None:
    assert (CONTEXT.metadata()["name"], CONTEXT.metadata()["namespace"]) == ("orders-worker", "staging")


def test_an_object_of_the_whole_service_is_named_after_it() -> None:
    assert SERVICE_CONTEXT.metadata()["name"] == "orders"
    assert SERVICE_CONTEXT.owner.labels["app.kubernetes.io/name"] == "orders"


def test_a_figure_of_a_workload_says_which_and_one_of_the_service_does_not() -> None:
    assert SERVICE_CONTEXT.series_labels == {"environment": "staging", "service": "orders"}
    assert CONTEXT.series_labels == {**SERVICE_CONTEXT.series_labels, "workload": "orders-worker"}


def test_a_workload_knows_its_callers_and_callees() -> None:
    assert (CONTEXT.callers, [call.callee for call in STOCK.callees]) == (("stock",), ["orders-worker"])


def test_the_platform_sees_every_workloads_size_and_public_name() -> None:
    public = a_service(a_workload(exposure=an_exposure(subdomain="shop")))
    context = PlatformContext.of(ENVIRONMENT, [public, SERVICE])
    assert ([size.maximum for size in context.sizes], context.subdomains) == ([10, 10, 10], ("shop",))


def test_vertical_autoscaling_sees_whose_the_workloads_are() -> None:
    owners = VerticalAutoscalingContext.of(ENVIRONMENT, [SERVICE]).owners
    assert owners == (CONTEXT.owner, STOCK.owner)
