from api_platform.labels import platform_labels, pod_labels, selector_labels, standard_labels
from tests.specs import a_service, a_workload, an_image

WORKLOAD = a_workload(name="orders-worker", image=an_image(tag="v7"))
SERVICE = a_service(WORKLOAD, name="orders")


def test_a_selector_does_not_change_with_a_release() -> None:
    """A Deployment's selector cannot be changed: the apply of the next release would fail."""
    assert selector_labels(WORKLOAD) == selector_labels(a_workload(name="orders-worker", image=an_image(tag="v8")))


def test_a_workloads_pods_carry_its_selector() -> None:
    assert selector_labels(WORKLOAD).items() <= pod_labels(SERVICE, WORKLOAD).items()


def test_two_workloads_of_a_service_have_different_selectors() -> None:
    """Else each Deployment would count, and delete, the other's pods."""
    assert selector_labels(WORKLOAD) != selector_labels(a_workload(name="orders"))


def test_a_workloads_objects_carry_its_selector() -> None:
    """A ServiceMonitor finds the workload's Service by it."""
    assert selector_labels(WORKLOAD).items() <= standard_labels(SERVICE, WORKLOAD).items()


def test_the_labels_of_objects_do_not_change_with_a_release() -> None:
    """What does not change is not applied again: a release touches the Deployment, and nothing else."""
    newer = a_workload(name="orders-worker", image=an_image(tag="v8"))
    assert standard_labels(SERVICE, WORKLOAD) == standard_labels(a_service(newer, name="orders"), newer)


def test_a_workloads_objects_are_a_part_of_the_service() -> None:
    assert standard_labels(SERVICE, WORKLOAD)["app.kubernetes.io/part-of"] == "orders"


def test_an_object_of_the_whole_service_is_named_after_it() -> None:
    assert standard_labels(SERVICE)["app.kubernetes.io/name"] == "orders"


def test_the_mesh_finds_name_and_version_on_the_pods() -> None:
    labels = pod_labels(SERVICE, WORKLOAD)
    assert (labels["app"], labels["version"]) == ("orders-worker", "v7")


def test_the_pods_say_their_version_in_kubernetes_words_too() -> None:
    assert pod_labels(SERVICE, WORKLOAD)["app.kubernetes.io/version"] == "v7"


def test_no_selector_of_a_workload_selects_what_is_the_platforms() -> None:
    assert not selector_labels(WORKLOAD).items() <= platform_labels().items()


def test_all_that_we_make_says_so() -> None:
    """`kubectl get all -l app.kubernetes.io/managed-by=api-platform` shows what may be changed by a deploy alone."""
    of_services = [standard_labels(SERVICE), standard_labels(SERVICE, WORKLOAD), pod_labels(SERVICE, WORKLOAD)]
    assert {labels["app.kubernetes.io/managed-by"] for labels in [*of_services, platform_labels()]} == {"api-platform"}
