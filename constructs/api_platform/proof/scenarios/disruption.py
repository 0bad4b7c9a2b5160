"""Drains every node in turn, as `kubectl drain` does, and counts the pods that stay ready."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack

import lightkube
from lightkube.resources.policy_v1 import PodDisruptionBudget

from api_platform.labels import NAME
from api_platform.proof.resilience import disruption_plots, disruption_report
from api_platform.proof.resilience.disruption import Disruption, leaves_no_room
from api_platform.proof.resilience.draining import Drain, drain, drain_at_once, uncordoned_after
from api_platform.proof.resilience.placement import places
from api_platform.proof.resilience.replicas import ReplicaControl, Resizing, minimum_replicas, other_replicas
from api_platform.proof.stage import ProofStage
from eks_twin.measure.sampling import Sampler, sampling
from eks_twin.proof.result import Outcome
from eks_twin.proof.scenario import Scenario

WAY_OUT_REPLICAS = 2
"""As the spec says in its acknowledgement."""
_PATIENCE_SECONDS = 4.0
"""For the drain that is known to wait for ever. kubectl notices after five seconds, when it would try again."""
_DRAIN_SECONDS = 60.0
_AT_ONCE_SECONDS = 4.0
"""So long all nodes at once are drained, which cannot end while budgets hold."""
_START_SECONDS = 30.0
_SHORT = 3


def run(stage: ProofStage) -> Outcome:
    """Drain each node and let it take pods again, with the written way out where a budget leaves no room; then all."""
    control = ReplicaControl(stage.kubectl, stage.cluster, stage.namespace)
    workloads = [workload for service in stage.services for workload in service.workloads]
    with minimum_replicas(control, workloads) as by_hand:
        wanted = {status.name: status.wanted for status in stage.wait_until_ready(_START_SECONDS)}
        kept, nodes = budgets(stage.cluster, stage.namespace), [place.name for place in places(stage.cluster)]
        tight = {workload.name for workload in workloads if leaves_no_room(workload, wanted[workload.name])}
        with sampling(stage.cluster, stage.namespace) as sampler:
            one_by_one = nodes
            if stage.short:
                one_by_one = some_of(nodes, {pod.node for pod in sampler.pods if pod.workload in tight})
            drains, together, ways_out = _drain_all(control, (one_by_one, nodes), tight, sampler)
            stage.wait_until_ready(_START_SECONDS)
            recording = sampler.recording
    stage.wait_until_ready(_START_SECONDS)
    seen = Disruption(stage.services, one_by_one, wanted, kept, drains, together, ways_out, recording)
    return Outcome(
        figures=disruption_report.figures(seen),
        tables=disruption_report.tables(seen),
        plots=disruption_plots.plots(seen),
        notes=disruption_report.notes(seen, by_hand),
        failures=disruption_report.failures(seen),
    )


def some_of(nodes: Sequence[str], needed: Collection[str]) -> list[str]:
    """Return the nodes that are needed, and others up to three."""
    return sorted(nodes, key=lambda node: node not in needed)[: max(_SHORT, len(needed))]


def budgets(client: lightkube.Client, namespace: str) -> Mapping[str, int]:
    """Return how many pods must stay ready, as the API server has worked it out: workload -> pods."""
    return {
        budget.spec.selector.matchLabels[NAME]: budget.status.desiredHealthy or 0
        for budget in client.list(PodDisruptionBudget, namespace=namespace)
        if budget.status and budget.spec and budget.spec.selector and budget.spec.selector.matchLabels
    }


def _drain_all(
    control: ReplicaControl, nodes: tuple[Sequence[str], Sequence[str]], tight: Collection[str], sampler: Sampler
) -> tuple[list[Drain], Sequence[Drain], list[Resizing]]:
    """Drain nodes one after the other, the first ones given, then the others at once.

    `tight`: workloads that hold a drain up until they have more replicas.
    """
    drains: list[Drain] = []
    ways_out: dict[str, Resizing] = {}
    with ExitStack() as until_all_are_drained:
        for node in nodes[0]:
            with uncordoned_after(control.kubectl, node):
                here = {pod.workload for pod in sampler.pods if pod.node == node}
                waiting = sorted(here & set(tight) - ways_out.keys())
                seconds = _PATIENCE_SECONDS if waiting else _DRAIN_SECONDS
                drains.append(drain(control.kubectl, node, seconds, lambda: sampler.now))
                if drains[-1].done or not waiting:
                    continue
                for workload in waiting:
                    ways_out[workload] = until_all_are_drained.enter_context(
                        other_replicas(control, workload, WAY_OUT_REPLICAS, lambda: sampler.now)
                    )
                drains.append(drain(control.kubectl, node, _DRAIN_SECONDS, lambda: sampler.now))
        together = drain_at_once(control.kubectl, nodes[1], _AT_ONCE_SECONDS, lambda: sampler.now)
    return drains, together, list(ways_out.values())


SCENARIO: Scenario[ProofStage] = Scenario(
    name="disruption",
    title="Nodes can be drained",
    expectation="While every node is drained in turn, no workload ever has fewer ready pods than its budget says; "
    "the one that may lose none holds its node until it has a second pod, as its spec says.",
    run=run,
    short=f"only {_SHORT} of the nodes, with the workload that holds its node among them.",
)
