"""Where the pods are, and what is left of them when a whole zone falls silent."""

from api_platform.proof.resilience import spread_plots, spread_report
from api_platform.proof.resilience.outage import Pace, lose_zone
from api_platform.proof.resilience.placement import by_zone, places, worst_zone, zone_skews
from api_platform.proof.resilience.replicas import ReplicaControl, minimum_replicas
from api_platform.proof.resilience.spread import Spread
from api_platform.proof.stage import ProofStage
from eks_twin.control_plane import Settings
from eks_twin.control_plane.controller_manager import other_timings
from eks_twin.measure.sampling import sampling
from eks_twin.proof.result import Outcome
from eks_twin.proof.scenario import Scenario

PATIENCE_SECONDS = 5.0
"""The zone's pods leave so long after their nodes are given up. Kubernetes and EKS: 300."""

SHORT = Settings(node_grace=20, eviction_step=1)
"""In the short form. A silence of 20 s is four of kwok's heartbeats, so that no other node counts as lost."""


def run(stage: ProofStage) -> Outcome:
    """Look where the pods are, silence the zone that holds most of them, and let it come back."""
    control = ReplicaControl(stage.kubectl, stage.cluster, stage.namespace)
    workloads = [workload for service in stage.services for workload in service.workloads]
    pace = Pace(PATIENCE_SECONDS, SHORT if stage.short else Settings())
    with minimum_replicas(control, workloads) as by_hand, other_timings(stage.home, pace.settings):
        seen = _observe(stage, pace)
    stage.wait_until_ready()
    return Outcome(
        figures=spread_report.figures(seen),
        tables=spread_report.tables(seen),
        plots=spread_plots.plots(seen),
        notes=spread_report.notes(seen, by_hand),
        failures=spread_report.failures(seen),
    )


def _observe(stage: ProofStage, pace: Pace) -> Spread:
    wanted = {status.name: status.wanted for status in stage.wait_until_ready()}
    nodes, skews = places(stage.cluster), zone_skews(stage.cluster, stage.namespace)
    with sampling(stage.cluster, stage.namespace) as sampler:
        before = sampler.pods
        zone = worst_zone(by_zone(before, nodes))
        outage = lose_zone(stage.cluster, stage.namespace, zone, wanted, pace=pace, sampler=sampler)
        stage.wait_until_ready()
        return Spread(stage.services, nodes, wanted, skews, before, outage, sampler.pods)


SCENARIO: Scenario[ProofStage] = Scenario(
    name="spread",
    title="A zone can be lost",
    expectation="Pods spread evenly over the zones, media-service has its nodes for itself; with a zone gone, every "
    "workload keeps the pods that its spread promises, and has all again in the other zones within two minutes.",
    run=run,
    short=f"a node counts as lost after {SHORT.node_grace:.0f} s of silence, not {Settings().node_grace:.0f}, and the "
    f"zone's nodes are given up {SHORT.eviction_step:.0f} s apart, not {Settings().eviction_step:.0f}.",
)
