"""What each container uses: the load on its workload, or else a share of its requests."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from eks_twin.metrics_api.load import IDLE_CPU, IDLE_MEMORY, Load, Use
from eks_twin.metrics_api.pods import Amounts, Container, Pod

LoadOf = Callable[[str, str], Load]
"""Returns the load on a workload, by namespace and name."""


@dataclass(frozen=True)
class ContainerUse:
    """What one container uses."""

    name: str
    cpu: int
    """Thousandths of a core."""
    memory: int
    """Bytes."""


@dataclass(frozen=True)
class PodUse:
    """What a pod's containers use."""

    pod: Pod
    containers: Sequence[ContainerUse]


def uses(pods: Sequence[Pod], load_of: LoadOf) -> Iterator[PodUse]:
    """Yield what each pod uses. `pods`: all of the cluster, since a workload's ready pods share its load."""
    sharers = Counter((pod.namespace, pod.workload) for pod in pods if pod.ready)
    for pod in pods:
        load = load_of(pod.namespace, pod.workload)
        sharing = sharers[pod.namespace, pod.workload]
        yield PodUse(pod, tuple(_container(pod, container, load, sharing) for container in pod.containers))


def _container(pod: Pod, container: Container, load: Load, sharers: int) -> ContainerUse:
    # The load falls on the application; a proxy beside it has a name of its own, and stays idle.
    named = load if container.name == pod.workload else Load()
    return ContainerUse(
        container.name,
        _use(named.cpu, container.cpu, IDLE_CPU, pod, sharers),
        _use(named.memory, container.memory, IDLE_MEMORY, pod, sharers),
    )


def _use(use: Use | None, amounts: Amounts, idle: float, pod: Pod, sharers: int) -> int:
    if use is None:
        return int(amounts.request * idle)
    return use.of_one(ready=pod.ready, sharers=sharers, limit=amounts.limit)
