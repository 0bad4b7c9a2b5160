"""How the scenario `spread` draws what it saw."""

from collections import Counter
from collections.abc import Mapping, Sequence

from api_platform.proof.resilience.lines import line, total
from api_platform.proof.resilience.outage import Outage
from api_platform.proof.resilience.placement import NodePlace
from api_platform.proof.resilience.spread import KUBERNETES_PATIENCE, Spread
from eks_twin.measure.steps import Steps
from eks_twin.proof.plot import Layer, LinePlot, PlotEvent, StackedBars

_BRIDGED = (
    "Until the nodes count as NotReady, requests go to pods that are gone: the mesh must bridge it, by retries and "
    "outlier detection."
)


def plots(spread: Spread) -> Sequence[StackedBars | LinePlot]:
    """Return the pods by zone and by node, and the outage over time."""
    return [
        _bars(
            spread,
            "Pods by zone",
            {zone: [node for node in spread.nodes if node.zone == zone] for zone in spread.zones},
        ),
        _bars(spread, "Pods by node", {node.name: [node] for node in spread.nodes}),
        _by_service(spread),
        _belief(spread),
    ]


def _bars(spread: Spread, title: str, bars: Mapping[str, Sequence[NodePlace]]) -> StackedBars:
    counts = {
        label: Counter(pod.workload for pod in spread.before if pod.node in {node.name for node in nodes})
        for label, nodes in bars.items()
    }
    layers = [Layer(workload.name, [counts[label][workload.name] for label in bars]) for workload in spread.workloads]
    return StackedBars(title=title, value="pods", bars=list(bars), layers=layers)


def _by_service(spread: Spread) -> LinePlot:
    truth = spread.outage.truth
    return LinePlot(
        title=f"Pods that can answer, {spread.outage.zone} gone",
        value="ready pods",
        series=[
            line(service.name, total(truth.ready(workload.name) for workload in service.workloads), truth.end)
            for service in spread.services
        ],
        events=_events(spread.outage),
        time="time since the start, by the clock",
        note=_shortened(spread.outage),
    )


def _belief(spread: Spread) -> LinePlot:
    outage = spread.outage
    end = outage.recording.end
    wanted = sum(spread.wanted.values())
    return LinePlot(
        title="What Kubernetes believes, and what is so",
        value="ready pods of all services",
        series=[
            line("ready, as Kubernetes believes", outage.recording.count(lambda pod: pod.ready), end),
            line("ready on nodes that live", outage.truth.count(lambda pod: pod.ready), end),
            line("wanted", total([_constant(wanted)]), end, dashed=True),
        ],
        events=_events(outage),
        time="time since the start, by the clock",
        note=_BRIDGED,
    )


def _shortened(outage: Outage) -> str:
    default = f"{KUBERNETES_PATIENCE:.0f} s"
    return (
        f"Its pods tolerate the loss of their node for {outage.pace.patience:.0f} s; Kubernetes' default is {default}."
    )


def _constant(value: int) -> Steps:
    return Steps([(0.0, value)])


def _events(outage: Outage) -> Sequence[PlotEvent]:
    parts = (
        (outage.silent, f"{outage.zone} falls silent"),
        (outage.not_ready, "its nodes are NotReady"),
        (outage.evicted, "its pods are given up"),
        (outage.strong, "full strength"),
        (outage.speaking, "the zone is back"),
    )
    return [PlotEvent(moment, label) for moment, label in parts if moment is not None]
