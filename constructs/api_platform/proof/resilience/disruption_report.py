"""What the scenario `disruption` says: which drains went through, which waited, and how many pods stayed ready."""

from collections.abc import Collection, Iterator, Sequence

from api_platform.proof.resilience.disruption import Disruption, leaves_no_room, promised
from api_platform.proof.resilience.draining import Drain
from api_platform.proof.resilience.replicas import without_keda
from api_platform.service import Workload
from eks_twin.proof.quantities import at_least, exactly
from eks_twin.proof.result import Cell, Figure, Row, Table, Verdict

ACKNOWLEDGED = "budget-leaves-room-to-drain"
"""The rule that finds a workload whose pods may not be evicted."""


def figures(seen: Disruption) -> Sequence[Figure]:
    """Return the figures."""
    below = [each for each in seen.workloads if seen.least(each.name) < promised(each, seen.wanted[each.name])]
    drained, nodes = len(seen.nodes) - len(seen.undrained), len(seen.nodes)
    refused, together = (sum(len(drain.refusals) for drain in drains) for drains in (seen.drains, seen.together))
    return [
        Figure("Nodes drained", drained, "", exactly(nodes), of=nodes, key=True),
        Figure("Workloads ever below their budget", len(below), "", exactly(0), of=len(seen.workloads), key=True),
        Figure("Changes of pods that were counted", len(seen.recording.samples)),
        Figure("Time in which one may have been missed", seen.recording.blind, "s", exactly(0)),
        Figure("Evictions refused while one node was drained", refused),
        Figure("Evictions refused while all were drained at once", together, "", at_least(1)),
        *_ways_out(seen),
    ]


def _ways_out(seen: Disruption) -> Iterator[Figure]:
    for way_out in seen.ways_out:
        refused = sum(
            refusal.pod.startswith(f"{way_out.workload}-") for drain in seen.waited for refusal in drain.refusals
        )
        yield Figure(f"Evictions of {way_out.workload} refused at one replica", refused, "", at_least(1))
        if way_out.seconds is not None:
            yield Figure(f"{way_out.workload} has {way_out.count} pods after", way_out.seconds, "s")


def failures(seen: Disruption) -> Sequence[str]:
    """Return what went wrong and stands in no figure."""
    tight = [workload for workload in seen.workloads if leaves_no_room(workload, seen.wanted[workload.name])]
    helped = {way_out.workload for way_out in seen.ways_out}
    return [
        *(f"the drain of {node} failed: {_last(seen, node).said}" for node in seen.undrained),
        *(f"{each.name} leaves no room to drain, and its spec does not say so" for each in tight if not _says_so(each)),
        *(f"{each.name} should have held up a drain, and did not" for each in tight if each.name not in helped),
        *(f"{one.workload} did not get {one.count} pods in time" for one in seen.ways_out if one.end is None),
    ]


def _says_so(workload: Workload) -> bool:
    return ACKNOWLEDGED in workload.acknowledged


def _last(seen: Disruption, node: str) -> Drain:
    return [drain for drain in seen.drains if drain.node == node][-1]


def tables(seen: Disruption) -> Sequence[Table]:
    """Return the budgets, the drains, and what the API server refused."""
    return [
        Table(
            title="Ready pods against the budget",
            columns=("Workload", "Replicas", "Budget in the spec", "In the API server", "Ready at worst"),
            rows=[_budget(seen, workload) for workload in seen.workloads],
        ),
        Table(
            title="Drains, one after the other, and all at once",
            columns=("Node", "Pods evicted", "Evictions refused", "Seconds", "Result"),
            rows=[*map(_drained, seen.drains), _drained_together(seen.together)],
            note="kubectl tries again five seconds after a refusal. Each node was uncordoned before the next one.",
        ),
        *_waits(seen),
    ]


def _budget(seen: Disruption, workload: Workload) -> Row:
    wanted, least = seen.wanted[workload.name], seen.least(workload.name)
    in_spec, in_api = promised(workload, wanted), seen.budgets.get(workload.name)
    return [
        workload.name,
        wanted,
        in_spec,
        Cell("none" if in_api is None else in_api, Verdict.HELD if in_api == in_spec else Verdict.FAILED),
        Cell(least, Verdict.HELD if least >= in_spec else Verdict.FAILED),
    ]


def _drained(drain: Drain) -> Row:
    result = "drained" if drain.done else "waits: the budget holds"
    return [drain.node, len(drain.evicted), len(drain.refusals), round(drain.seconds, 1), result]


def _drained_together(drains: Sequence[Drain]) -> Row:
    seconds = max(drain.end for drain in drains) - min(drain.start for drain in drains)
    evicted, refused = sum(len(drain.evicted) for drain in drains), sum(len(drain.refusals) for drain in drains)
    return [f"all {len(drains)} at once", evicted, refused, round(seconds, 1), "given up: the budgets hold"]


def _waits(seen: Disruption) -> Iterator[Table]:
    if not seen.waited:
        return
    for drain in seen.waited:
        here = [one for one in seen.ways_out if _refused(drain, one.workload)]
        reasons = {workload.name: workload.acknowledged.get(ACKNOWLEDGED, "") for workload in seen.workloads}
        rows: list[Row] = [["What kubectl says", Cell(drain.said, code=True)]]
        for one in here:
            rows.append(["What the spec says", reasons.get(one.workload, "")])
            rows.append(["What was done", Cell(one.command, code=True)])
        yield Table(title=f"The drain of {drain.node} waits", columns=("", ""), rows=rows)


def _refused(drain: Drain, workload: str) -> int:
    return sum(refusal.pod.startswith(f"{workload}-") for refusal in drain.refusals)


def notes(seen: Disruption, by_hand: Collection[str]) -> Sequence[str]:
    """Return what the reader must know."""
    simulated = (
        "Simulated, by kwok: a pod that is told to go is gone after one second, whatever its grace period, and a new "
        "one is Ready within four. Real: the eviction API, the budgets, the scheduler and kubectl."
    )
    crowded = (
        "Pods that waited for a node come back on the first ones that take pods again, be they of one zone: a zone "
        "whose nodes are all cordoned does not count in the spread. The next rollout spreads them anew."
    )
    said = [simulated, crowded, *without_keda(by_hand)]
    if any(not one.by_keda for one in seen.ways_out):
        said.append("Without KEDA the second pod came from kubectl scale, not from the annotation.")
    elif seen.ways_out:
        said.append(
            "Afterwards the annotation is removed and KEDA brings the autoscaler back, which would let the second pod "
            "go after five minutes of calm; here that is done at once, by hand."
        )
    return said
