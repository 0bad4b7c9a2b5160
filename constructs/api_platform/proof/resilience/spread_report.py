"""What the scenario `spread` says: where the pods were, and what the loss of a zone did to them."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from api_platform.proof.resilience import outage as limits
from api_platform.proof.resilience.placement import by_zone, skew
from api_platform.proof.resilience.replicas import without_keda
from api_platform.proof.resilience.spread import KUBERNETES_PATIENCE, Spread
from api_platform.service import Workload
from eks_twin.control_plane.settings import Settings
from eks_twin.proof.quantities import at_most, exactly
from eks_twin.proof.result import Cell, Figure, Row, Table, Verdict


def figures(spread: Spread) -> Sequence[Figure]:
    """Return the figures; those of what did not happen are missing, see `failures`."""
    counts = by_zone(spread.before, spread.nodes)
    excess = [skew(counts, name) - allowed for name, allowed in spread.skews.items()]
    weak = [name for name in spread.wanted if spread.least(name) < spread.promised(name)]
    return [
        Figure(
            "Pods on nodes of another pool than their own",
            len(spread.misplaced()),
            "",
            exactly(0),
            of=len(spread.before),
        ),
        Figure(
            "Workloads whose zones differ by more pods than they may", sum(each > 0 for each in excess), "", exactly(0)
        ),
        Figure(
            "Workloads with fewer pods than promised, a zone gone",
            len(weak),
            "",
            exactly(0),
            of=len(spread.wanted),
            key=True,
        ),
        *_times(spread),
    ]


def _times(spread: Spread) -> Iterator[Figure]:
    outage, count, pace = spread.outage, len(spread.outage.nodes), spread.outage.pace
    until_strong = limits.longest_until_strong(count, pace)
    parts = (
        (
            "No request goes to the lost zone any more after",
            outage.not_ready,
            limits.longest_until_not_ready(pace),
            False,
        ),
        ("Its pods are given up after", outage.evicted, limits.longest_until_evicted(count, pace), False),
        ("Back at full strength after", outage.strong, until_strong, True),
    )
    for label, moment, limit, key in parts:
        if (seconds := outage.after(moment)) is not None:
            yield Figure(label, seconds, "s", at_most(limit), key=key)
    if (seconds := outage.after(outage.strong)) is not None:
        longer = limits.longest_until_strong(count, limits.Pace(KUBERNETES_PATIENCE)) - until_strong
        label = f"The same with Kubernetes' own times, {KUBERNETES_PATIENCE:.0f} s of tolerance (computed)"
        yield Figure(label, seconds + longer, "s")


def failures(spread: Spread) -> Sequence[str]:
    """Return what did not happen at all."""
    outage = spread.outage
    parts = {
        "the lost zone's nodes were not all NotReady": outage.not_ready,
        "the lost zone's pods were not all given up": outage.evicted,
        "the other zones did not hold all pods": outage.strong,
    }
    return [f"{what} in time" for what, moment in parts.items() if moment is None]


def tables(spread: Spread) -> Sequence[Table]:
    """Return where the pods were, how the workloads stood the outage, and where the pods were afterwards."""
    before, after = by_zone(spread.before, spread.nodes), by_zone(spread.after, spread.nodes)
    columns = ("Workload", "Nodes", *spread.zones, "Difference", "Allowed")
    return [
        Table(
            title="Pods in each zone",
            columns=columns,
            rows=[_placed(spread, each, before, judged=True) for each in spread.workloads],
        ),
        Table(
            title=f"With {spread.outage.zone} gone",
            columns=("Workload", "Wanted", "Promised without a zone", "Ready at worst", "Full strength after, s"),
            rows=[_survived(spread, workload.name) for workload in spread.workloads],
            note="A workload of one replica is gone with its zone until its pod is replaced.",
        ),
        Table(
            title=f"Pods in each zone when {spread.outage.zone} was back",
            columns=columns,
            rows=[_placed(spread, each, after, judged=False) for each in spread.workloads],
            note="Kubernetes moves no pod that runs: they stay where they went. The next rollout spreads them anew.",
        ),
    ]


def _placed(spread: Spread, workload: Workload, counts: Mapping[str, Counter[str]], *, judged: bool) -> Row:
    difference, allowed = skew(counts, workload.name), spread.skews.get(workload.name)
    kept = allowed is None or difference <= allowed
    verdict = (Verdict.HELD if kept else Verdict.FAILED) if judged else None
    each = [counts[zone][workload.name] for zone in spread.zones]
    return [
        workload.name,
        workload.node_pool or "common",
        *each,
        Cell(difference, verdict),
        "any" if allowed is None else allowed,
    ]


def _survived(spread: Spread, workload: str) -> Row:
    least, promised, seconds = spread.least(workload), spread.promised(workload), spread.strong(workload)
    return [
        workload,
        spread.wanted[workload],
        promised,
        Cell(least, Verdict.HELD if least >= promised else Verdict.FAILED),
        Cell("never", Verdict.FAILED) if seconds is None else round(seconds, 1) or "lost none",
    ]


_SIMULATED = (
    "Simulated, by kwok: nodes and what runs on them. Real: who decides when a node is lost, which pods go, and where "
    "they come back."
)


def notes(spread: Spread, by_hand: Collection[str]) -> Sequence[str]:
    """Return what the reader must know."""
    outage = spread.outage
    shortened = (
        f"The pods of {outage.zone} tolerate the loss of their node for {outage.pace.patience:.0f} s here, so that the "
        f"proof takes five minutes less; the API server gives every pod {KUBERNETES_PATIENCE:.0f} s, on EKS too."
    )
    room = (
        "The other zones had room: no node had to be started for the pods that moved. They could be scheduled because "
        "tainted nodes do not count in the spread (nodeTaintsPolicy: Honor)."
    )
    return (shortened, _detection(outage.pace.settings), room, _SIMULATED, *without_keda(by_hand))


def _detection(settings: Settings) -> str:
    default = Settings()
    said = (
        f"A node is NotReady after {default.node_grace:.0f} s without a heartbeat. Then Kubernetes gives up one "
        f"node of the zone after the other, {default.eviction_step:.0f} s apart, by its default: a zone of "
        "twenty nodes takes three minutes longer than one of three."
    )
    shorter = f" Here they were {settings.node_grace:.0f} s and {settings.eviction_step:.0f} s."
    return said if settings == default else said + shorter
