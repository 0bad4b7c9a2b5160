"""What the scenario `rollout` says: that no pod was missed, and that a bad image came no further than one pod."""

import math
from collections.abc import Mapping, Sequence

from api_platform.kubernetes.deployment import SURGE_PERCENT
from api_platform.proof.resilience.rollout import Rollout, names_of, tag_of
from eks_twin.measure.sampling import lowest
from eks_twin.proof.quantities import exactly
from eks_twin.proof.result import Cell, Figure, Row, Table, Verdict

WAIT_SECONDS = 80
"""Of the gates: twice what good pods take. The ten minutes after which Kubernetes gives up would take ten minutes."""
_GATES = (
    "Three gates for each Deployment are the last resources of its stack: they wait until it has rolled out. Where one "
    "fails, CloudFormation rolls back, and api-platform explain-failure tells whose it was."
)


def figures(seen: Rollout) -> Sequence[Figure]:
    """Return the figures."""
    fewer = [name for name in seen.all if seen.least(name) < seen.wanted[name]]
    bad = names_of(seen.bad)
    uneven = [name for name, allowed in seen.skews.items() if name in seen.good and seen.skew_after(name) > allowed]
    return [
        Figure("Workloads ever short of a ready pod", len(fewer), "", exactly(0), of=len(seen.all), key=True),
        *_duration(seen),
        Figure("Pods of the old image left then", seen.old_pods_left(), "", exactly(0)),
        Figure(
            f"Old pods of {seen.bad.name} serving all the while",
            lowest(seen.ready(bad, old=True)),
            "",
            exactly(sum(seen.wanted[name] for name in bad)),
        ),
        Figure("The bad image taken back after", seen.forward.failed - seen.forward.start, "s"),
        Figure("Workloads that the rollout spread unevenly over zones", len(uneven), "", exactly(0), of=len(seen.good)),
        Figure("Changes of pods that were counted", len(seen.recording.samples)),
        Figure("Time in which one may have been missed", seen.recording.blind, "s", exactly(0)),
    ]


def _duration(seen: Rollout) -> Sequence[Figure]:
    forward = seen.forward
    if forward.rolled is None:
        return []
    return [Figure("New images everywhere after", forward.rolled - forward.start, "s", key=True)]


def failures(seen: Rollout) -> Sequence[str]:
    """Return what went wrong and stands in no figure."""
    bad_names, said = names_of(seen.bad), seen.forward.complaint
    unnamed = [name for name in bad_names if f"{name} in " not in said]
    kept = [name for name in bad_names if seen.forward.images.get(name) != seen.images[name]]
    return [
        *(["the deployment of the good images failed"] if seen.forward.rolled is None else []),
        *([] if said else ["nobody said that a workload did not roll out"]),
        *(f"the explanation does not name {name}" for name in unnamed if said),
        *([] if seen.bad_images else [f"no pod of {seen.bad.name} had the bad image"]),
        *(f"{name} still has the bad image" for name in kept),
        *(f"the stack of {name} is {status}" for name, status in _stacks(seen).items() if status != _must(seen, name)),
    ]


def _must(seen: Rollout, service: str) -> str:
    return "UPDATE_ROLLBACK_COMPLETE" if service == seen.bad.name else "UPDATE_COMPLETE"


def tables(seen: Rollout) -> Sequence[Table]:
    """Return each workload's rollout, and what was said of the bad one."""
    complaint = Cell(seen.forward.complaint or "nothing", code=True)
    return [
        Table(
            title="Rollouts",
            columns=("Workload", "From", "To", "Wanted", "Ready at worst", "Pods at most", "Allowed"),
            rows=[_rolled(seen, name) for name in seen.all],
            note="Old and new pods count; those that were told to go do not.",
        ),
        Table(
            title="What was said of the bad image",
            columns=("By", "Said"),
            rows=[_cloudformation(seen), ["api-platform explain-failure", complaint]],
            note=_GATES,
        ),
    ]


def _stacks(seen: Rollout) -> Mapping[str, str]:
    return {service.name: seen.forward.stacks.get(service.name, "not there") for service in seen.services}


def _cloudformation(seen: Rollout) -> Row:
    after = f"{seen.forward.failed - seen.forward.start:.0f} s after the start"
    return ["CloudFormation", f"{seen.bad.name}: {_stacks(seen)[seen.bad.name]}, {after}"]


def _rolled(seen: Rollout, name: str) -> Row:
    wanted, least, most = seen.wanted[name], seen.least(name), seen.most(name)
    allowed = wanted + math.ceil(wanted * SURGE_PERCENT / 100)
    images = {pod.image for pod in seen.forward.pods if pod.workload == name} - {seen.images[name]}
    return [
        name,
        tag_of(seen.images[name]),
        ", ".join(sorted(map(tag_of, images))) or "nothing new",
        wanted,
        Cell(least, Verdict.HELD if least >= wanted else Verdict.FAILED),
        Cell(most, Verdict.HELD if most <= allowed else Verdict.FAILED),
        allowed,
    ]


def notes() -> Sequence[str]:
    """Return what the reader must know."""
    simulated = (
        "Simulated, by kwok: pods of an image whose tag begins with broken- run and never become Ready; all others "
        "are Ready within four seconds, and a pod that is told to go is gone after one."
    )
    real = (
        "Real: the deployment by the CDK CLI, maxUnavailable 0, a surge of a quarter, minReadySeconds 10: a new pod "
        "counts once it has been Ready for ten seconds, so that one which dies young stops the rollout."
    )
    given_up = (
        f"The gates wait {WAIT_SECONDS} s here (context rollout-wait-seconds). Otherwise they wait 14 minutes, and "
        "Kubernetes gives the rollout of a bad image up after ten (progressDeadlineSeconds): the deployment fails then."
    )
    return (simulated, real, given_up)
