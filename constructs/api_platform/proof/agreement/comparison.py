"""Plans a change, deploys it, and holds the one against the other."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from api_platform.plan.assembly import CloudAssembly
from api_platform.plan.states import DeployState
from api_platform.proof.agreement.effects import Disagreement, Effects, disagreements
from api_platform.proof.agreement.observed import effects_seen, observe
from api_platform.proof.agreement.said import ask_plan, effects_said, plan_between, unlike_parts
from api_platform.proof.stage import ProofStage
from eks_twin.errors import TwinError


@dataclass(frozen=True)
class ComparedChange:
    """One change: what its plan said, and what came of its deploy."""

    name: str
    said: Effects
    came: Effects
    succeeded: bool
    """Whether `cdk deploy` did."""
    unlike: Sequence[str]
    """Parts of the plan that are other against the assembly before."""
    plan_seconds: float
    deploy_seconds: float

    @cached_property
    def disagreements(self) -> Sequence[Disagreement]:
        """Return all of which the two say differently."""
        found = list(disagreements(self.said, self.came))
        if self.succeeded is bool(self.said.failing):
            words = ("fails", "succeeds")
            found.append(Disagreement("cdk deploy", words[not self.said.failing], words[self.succeeded]))
        if not self.came.resources:
            found.append(Disagreement("the change itself", "a change", "nothing"))
        return found

    @property
    def agrees(self) -> bool:
        """Return whether nothing was missing and nothing was extra, of a change that did something."""
        return not self.disagreements


def plan_and_deploy(stage: ProofStage, name: str, folder: Path, before: CloudAssembly) -> ComparedChange:
    """Plan the assembly in the folder, deploy it, and compare. `before`: what is deployed.

    Raises TwinError where the workloads are not Ready after it, failed or not.
    """
    after = CloudAssembly.read(folder)
    held = chain.from_iterable(DeployState.of_stacks(side).objects.values() for side in (before, after))
    manifests = [one.manifest for one in held]
    seen = observe(stage, manifests)
    started = time.monotonic()
    plan = ask_plan(stage, folder)
    planned = time.monotonic()
    succeeded = _deploy(stage, folder)
    deployed = time.monotonic()
    stage.wait_until_ready()
    return ComparedChange(
        name=name,
        said=effects_said(plan),
        came=effects_seen(seen, observe(stage, manifests)),
        succeeded=succeeded,
        unlike=unlike_parts(plan, plan_between(stage.environment.name, before, after)),
        plan_seconds=planned - started,
        deploy_seconds=deployed - planned,
    )


def after_deploy(before: CloudAssembly, after: CloudAssembly) -> CloudAssembly:
    """Return what is deployed then: no deploy deletes a stack that the app has dropped."""
    kept = {stack.key for stack in after.stacks}
    return CloudAssembly((*after.stacks, *(stack for stack in before.stacks if stack.key not in kept)))


def _deploy(stage: ProofStage, folder: Path) -> bool:
    """Return whether the deploy succeeded. The CLI ends when the rollback has."""
    try:
        replace(stage.twin.cdk, assembly=folder).deploy()
    except TwinError:
        return False
    return True
