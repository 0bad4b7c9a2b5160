"""What the scenario `spread` saw, and what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api_platform.proof.resilience.outage import Outage
from api_platform.proof.resilience.placement import NodePlace, left_without_a_zone
from api_platform.service import Service, Workload
from eks_twin.measure.sampling import SampledPod, back_at, lowest

KUBERNETES_PATIENCE = 300.0
"""Seconds for which a pod tolerates the loss of its node where nobody says otherwise."""


@dataclass(frozen=True)
class Spread:
    """What was seen."""

    services: Sequence[Service]
    nodes: Sequence[NodePlace]
    wanted: Mapping[str, int]
    """Workload -> replicas."""
    skews: Mapping[str, int]
    """Workload -> by how many pods the zones may differ."""
    before: Sequence[SampledPod]
    outage: Outage
    after: Sequence[SampledPod]

    @property
    def workloads(self) -> Sequence[Workload]:
        """The workloads, in the order of their colours."""
        return [workload for service in self.services for workload in service.workloads]

    @property
    def zones(self) -> Sequence[str]:
        """The zones, by name."""
        return sorted({node.zone for node in self.nodes})

    def promised(self, workload: str) -> int:
        """Return how many of a workload's pods the other zones hold at least, by its spread, whichever zone goes."""
        return left_without_a_zone(
            self.wanted[workload], len(self.zones), self.skews.get(workload, self.wanted[workload])
        )

    def least(self, workload: str) -> int:
        """Return how few of a workload's pods were really there, at worst."""
        return lowest(self.outage.truth.ready(workload), self.outage.silent)

    def strong(self, workload: str) -> float | None:
        """Return how many seconds after the outage began the workload had its wanted pods again, for good."""
        return self.outage.after(back_at(self.outage.truth.ready(workload), self.wanted[workload], self.outage.silent))

    def misplaced(self) -> Sequence[SampledPod]:
        """Return the pods on nodes of another pool than their workload's."""
        pool_of = {node.name: node.pool for node in self.nodes}
        wanted = {workload.name: workload.node_pool for workload in self.workloads}
        return [pod for pod in self.before if pool_of.get(pod.node) != wanted.get(pod.workload)]
