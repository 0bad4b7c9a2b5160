"""How the scenario `scaling` draws what it saw."""

from collections.abc import Sequence

from api_platform.proof.scaling.measured import Backlog, Measured, from_zero
from api_platform.proof.scaling.report import Scaled
from eks_twin.measure.steps import Steps
from eks_twin.proof.plot import LinePlot, PlotEvent, Series


def plots(scaled: Scaled) -> Sequence[LinePlot]:
    """Return the replicas of each workload beside its exact curve, the backlogs, and the nodes."""
    time = f"scenario time: 1 s of the clock is {scaled.factor} s here"
    end = max(each.end for each in scaled.workloads)
    return [
        *(_replicas(each, time) for each in scaled.workloads),
        LinePlot(
            title="Backlogs",
            value="% of the burst",
            series=[_backlog(*each) for each in scaled.backlogs],
            time=time,
            note="Messages that wait or are in flight, as SQS counts them.",
        ),
        LinePlot(
            title="Nodes",
            value="nodes",
            series=[_line(nodes.group, nodes.count, end) for nodes in scaled.nodes],
            time=time,
            note="They come when pods find no room, and leave when the scenario is over.",
        ),
    ]


def _replicas(each: Measured, time: str) -> LinePlot:
    relief = [PlotEvent(each.relieved, "load off")] if not each.backlog and each.relieved < each.end else []
    drained = [PlotEvent(each.backlog.drained, "drained")] if each.backlog and each.backlog.drained else []
    return LinePlot(
        title=f"{each.workload} by {each.measure}",
        value="replicas",
        series=[
            _line("wanted by the autoscaler", each.replicas, each.end),
            _line("the exact curve of its policy", each.curve, each.end, dashed=True),
            _line("ready", each.ready, each.end),
        ],
        events=[*relief, *drained],
        time=time,
    )


def _backlog(workload: str, backlog: Backlog) -> Series:
    depth = from_zero(backlog.depth).points
    return Series(workload, [(moment, 100 * value / backlog.sent) for moment, value in depth])


def _line(label: str, steps: Steps, end: float, *, dashed: bool = False) -> Series:
    points = [point for point in from_zero(steps).points if point[0] < end]
    return Series(label, [*points, (end, steps.at(end))], dashed=dashed)
