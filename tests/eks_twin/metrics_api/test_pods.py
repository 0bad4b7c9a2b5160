from eks_twin.metrics_api.pods import Amounts, running
from tests.eks_twin.metrics_api.pod_resources import container, pod


def test_a_running_pod_is_read_with_its_containers_in_thousandths_of_a_core_and_bytes() -> None:
    read = running(pod())
    assert read
    assert read.containers[0].cpu == Amounts(500, 1000)
    assert read.containers[0].memory == Amounts(512 * 2**20, 768 * 2**20)


def test_the_workload_is_the_one_on_the_label() -> None:
    read = running(pod("api-service-5d4f-x"))
    assert read
    assert read.workload == "api-service"


def test_a_native_sidecar_counts_as_a_container_and_a_plain_init_container_does_not() -> None:
    read = running(pod(sidecars=[container("istio-proxy", restartPolicy="Always"), container("migrate")]))
    assert read
    assert [each.name for each in read.containers] == ["api-service", "istio-proxy"]


def test_a_container_without_requests_and_limits_is_read() -> None:
    read = running(pod(containers=[container(requests={}, limits={})]))
    assert read
    assert read.containers[0].cpu == Amounts(0, None)


def test_pods_that_are_pending_or_on_their_way_out_have_no_metrics() -> None:
    assert (running(pod(phase="Pending")), running(pod(leaving=True))) == (None, None)
