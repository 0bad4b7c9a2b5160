"""A deployment that is hurt in the middle, and run again."""

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from api_platform.proof.faults.fault import Fault
from api_platform.proof.stage import ProofStage
from eks_twin.deployment.cdk import CdkCli
from eks_twin.deployment.stacks import StackStatus, stacks
from eks_twin.deployment.workloads import statuses
from eks_twin.errors import TwinError
from eks_twin.measure.waiting import happens_within

_IN_THE_MIDDLE_SECONDS = 60.0
_SETTLED_SECONDS = 180.0
"""A stack whose caller is gone waits for its rollouts all the same."""


@dataclass(frozen=True)
class FaultInjection:
    """What became of one deployment under one fault."""

    fault: Fault
    struck_in_the_middle: bool
    """Whether a resource was being changed at that moment."""
    said: str
    """Why the deployment failed, in its last words; empty where it went through all the same."""
    status: str
    """The stack's, when it had failed."""
    over_seconds: float
    """From the strike until what was struck was back."""
    rerun_seconds: float
    again: str
    """Why it failed when it was run again; empty where it converged."""


def inject(stage: ProofStage, cdk: CdkCli, stack: str, tag: str, fault: Fault) -> FaultInjection:
    """Deploy one stack of the CDK CLI's assembly, strike while it is at it, and run the same again.

    `tag`: the one that its images have in that assembly.
    """
    name = stack.replace("/", "-")
    known = _changes_begun(stage, name)
    with ThreadPoolExecutor(1) as pool:
        deployment = pool.submit(cdk.deploy, stack, exclusively=True)
        happens_within(
            _IN_THE_MIDDLE_SECONDS, lambda: _changes_begun(stage, name) > known or deployment.done(), glance=0.02
        )
        in_the_middle = not deployment.done()
        struck = time.monotonic()
        is_over = fault.strike(stage)
        happens_within(fault.over_within, is_over)
        over = time.monotonic() - struck
        said = _said(deployment)
    status = _settled(stage, name)
    started = time.monotonic()
    again = converge(stage, cdk, stack) or _other_images(stage, stack.split("/")[1], tag)
    return FaultInjection(fault, in_the_middle, said, status, over, time.monotonic() - started, again)


def converge(stage: ProofStage, cdk: CdkCli, stack: str) -> str:
    """Run the deployment again, as somebody would who met the failure. Returns why it failed; empty: it converged."""
    try:
        if any(one.is_stuck for one in _named(stage, stack.replace("/", "-"))):
            cdk.roll_back(stack)
        cdk.deploy(stack, exclusively=True)
    except TwinError as error:
        return str(error)
    return ""


def _other_images(stage: ProofStage, service: str, tag: str) -> str:
    """Return which workloads of the service have another tag than was deployed; empty: none."""
    (found,) = (one for one in stage.services if one.name == service)
    names = {workload.name for workload in found.workloads}
    others = [
        f"{status.name} has {status.image}"
        for status in statuses(stage.cluster, stage.namespace)
        if status.name in names and f":{tag}" not in status.image
    ]
    return ", ".join(others)


def _said(deployment: "Future[None]") -> str:
    try:
        deployment.result()
    except TwinError as error:
        return next((line.strip() for line in reversed(str(error).splitlines()) if "Error" in line), str(error)[:200])
    return ""


def _settled(stage: ProofStage, stack: str) -> str:
    """Return the stack's status once nothing is in progress any more: CloudFormation goes on without its caller."""
    happens_within(_SETTLED_SECONDS, lambda: not any(one.is_in_progress for one in _named(stage, stack)))
    return ", ".join(one.status for one in _named(stage, stack))


def _named(stage: ProofStage, stack: str) -> Sequence[StackStatus]:
    return [one for one in stacks(stage.aws) if one.name == stack]


def _changes_begun(stage: ProofStage, stack: str) -> int:
    """Return how many changes of Kubernetes objects the stack has ever begun."""
    events = stage.aws("cloudformation").describe_stack_events(StackName=stack)["StackEvents"]
    return sum(
        event["ResourceStatus"] == "UPDATE_IN_PROGRESS" and event["ResourceType"].startswith("Custom::")
        for event in events
    )
