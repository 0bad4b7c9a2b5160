"""Who goes first when nodes are full."""

from cdk8s_plus_27 import k8s
from constructs import Construct

from api_platform.labels import platform_metadata
from api_platform.service import Workload

SERVING = "serving"
BACKGROUND = "background"


def priority_class_of(workload: Workload) -> str:
    """Return the class of a workload: what answers requests goes before what works through a queue."""
    return SERVING if workload.exposure else BACKGROUND


def priority_classes(scope: Construct) -> None:
    """Create both classes."""
    for name, value, description in (
        (SERVING, 100_000, "Answers requests: may displace background work."),
        (BACKGROUND, 10_000, "Works through a queue: may wait."),
    ):
        k8s.KubePriorityClass(
            scope,
            f"priority-class-{name}",
            metadata=platform_metadata(name),
            value=value,
            description=description,
            global_default=False,
        )
