"""Fills the nodes to the last processor, and looks who is evicted: by a backlog, and by requests."""

from collections.abc import Sequence
from dataclasses import dataclass

from api_platform.aws.releases import all_releases
from api_platform.proof.pressure.squeezing import Squeeze, squeeze, standing
from api_platform.proof.stage import ProofStage
from api_platform.service import Workload
from eks_twin.proof.quantities import at_least, exactly
from eks_twin.proof.result import Cell, Figure, Outcome, Table
from eks_twin.proof.scenario import LeftOut, Scenario


@dataclass(frozen=True)
class PressureSeen:
    """What came of it."""

    squeezes: Sequence[Squeeze]
    control: Squeeze
    """The same as the first one that serves, with the ground's priority as charts leave it."""


def run(stage: ProofStage) -> Outcome:
    """Bring each workload to its maximum, one after the other; then the control. The short form takes two of them."""
    releases = all_releases(stage.environment, stage.services)
    workloads = [workload for service in stage.services for workload in service.workloads if not workload.node_pool]
    chosen = _hungriest(workloads) if stage.short else workloads
    stage.wait_until_ready()
    with standing(stage, releases, with_priority=True):
        squeezes = [squeeze(stage, releases, workload) for workload in chosen]
    serving = next((one for one in chosen if one.exposure), None)
    if serving is None:
        raise LeftOut("No workload answers requests, so there is none that could displace another.")
    with standing(stage, releases, with_priority=False):
        control = squeeze(stage, releases, serving)
    stage.wait_until_ready()
    seen = PressureSeen(squeezes, control)
    return Outcome(figures=figures(seen), tables=[table(seen)], notes=_NOTES)


def figures(seen: PressureSeen) -> Sequence[Figure]:
    """Return the figures."""
    background = [one for one in seen.squeezes if not one.serves]
    serving = [one for one in seen.squeezes if one.serves]
    full = sum(one.placed < one.wanted for one in seen.squeezes)
    by_serving = sum(one.others for one in serving)
    return [
        Figure("Pods of the ground evicted", sum(one.ground for one in seen.squeezes), limit=exactly(0), key=True),
        Figure("Pods that serve evicted", sum(one.served for one in seen.squeezes), limit=exactly(0), key=True),
        Figure("Other pods evicted for a backlog", sum(one.others for one in background), limit=exactly(0)),
        Figure("Background pods evicted for requests", by_serving, limit=at_least(1)),
        Figure("Workloads for which the nodes were too full", full, limit=at_least(1)),
        Figure("Pods of the ground evicted, had they no priority", seen.control.ground, limit=at_least(1)),
    ]


def table(seen: PressureSeen) -> Table:
    """Return who had to go for whom."""
    rows = [(one, "") for one in seen.squeezes] + [(seen.control, ", the ground without priority")]
    return Table(
        title="Each workload at its maximum, on the nodes of the minimum",
        columns=("workload", "pods placed", "evicted"),
        rows=[
            (
                f"{one.workload}{control}",
                f"{one.placed} of {one.wanted}",
                Cell(", ".join(f"{owner} x {count}" for owner, count in sorted(one.evicted.items())) or "nothing"),
            )
            for one, control in rows
        ],
    )


def _hungriest(workloads: Sequence[Workload]) -> list[Workload]:
    """Return the one of most pods of either kind."""
    kinds = [[one for one in workloads if bool(one.exposure) is serves] for serves in (False, True)]
    return [max(kind, key=lambda one: one.scaling.maximum) for kind in kinds if kind]


_NOTES = (
    (
        "The ground: a pod for each that the Helm releases run, with the number, requests and priority that their "
        "values hand to the charts. That the charts take these values is held by tests, for those that can be had."
    ),
    "Nodes are as many as the node groups have at the least: no autoscaler comes in before the scheduler evicts.",
)

SCENARIO: Scenario[ProofStage] = Scenario(
    name="pressure",
    title="What stands on full nodes",
    expectation="On full nodes, a backlog of jobs evicts nothing; requests evict background work, and neither the mesh "
    "and its gateway, nor the operators, nor anything else that serves. Without the priorities that the releases are "
    "given, the ground would go first.",
    run=run,
    short="the background and the serving workload of most pods.",
)
