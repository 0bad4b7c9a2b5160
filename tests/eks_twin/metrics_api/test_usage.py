from collections.abc import Mapping

from eks_twin.manifests import Manifest
from eks_twin.metrics_api.load import Load, Use
from eks_twin.metrics_api.pods import running
from eks_twin.metrics_api.usage import ContainerUse, LoadOf, uses
from tests.eks_twin.metrics_api.pod_resources import container, pod

IDLE = int(0.3 * 512 * 2**20)


def loads(entries: Mapping[str, Load]) -> LoadOf:
    return lambda namespace, workload: entries.get(f"{namespace}/{workload}", Load())


CPU_OF_900 = loads({"production/api-service": Load(cpu=Use(total=900))})


def used(*pods: Manifest, load_of: LoadOf = CPU_OF_900) -> list[tuple[ContainerUse, ...]]:
    read = [each for each in map(running, pods) if each]
    return [tuple(use.containers) for use in uses(read, load_of)]


def test_the_ready_pods_of_a_workload_share_its_load() -> None:
    shares = used(pod("a"), pod("b"), pod("c", ready=False))
    assert [containers[0].cpu for containers in shares] == [450, 450, 0]


def test_a_resource_without_load_is_idle() -> None:
    assert used(pod())[0][0].memory == IDLE


def test_pods_of_other_workloads_and_namespaces_are_idle() -> None:
    """All counted as one, a rollout in staging would thin out the load of production."""
    shares = used(pod(), pod(namespace="staging"), pod("m", workload="media-service"))
    assert [containers[0].cpu for containers in shares] == [900, 50, 50]


def test_the_load_falls_on_the_application_and_not_on_its_proxy() -> None:
    """The autoscalers ask for the application's container by name: a server that mixes the two would not show it."""
    application, proxy = used(pod(sidecars=[container("istio-proxy", restartPolicy="Always")]))[0]
    assert (application.cpu, proxy.cpu) == (900, 50)


def test_no_container_uses_more_than_its_limit() -> None:
    flood = loads({"production/api-service": Load(cpu=Use(total=90_000))})
    assert used(pod(), load_of=flood)[0][0].cpu == 1000
