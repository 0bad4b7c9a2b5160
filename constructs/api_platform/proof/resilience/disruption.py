"""What the scenario `disruption` saw, and what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api_platform.proof.resilience.draining import Drain
from api_platform.proof.resilience.replicas import Resizing
from api_platform.service import MaxUnavailable, Service, Workload
from eks_twin.measure.sampling import Recording, lowest


@dataclass(frozen=True)
class Disruption:
    """Every drain, and the pods meanwhile. Moments are seconds since the sampling began."""

    services: Sequence[Service]
    nodes: Sequence[str]
    wanted: Mapping[str, int]
    """Workload -> replicas at the start."""
    budgets: Mapping[str, int]
    """Workload -> pods that must stay ready, as the API server has it (`status.desiredHealthy`)."""
    drains: Sequence[Drain]
    together: Sequence[Drain]
    """The drains of all nodes at the same time, after the others."""
    ways_out: Sequence[Resizing]
    """What was done where a drain would have waited for ever."""
    recording: Recording

    @property
    def workloads(self) -> Sequence[Workload]:
        """The workloads, in the order of their colours."""
        return [workload for service in self.services for workload in service.workloads]

    @property
    def undrained(self) -> Sequence[str]:
        """The nodes that could not be emptied at all."""
        done = {drain.node for drain in self.drains if drain.done}
        return [node for node in self.nodes if node not in done]

    @property
    def waited(self) -> Sequence[Drain]:
        """The drains that gave up."""
        return [drain for drain in self.drains if not drain.done]

    def least(self, workload: str) -> int:
        """Return how few pods of a workload were ready, at worst."""
        return lowest(self.recording.ready(workload))


def promised(workload: Workload, replicas: int) -> int:
    """Return how many pods a workload's spec wants to keep while nodes are drained."""
    budget = workload.budget
    return replicas - budget.pods if isinstance(budget, MaxUnavailable) else budget.pods


def leaves_no_room(workload: Workload, replicas: int) -> bool:
    """Whether nothing of the workload may be evicted at so many replicas, so that a drain waits."""
    return promised(workload, replicas) >= replicas
