"""Gives a workload another number of replicas for a while: by its autoscaler's pause, or by hand where it has none."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import lightkube
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.autoscaling_v2 import HorizontalPodAutoscaler

from api_platform.proof.resilience.draining import Kubectl
from api_platform.service import Workload
from eks_twin.deployment.workloads import statuses
from eks_twin.errors import TwinError
from eks_twin.measure.waiting import happens_within

PAUSED = "autoscaling.keda.sh/paused-replicas"
"""Annotation of a ScaledObject: KEDA removes the autoscaler and keeps so many replicas."""
_SECONDS = 30.0


@dataclass(frozen=True)
class Resizing:
    """How a workload came to other replicas, and how long it took."""

    workload: str
    count: int
    command: str
    """What was done."""
    by_keda: bool
    """False where no autoscaler of KEDA's is there: then the Deployment was scaled by hand."""
    start: float
    """On the caller's clock."""
    end: float | None
    """When so many pods were Ready; None where they never were."""

    @property
    def seconds(self) -> float | None:
        """How long it took."""
        return None if self.end is None else self.end - self.start


@dataclass(frozen=True)
class ReplicaControl:
    """By what replicas are changed."""

    kubectl: Kubectl
    client: lightkube.Client
    namespace: str


@contextmanager
def other_replicas(
    control: ReplicaControl, workload: str, count: int, clock: Callable[[], float]
) -> Iterator[Resizing]:
    """Give the workload so many replicas until the end of the block, and those that it had afterwards.

    Raises TwinError where kubectl fails, or KEDA's autoscaler does not come back.
    """
    before, by_keda, start = _wanted(control, workload), _has_autoscaler(control, workload), clock()
    words, undo = _commands(control.namespace, workload, count, before, by_keda=by_keda)
    try:
        _run(control, words)
        there = happens_within(_SECONDS, lambda: _ready(control, workload) >= count)
        yield Resizing(workload, count, f"kubectl {' '.join(words)}", by_keda, start, clock() if there else None)
    finally:
        _run(control, undo)
        if by_keda:
            if not happens_within(_SECONDS, lambda: _has_autoscaler(control, workload)):
                raise TwinError(
                    f"KEDA did not bring the autoscaler of {workload} back. See: api-platform twin logs keda"
                )
            # The autoscaler alone would come down by its policy, which waits for five minutes.
            _run(control, _scale(control.namespace, workload, before))


@contextmanager
def minimum_replicas(control: ReplicaControl, workloads: Iterable[Workload]) -> Iterator[Sequence[str]]:
    """Give workloads whose autoscaler does not run the replicas that it would give them, until the end of the block.

    Yields their names: none where KEDA runs.
    """
    now = {status.name: status.wanted for status in statuses(control.client, control.namespace)}
    few = [workload for workload in workloads if now.get(workload.name, 0) < workload.scaling.minimum]
    with ExitStack() as until_the_end:
        for workload in few:
            until_the_end.enter_context(
                other_replicas(control, workload.name, workload.scaling.minimum, time.monotonic)
            )
        yield [workload.name for workload in few]


def without_keda(by_hand: Collection[str]) -> Sequence[str]:
    """Return what the reader must know of the workloads of `minimum_replicas`."""
    if not by_hand:
        return ()
    return (f"KEDA does not run in this twin: {', '.join(by_hand)} were given their minimum of replicas by hand.",)


def _commands(
    namespace: str, workload: str, count: int, before: int, *, by_keda: bool
) -> tuple[Sequence[str], Sequence[str]]:
    """Return what gives a workload so many replicas, and what takes that back."""
    if not by_keda:
        return _scale(namespace, workload, count), _scale(namespace, workload, before)
    annotate = ("annotate", "scaledobject", workload, f"--namespace={namespace}")
    return (*annotate, "--overwrite", f"{PAUSED}={count}"), (*annotate, f"{PAUSED}-")


def _scale(namespace: str, workload: str, count: int) -> Sequence[str]:
    return ("scale", "deployment", workload, f"--namespace={namespace}", f"--replicas={count}")


def _run(control: ReplicaControl, words: Sequence[str]) -> None:
    run = control.kubectl(*words)
    if run.returncode:
        raise TwinError(f"kubectl {' '.join(words)} failed: {run.stderr.strip()}")


def _wanted(control: ReplicaControl, workload: str) -> int:
    deployment = control.client.get(Deployment, workload, namespace=control.namespace)
    replicas = deployment.spec.replicas if deployment.spec else None
    return 1 if replicas is None else replicas


def _ready(control: ReplicaControl, workload: str) -> int:
    return sum(each.ready for each in statuses(control.client, control.namespace) if each.name == workload)


def _has_autoscaler(control: ReplicaControl, workload: str) -> bool:
    """Whether KEDA made an autoscaler for the workload, and it is not on its way out."""
    return any(
        owner.kind == "ScaledObject" and autoscaler.metadata.deletionTimestamp is None
        for autoscaler in control.client.list(HorizontalPodAutoscaler, namespace=control.namespace)
        if autoscaler.metadata and autoscaler.metadata.name == workload
        for owner in autoscaler.metadata.ownerReferences or []
    )
