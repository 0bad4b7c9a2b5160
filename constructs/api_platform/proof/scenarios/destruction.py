"""Another environment comes into accounts of its own beside the one that runs, and goes again without a trace."""

import time
from collections.abc import Sequence, Set
from dataclasses import dataclass

from api_platform.environment import Environment, load_environments
from api_platform.proof.project import project
from api_platform.proof.stage import ProofStage
from eks_twin.app import Place
from eks_twin.aws_clients import Clients
from eks_twin.deployment.cdk import CdkCli
from eks_twin.deployment.stacks import is_bootstrapped, stacks
from eks_twin.holdings import holdings
from eks_twin.proof.quantities import at_least, exactly
from eks_twin.proof.result import Figure, Outcome, Table
from eks_twin.proof.scenario import LeftOut, Scenario

_WITH_FIXED_NAMES = ("/messaging", "/storage", "-queues")
"""Stacks whose queues, buckets and aliases have names of ours, which a remnant would take."""


@dataclass(frozen=True)
class Destroyed:
    """What an environment made, and what of it was left."""

    made: Set[str]
    kept: Set[str]
    """Of it, what its templates keep on purpose."""
    left: Set[str]
    """Of the rest, what was left."""
    stacks_left: Sequence[str]
    clusters_left: int
    touched: Set[str]
    """What the running environment held before, and not after, or the other way round."""
    deploy_seconds: float
    destroy_seconds: float


def run(stage: ProofStage) -> Outcome:
    """Deploy the environment and destroy it; then both again for stacks whose names must have been given back."""
    other = _another(stage.environment)
    place = Place(other.account, other.region)
    cdk = CdkCli(stage.twin.home, project(other.name), stage.twin.endpoint, stage.twin.home.of(f"cdk.out-{other.name}"))
    app = cdk.synthesize()
    clients = stage.twin.clients(place)
    if not is_bootstrapped(clients):
        cdk.bootstrap([place])
    before, ours = holdings(clients), holdings(stage.aws)
    start = time.monotonic()
    cdk.deploy()
    deployed = time.monotonic()
    made, kept = holdings(clients) - before, _kept(clients)
    cdk.destroy()
    destroyed = time.monotonic()
    left = holdings(clients) - before - kept
    again = [] if stage.short else [stack for stack in app.stacks if stack.path.endswith(_WITH_FIXED_NAMES)]
    if again:
        paths = [stack.path for stack in again]
        cdk.deploy(*paths, exclusively=True)
        cdk.destroy(*paths)
    seen = Destroyed(
        made=made,
        kept=kept,
        left=left | (holdings(clients) - before - kept),
        stacks_left=[stack.name for stack in stacks(clients)],
        clusters_left=sum(cluster.place == place for cluster in stage.twin.home.clusters),
        touched=ours ^ holdings(stage.aws),
        deploy_seconds=deployed - start,
        destroy_seconds=destroyed - deployed,
    )
    return Outcome(figures=figures(seen), tables=tables(seen), notes=_NOTES)


def _kept(clients: Clients) -> Set[str]:
    """Return what the templates keep on purpose, whatever becomes of their stacks."""
    cloudformation = clients("cloudformation")
    kept = set()
    for stack in stacks(clients):
        defined = cloudformation.get_template(StackName=stack.name)["TemplateBody"]["Resources"]
        for one in cloudformation.list_stack_resources(StackName=stack.name)["StackResourceSummaries"]:
            if defined[one["LogicalResourceId"]].get("DeletionPolicy", "Delete") != "Delete":
                kept.add(one["PhysicalResourceId"])
    return {held for held in holdings(clients) if held.partition(" ")[2] in kept or held.rpartition(" ")[2] in kept}


def _another(environment: Environment) -> Environment:
    """Return an environment of another account. Raises LeftOut where there is none."""
    for other in load_environments():
        if other.account != environment.account:
            return other
    raise LeftOut("It needs a second environment, in an account of its own.")


def figures(seen: Destroyed) -> Sequence[Figure]:
    """Return the figures."""
    return [
        Figure("Resources made", len(seen.made), limit=at_least(1), key=True),
        Figure("Of them left after cdk destroy", len(seen.left), limit=exactly(0), key=True),
        Figure("Stacks left", len(seen.stacks_left), limit=exactly(0)),
        Figure("Control planes left", seen.clusters_left, limit=exactly(0)),
        Figure("Resources of the running environment touched", len(seen.touched), limit=exactly(0)),
        Figure("Kept, as the templates say", len(seen.kept)),
        Figure("Deployed in", seen.deploy_seconds, "s"),
        Figure("Destroyed in", seen.destroy_seconds, "s"),
    ]


def tables(seen: Destroyed) -> Sequence[Table]:
    """Return what was left, or touched; none where nothing was."""
    rows = [*(("left", one) for one in sorted(seen.left)), *(("touched", one) for one in sorted(seen.touched))]
    return [Table(title="What should not be so", columns=("what", "resource"), rows=rows)] if rows else []


_NOTES = (
    "The log groups of CDK's own functions have a DeletionPolicy that keeps them, on AWS too.",
    "A key that is scheduled for deletion counts as gone, as its alias does: AWS waits for days.",
    "Production keeps its data when it is destroyed, and is protected against that: not tried here.",
)

SCENARIO: Scenario[ProofStage] = Scenario(
    name="destruction",
    title="What is destroyed is gone",
    expectation="Another environment is deployed beside the running one, into an account and a cluster of its own; "
    "cdk destroy leaves nothing of it, and it can be deployed again under the same names.",
    run=run,
    short="nothing is deployed a second time.",
)
