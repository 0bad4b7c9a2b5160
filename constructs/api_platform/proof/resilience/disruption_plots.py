"""How the scenario `disruption` draws what it saw."""

from collections.abc import Sequence

from api_platform.proof.resilience.disruption import Disruption
from api_platform.proof.resilience.lines import line
from api_platform.service import Service
from eks_twin.proof.plot import LimitLine, LinePlot, Phase, Timeline
from eks_twin.proof.quantities import at_least


def plots(seen: Disruption) -> Sequence[LinePlot | Timeline]:
    """Return the drains, and for each service its ready pods against the budget."""
    return [_drains(seen), *(_ready(seen, service) for service in seen.services)]


def _drains(seen: Disruption) -> Timeline:
    return Timeline(
        title="The drain of each node",
        phases=[
            Phase(drain.node, drain.start, drain.end, "drained" if drain.done else "waits for a budget")
            for drain in seen.drains
        ]
        + [_together(seen)],
        note="In the end all nodes at once, for as long as kubectl was told to try.",
    )


def _together(seen: Disruption) -> Phase:
    start, end = min(drain.start for drain in seen.together), max(drain.end for drain in seen.together)
    return Phase("all nodes", start, end, "all at once: budgets hold")


def _ready(seen: Disruption, service: Service) -> LinePlot:
    names = [workload.name for workload in service.workloads]
    levels = sorted({seen.budgets[name] for name in names if name in seen.budgets})
    return LinePlot(
        title=f"{service.name} while nodes are drained",
        value="ready pods",
        series=[line(name, seen.recording.ready(name), seen.recording.end) for name in names],
        limits=[LimitLine("budget", at_least(level)) for level in levels],
    )
