"""What one start of the control plane may be told apart from its folder: how fast things happen in it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Timings of the control plane. The defaults are Kubernetes' own, but where it says otherwise."""

    autoscaler_period: float = 0.75
    """Seconds between two looks of the HorizontalPodAutoscaler. Kubernetes and EKS: 15, the same 20 times as slow."""
    node_grace: float = 50.0
    """Seconds without a heartbeat until a node is NotReady."""
    eviction_step: float = 10.0
    """Seconds from one node of a zone that Kubernetes gives up to the next one (`--node-eviction-rate`)."""
    eviction_after: int = 300
    """Seconds until pods leave a node that is NotReady, unless they tolerate it for another time."""
    ready_deadline: float = 60.0
    """Seconds that each program may take to be ready. Ours alone."""
