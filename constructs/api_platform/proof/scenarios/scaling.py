"""All workloads at once from their minimum to their maximum and back, by CPU, by memory, and by their queues."""

from collections.abc import Mapping, Sequence

from api_platform import names
from api_platform.environment import Environment
from api_platform.proof.scaling import plots, report
from api_platform.proof.scaling.observer import observing
from api_platform.proof.scaling.performance import Performance
from api_platform.proof.scaling.time_scale import deployed_autoscalers, faster, name_of
from api_platform.proof.scaling.trial import ScalingTrial
from api_platform.proof.scaling.worker import Queue
from api_platform.proof.stage import ProofStage
from eks_twin.control_plane import Settings
from eks_twin.measure.behavior import Behavior, behavior_of
from eks_twin.measure.node_autoscaler import NodeAutoscaler, autoscaled_nodes
from eks_twin.metrics_api.program import NAME as METRICS_API
from eks_twin.metrics_api.program import loads, start_metrics_api
from eks_twin.proof.result import Outcome
from eks_twin.proof.scenario import Scenario
from eks_twin.status import runs

FACTOR = 20
"""Scenario seconds in a second of the clock. Divides the policies' minute and the five minutes of calm."""
BY_MEMORY = frozenset({"media-service"})
"""Workloads that are put under memory rather than CPU."""
NODE_DELAY = 60.0
"""Scenario seconds until an ordered node is there: about what an EC2 machine takes to join."""
_SHORT = 20
PATIENCE_SECONDS = 200.0
"""On the wall clock. The policies' own curves take 150."""


def run(stage: ProofStage) -> Outcome:
    """Put all workloads under load at once, and watch them up and down."""
    if not runs(stage.home, METRICS_API):
        start_metrics_api(stage.plane)
    stage.wait_until_ready()
    manifests = deployed_autoscalers(stage.cluster)
    trials = _trials(stage, {name_of(manifest): behavior_of(manifest) for manifest in manifests})
    if stage.short:
        trials = [trial for trial in trials if trial.behavior.maximum <= _SHORT] or trials
    nodes = NodeAutoscaler(stage.cluster, stage.namespace, _maxima(stage.environment), NODE_DELAY / FACTOR)
    with (
        observing(stage.cluster, stage.namespace) as observer,
        autoscaled_nodes(nodes),
        faster(stage.cluster, manifests, FACTOR),
    ):
        performance = Performance(
            trials=trials,
            queues=_queues(stage, trials),
            observer=observer,
            loads=loads(stage.home),
            namespace=stage.namespace,
            factor=FACTOR,
            sync_seconds=Settings().autoscaler_period,
            patience_seconds=PATIENCE_SECONDS,
        )
        workloads, clock = performance.run()
    stage.wait_until_ready()
    counts = [report.Nodes(group, clock.steps(nodes.nodes(group)), most) for group, most in nodes.maxima.items()]
    scaled = report.Scaled(workloads, counts, FACTOR, NODE_DELAY)
    return Outcome(
        figures=report.figures(scaled),
        tables=report.tables(scaled),
        plots=plots.plots(scaled),
        notes=report.notes(scaled),
        failures=report.failures(scaled),
    )


def _trials(stage: ProofStage, behaviors: Mapping[str, Behavior]) -> Sequence[ScalingTrial]:
    return [
        ScalingTrial(workload, behaviors[workload.name], by_memory=workload.name in BY_MEMORY)
        for service in stage.services
        for workload in service.workloads
    ]


def _queues(stage: ProofStage, trials: Sequence[ScalingTrial]) -> Mapping[str, Queue]:
    client = stage.aws("sqs")
    return {
        trial.name: Queue(client, names.queue_url(stage.environment, trial.name))
        for trial in trials
        if trial.messages_per_pod
    }


def _maxima(environment: Environment) -> Mapping[str, int]:
    """Return how many nodes each group may have; the groups are named as in the cluster's stack."""
    groups = environment.node_groups
    return {"system": groups.system.maximum, names.MEDIA_PROCESSING_POOL: groups.media_processing.maximum}


SCENARIO: Scenario[ProofStage] = Scenario(
    name="scaling",
    title="Scaling follows its policy",
    expectation="Under load on all at once, every workload reaches its maximum and comes back to its minimum, never "
    "faster than its policy allows; every queue is drained; the nodes fit into their groups.",
    run=run,
    needs=frozenset({"keda"}),
    short=f"only workloads of at most {_SHORT} replicas, which are there and back soonest.",
)
