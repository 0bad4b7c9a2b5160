"""What the scenario `scaling` says: how far each workload kept to its policy, how long it took, what it cost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api_platform.proof.scaling.measured import Backlog, Measured
from eks_twin.measure.steps import Steps
from eks_twin.proof.quantities import duration, exactly
from eks_twin.proof.result import Cell, Figure, Row, Table, Verdict

NEVER = "never"
_WAY = (
    "Workload",
    "By",
    "Replicas",
    "To the maximum",
    "Allowed",
    "Back after",
    "Allowed",
    "Pod-hours",
    "Allowed",
    "Most in a minute",
    "Beyond the policy",
)


@dataclass(frozen=True)
class Nodes:
    """The nodes of one group, in scenario time."""

    group: str
    count: Steps
    maximum: int
    """How many the node group may have."""

    @property
    def most(self) -> int:
        """The most there ever were."""
        return max(value for _, value in self.count.points)


@dataclass(frozen=True)
class Scaled:
    """All that the scenario measured."""

    workloads: Sequence[Measured]
    nodes: Sequence[Nodes]
    factor: int
    """How much faster scenario time ran than the wall clock."""
    node_delay: float
    """Scenario seconds between the order of a node and its arrival."""

    @property
    def backlogs(self) -> Sequence[tuple[str, Backlog]]:
        """The bursts, by workload."""
        return [(each.workload, each.backlog) for each in self.workloads if each.backlog]


def figures(scaled: Scaled) -> Sequence[Figure]:
    """Return the figures; those of what was never reached are missing, see `failures`."""
    workloads = scaled.workloads
    steps = sum(len(each.replicas.points) - 1 for each in workloads)
    return [
        Figure(
            "Steps beyond the policy",
            sum(len(each.breaches) for each in workloads),
            "",
            exactly(0),
            of=steps,
            key=True,
        ),
        *_times(scaled),
        Figure("Pod-hours of all", sum(each.pod_hours(each.replicas) for each in workloads), "h"),
        # No limit: the simulated autoscaler orders no more than the group may have.
        *(Figure(f"Most nodes of {nodes.group}, which may have {nodes.maximum}", nodes.most) for nodes in scaled.nodes),
    ]


def failures(scaled: Scaled) -> Sequence[str]:
    """Return what did not happen at all, and each step beyond the policy."""
    return [sentence for each in scaled.workloads for sentence in _shortfalls(each)]


def tables(scaled: Scaled) -> Sequence[Table]:
    """Return the way up and down of each workload beside what its policy allows, and the drains."""
    sync = scaled.workloads[0].sync
    return [
        Table(
            title="Up and down again",
            columns=_WAY,
            rows=[_way(each) for each in scaled.workloads],
            note="Times are scenario time since the load came. Allowed is the curve of an autoscaler that loses no "
            f"moment; the measured one looks every {sync:g} s, as on EKS, and what its calls take on this machine "
            f"counts {scaled.factor} times.",
        ),
        Table(
            title="Backlogs",
            columns=("Workload", "Messages", "Messages per pod", "Seconds per message", "Drained after"),
            rows=[_drain(*each) for each in scaled.backlogs],
        ),
    ]


def notes(scaled: Scaled) -> Sequence[str]:
    """Return what was simulated, and the time scale."""
    factor = scaled.factor
    time_scale = (
        f"Scenario time runs {factor} times as fast as the clock. For its duration the live autoscalers' periods and "
        f"windows are divided by {factor}: 60 s are {60 / factor:g} s. Nothing else of them is changed, and they are "
        "put back at the end."
    )
    measures = (
        "The use of CPU and memory is what a metrics API of the twin says: a total that the ready pods share. Queue "
        "depths are SQS's own, as the twin's AWS counts them and KEDA reads them."
    )
    workers = (
        "Workers are simulated: each ready pod takes one message, keeps it in flight for as long as the table says, "
        "and deletes it."
    )
    nodes = (
        "Nodes are simulated: where pods find no room, nodes of their group join "
        f"{scaled.node_delay:g} s of scenario time later, up to the group's maximum, as a node autoscaler would have "
        "it. Until then pods that serve push workers off their nodes, as their priority says. The platform itself "
        "deploys no node autoscaler yet."
    )
    return [time_scale, measures, workers, nodes]


def _times(scaled: Scaled) -> Iterator[Figure]:
    for number, each in enumerate(scaled.workloads):
        top = each.to_maximum(each.replicas)
        if top is not None:
            way = f"from {each.behavior.minimum} to {each.behavior.maximum}"
            yield Figure(f"{each.workload}: {way}", top / 60, "min", key=number == 0)
    for workload, backlog in scaled.backlogs:
        if backlog.drained is not None:
            yield Figure(f"{workload}: {backlog.sent} messages drained", backlog.drained / 60, "min")


def _shortfalls(each: Measured) -> Iterator[str]:
    if each.to_maximum(each.replicas) is None:
        yield f"{each.workload} never reached its maximum of {each.behavior.maximum}"
    elif each.to_minimum(each.replicas) is None:
        yield f"{each.workload} did not come back to its minimum of {each.behavior.minimum}"
    if each.backlog and each.backlog.drained is None:
        yield f"{each.workload} did not drain its queue: {each.backlog.depth.at(each.end)} messages are left"
    for breach in each.breaches:
        yield f"{each.workload} went beyond its policy: {breach}"


def _way(each: Measured) -> Row:
    reached, curve = each.replicas, each.curve
    breaches = len(each.breaches)
    return (
        each.workload,
        each.measure,
        f"{each.behavior.minimum} to {each.behavior.maximum}",
        _moment(each.to_maximum(reached)),
        _moment(each.to_maximum(curve)),
        _moment(each.to_minimum(reached)),
        _moment(each.to_minimum(curve)),
        each.pod_hours(reached),
        each.pod_hours(curve),
        f"+{each.steepest_minute}",
        Cell(breaches, Verdict.FAILED if breaches else Verdict.HELD),
    )


def _drain(workload: str, backlog: Backlog) -> Row:
    return workload, backlog.sent, backlog.messages_per_pod, backlog.job_seconds, _moment(backlog.drained)


def _moment(moment: float | None) -> str:
    return NEVER if moment is None else duration(moment)
