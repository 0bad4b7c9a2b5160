"""Who goes first when nodes are full."""

from cdk8s_plus_27 import k8s
from constructs import Construct

from api_platform.labels import platform_metadata
from api_platform.service import Workload

SERVING = "serving"
BACKGROUND = "background-work"
"""Not `background`: a class of that name may be there already, which preempts, and nobody can change that."""


def priority_class_of(workload: Workload) -> str:
    """Return the class of a workload: what answers requests goes before what works through a queue."""
    return SERVING if workload.exposure else BACKGROUND


def priority_classes(scope: Construct) -> None:
    """Create both classes."""
    for name, value, preempts, description in (
        (SERVING, 100_000, "PreemptLowerPriority", "Answers requests: may displace background work."),
        (BACKGROUND, 10_000, "Never", "Works through a queue: may wait, and displaces nobody."),
    ):
        k8s.KubePriorityClass(
            scope,
            f"priority-class-{name}",
            metadata=platform_metadata(name),
            value=value,
            preemption_policy=preempts,
            description=description,
            global_default=False,
        )
