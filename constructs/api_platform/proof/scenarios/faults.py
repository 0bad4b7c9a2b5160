"""Programs that die in the middle of a deployment, and an AWS that cannot be reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from api_platform.proof.faults.fault import FAULTS
from api_platform.proof.faults.injection import FaultInjection, inject
from api_platform.proof.resilience.lines import line
from api_platform.proof.stage import ProofStage
from api_platform.service import Service
from eks_twin.measure.sampling import Recording, lowest, sampling
from eks_twin.objects.api import ObjectsApi
from eks_twin.objects.inventory import Entry, Key, take
from eks_twin.proof.plot import LimitLine, LinePlot, PlotEvent
from eks_twin.proof.quantities import at_least, at_most, exactly
from eks_twin.proof.result import Cell, Figure, Outcome, Table, Verdict
from eks_twin.proof.scenario import Scenario

STACK = "worker-service"
"""The richest one. Its image's tag changes with every deployment of this scenario."""
TAG = "v1.0.1"
_BACK_SECONDS = 120.0
"""The rollouts of three workloads are in it, two of them pod by pod, and each gate asks every ten seconds."""
_SHORT = 2
"""How many faults the short form strikes: an even number, so that the last one deploys the file's tags."""


@dataclass(frozen=True)
class ObjectChanges:
    """What the objects that the stack stands for went through, from before the first fault to after the last."""

    lost: Sequence[Key]
    doubled: Sequence[Key]
    """Objects that were not there before."""
    recreated: Sequence[Key]
    """Under the same name, but others."""


def run(stage: ProofStage) -> Outcome:
    """Strike each fault in the middle of a deployment; every other one deploys the files' own tags again."""
    stack = f"{stage.environment.name}/{STACK}"
    other = stage.synthesize("faults", [f"{STACK}.image.tag={TAG}"])
    before = _ours(stage)
    injections: list[FaultInjection] = []
    struck: list[PlotEvent] = []
    with sampling(stage.cluster, stage.namespace) as sampler:
        for number, fault in enumerate(FAULTS[:_SHORT] if stage.short else FAULTS):
            cdk, tag = (other, TAG) if number % 2 == 0 else (stage.twin.cdk, tag_of(stage.services))
            started = sampler.now
            injections.append(inject(stage, cdk, stack, tag, fault))
            struck.append(PlotEvent(started, fault.name, until=sampler.now))
    stage.wait_until_ready()
    change = compared(before, _ours(stage))
    return Outcome(
        figures=figures(stage.services, injections, change, sampler.recording),
        tables=[table(injections)],
        plots=[_plot(stage, sampler.recording, struck)],
        notes=(
            (
                "What is killed gets SIGKILL; the supervisor starts it again within a second, as a kubelet does with a "
                "static pod. On EKS, AWS does."
            ),
            (
                "Pods go on while the control plane is away, because nothing here depends on it; on real nodes, that "
                "holds for what runs already."
            ),
        ),
    )


def compared(before: dict[Key, Entry], after: dict[Key, Entry]) -> ObjectChanges:
    """Return what differs."""
    return ObjectChanges(
        lost=sorted(before.keys() - after.keys()),
        doubled=sorted(after.keys() - before.keys()),
        recreated=sorted(key for key in before.keys() & after.keys() if before[key].uid != after[key].uid),
    )


def tag_of(services: Sequence[Service]) -> str:
    """Return the tag that the service has, in its spec or in the environment's file."""
    (service,) = (one for one in services if one.name == STACK)
    return service.workloads[0].image.tag


def _ours(stage: ProofStage) -> dict[Key, Entry]:
    """Return the namespace's objects that nobody's controller made."""
    inventory = take(ObjectsApi.open(stage.home.kubeconfig))
    found = (entry for entry in inventory.values() if entry.key.namespace == stage.namespace and not entry.owners)
    return {entry.key: entry for entry in found if entry.key.kind not in {"Endpoints", "Pod"}}


def figures(
    services: Sequence[Service], injections: Sequence[FaultInjection], change: ObjectChanges, recording: Recording
) -> Sequence[Figure]:
    """Return the figures."""
    workloads = [workload.name for service in services for workload in service.workloads]
    fewest = min(lowest(recording.ready(name)) for name in workloads)
    all_but_one = at_least(len(injections) - 1)
    return [
        Figure("Faults that struck before the deployment had ended", _count(injections), limit=all_but_one),
        Figure(
            "Deployments that did not converge when run again",
            sum(bool(one.again) for one in injections),
            limit=exactly(0),
            key=True,
        ),
        Figure("Objects lost", len(change.lost), limit=exactly(0), key=True),
        Figure("Objects doubled", len(change.doubled), limit=exactly(0), key=True),
        Figure("Objects made anew", len(change.recreated), limit=exactly(0)),
        Figure("Fewest ready pods of any workload", fewest, limit=at_least(1)),
        Figure(
            "Longest way back to a converged stack",
            max(one.rerun_seconds for one in injections),
            "s",
            limit=at_most(_BACK_SECONDS),
        ),
    ]


def _count(injections: Sequence[FaultInjection]) -> int:
    return sum(one.struck_in_the_middle for one in injections)


def table(injections: Sequence[FaultInjection]) -> Table:
    """Return what became of each fault."""
    return Table(
        title="Each fault",
        columns=("fault", "before its end", "what the deployment said", "stack then", "back after", "run again"),
        rows=[
            (
                one.fault.name,
                "yes" if one.struck_in_the_middle else "no: it was done already",
                Cell(one.said or "went through", code=bool(one.said)),
                Cell(one.status, code=True),
                f"{one.over_seconds:.1f} s",
                Cell(
                    one.again or f"converged in {one.rerun_seconds:.1f} s",
                    Verdict.FAILED if one.again else Verdict.HELD,
                ),
            )
            for one in injections
        ],
    )


def _plot(stage: ProofStage, recording: Recording, struck: Sequence[PlotEvent]) -> LinePlot:
    (service,) = (one for one in stage.services if one.name == STACK)
    return LinePlot(
        title="The workers go on",
        value="ready pods",
        series=[line(one.name, recording.ready(one.name), recording.end) for one in service.workloads],
        limits=[LimitLine("one each", at_least(1))],
        events=struck,
        note="Gaps between samples, while the API server was away, are drawn as if nothing had changed.",
    )


SCENARIO: Scenario[ProofStage] = Scenario(
    name="faults",
    title="What dies in the middle can be run again",
    expectation="After the death of the API server, of etcd or of a controller in the middle of a deployment, or "
    "without AWS for half a minute, the same deployment run again converges: nothing is lost, doubled or made anew.",
    run=run,
    short=f"only the first {_SHORT} faults: the API server and etcd die.",
)
