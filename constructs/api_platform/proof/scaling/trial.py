"""What a workload is put under, and how that ends."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api_platform.service import QueueScaling, Workload
from eks_twin.measure.behavior import Behavior
from eks_twin.measure.curve import curve
from eks_twin.measure.steps import Steps
from eks_twin.metrics_api.load import IDLE_MEMORY, Load, Use

_MORE = 1.3
"""So much more than the maximum could serve: within a tenth of its target an autoscaler stands still."""
_BACKLOG = 1.2
"""The same of messages, when the maximum is reached. Less than of use: the drain is waited for."""
_SHARE_SECONDS = 600
"""How long a pod works on its share of the messages: each of ten takes a minute."""


@dataclass(frozen=True)
class ScalingTrial:
    """One workload and its behavior, in scenario time."""

    workload: Workload
    behavior: Behavior
    by_memory: bool = False
    """Of those that scale by use: by memory, not by CPU."""

    @property
    def name(self) -> str:
        """The workload's name."""
        return self.workload.name

    @property
    def measure(self) -> str:
        """What it scales by."""
        if self.messages_per_pod:
            return "queue depth"
        return "memory" if self.by_memory else "CPU"

    @property
    def messages_per_pod(self) -> int:
        """Messages that one pod is wanted for; 0 where it has no queue."""
        scaling = self.workload.scaling
        return scaling.messages_per_pod if isinstance(scaling, QueueScaling) else 0

    @property
    def job_seconds(self) -> float:
        """Scenario seconds that a pod works on a message."""
        return _SHARE_SECONDS / max(1, self.messages_per_pod)

    @property
    def load(self) -> Load:
        """The load that asks for more than the maximum, however many pods share it."""
        scaling, resources = self.workload.scaling, self.workload.resources
        if self.by_memory:
            each = resources.memory.bytes * scaling.memory_percent / 100
            return Load(memory=Use(total=int(_MORE * each * self.behavior.maximum)))
        each = resources.cpu.millicores * scaling.cpu_percent / 100
        return Load(cpu=Use(total=int(_MORE * each * self.behavior.maximum)))

    @property
    def at_rest(self) -> float:
        """Share of its replicas that its memory asks for under no load."""
        return IDLE_MEMORY * 100 / self.workload.scaling.memory_percent

    @property
    def messages(self) -> int:
        """How many messages it takes to reach the maximum, with those that are worked off on the way."""
        wanted = self.behavior.maximum * self.messages_per_pod * _BACKLOG
        return math.ceil(wanted + _way_up(self.behavior) / self.job_seconds)


def loads(trials: Iterable[ScalingTrial], namespace: str) -> Mapping[str, Load]:
    """Return the loads of those trials that are under one, as the metrics API takes them."""
    return {f"{namespace}/{trial.name}": trial.load for trial in trials if not trial.messages_per_pod}


def _way_up(behavior: Behavior) -> float:
    """Return the pod-seconds between the minimum and the maximum, on the policy's own curve."""
    way: Steps = curve(behavior, behavior.minimum, lambda *_: behavior.maximum, range(3600))
    return way.area(way.first(behavior.maximum) or 3600)
