"""Other environments come, into accounts of their own beside the one that runs, and go again without a trace."""

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
from eks_twin.errors import TwinError
from eks_twin.holdings import holdings
from eks_twin.proof.quantities import at_least, duration, exactly
from eks_twin.proof.result import Figure, Outcome, Row, Table
from eks_twin.proof.scenario import LeftOut, Scenario

WITH_FIXED_NAMES = ("/messaging", "/storage", "-queues")
"""Stacks whose queues, buckets and aliases have names of ours, which a remnant would take."""


@dataclass(frozen=True)
class Destroyed:
    """What an environment made, and what of it was left."""

    name: str
    made: Set[str]
    kept: Set[str]
    """Of it, what its templates keep on purpose."""
    left: Set[str]
    """Of the rest, what was left."""
    stacks_left: Sequence[str]
    clusters_left: int | None
    """None where it has none: in the short form."""
    deploy_seconds: float
    destroy_seconds: float


@dataclass(frozen=True)
class Destruction:
    """What became of all environments."""

    others: Sequence[Destroyed]
    touched: Set[str]
    """What the running environment held before, and not after, or the other way round."""
    refused: bool | None
    """Whether the running environment could not be destroyed; None where it is not protected, so that nobody tried."""


def run(stage: ProofStage) -> Outcome:
    """Deploy and destroy each environment that does not run; try to destroy the one that does."""
    ours = holdings(stage.aws)
    others = [_come_and_gone(stage, other) for other in _others(stage)]
    refused = _is_refused(stage.twin.cdk) if _is_protected(stage.aws) else None
    seen = Destruction(others, touched=ours ^ holdings(stage.aws), refused=refused)
    return Outcome(figures=figures(seen), tables=tables(seen), notes=_NOTES)


def _come_and_gone(stage: ProofStage, other: Environment) -> Destroyed:
    """Deploy the environment and destroy it; then both again for stacks whose names must have been given back."""
    place = Place(other.account, other.region)
    cdk = CdkCli(stage.twin.home, project(other.name), stage.twin.endpoint, stage.twin.home.of(f"cdk.out-{other.name}"))
    app = cdk.synthesize().without_clusters if stage.short else cdk.synthesize()
    paths = [stack.path for stack in app.stacks]
    if not paths:
        raise LeftOut("Its short form needs stacks that can do without a cluster.")
    clients = stage.twin.clients(place)
    if not is_bootstrapped(clients):
        cdk.bootstrap([place])
    before = holdings(clients)
    start = time.monotonic()
    cdk.deploy(*paths)
    deployed = time.monotonic()
    made, kept = holdings(clients) - before, _kept(clients)
    cdk.destroy(*paths)
    destroyed = time.monotonic()
    left = holdings(clients) - before - kept
    if again := [path for path in paths if path.endswith(WITH_FIXED_NAMES)]:
        cdk.deploy(*again, exclusively=True)
        cdk.destroy(*again)
    return Destroyed(
        name=other.name,
        made=made,
        kept=kept,
        left=left | (holdings(clients) - before - kept),
        stacks_left=[stack.name for stack in stacks(clients)],
        clusters_left=sum(cluster.place == place for cluster in stage.twin.home.clusters) if app.clusters else None,
        deploy_seconds=deployed - start,
        destroy_seconds=destroyed - deployed,
    )


def _is_protected(clients: Clients) -> bool:
    described = clients("cloudformation").describe_stacks()["Stacks"]
    ours = {stack.name for stack in stacks(clients)}
    return all(one["EnableTerminationProtection"] for one in described if one["StackName"] in ours)


def _is_refused(cdk: CdkCli) -> bool:
    try:
        cdk.destroy()
    except TwinError as error:
        return "TerminationProtection" in str(error)
    return False


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


def _others(stage: ProofStage) -> Sequence[Environment]:
    """Return the environments of other accounts; in the short form, one. Raises LeftOut where there is none."""
    others = [other for other in load_environments() if other.account != stage.environment.account]
    if not others:
        raise LeftOut("It needs a second environment, in an account of its own.")
    return others[:1] if stage.short else others


def figures(seen: Destruction) -> Sequence[Figure]:
    """Return the figures."""
    others = seen.others
    clusters = [one.clusters_left for one in others if one.clusters_left is not None]
    found = [
        Figure("Resources made", sum(len(one.made) for one in others), limit=at_least(len(others)), key=True),
        Figure("Of them left after cdk destroy", sum(len(one.left) for one in others), limit=exactly(0), key=True),
        Figure("Stacks left", sum(len(one.stacks_left) for one in others), limit=exactly(0)),
        *([Figure("Control planes left", sum(clusters), limit=exactly(0))] if clusters else []),
        Figure("Resources of the running environment touched", len(seen.touched), limit=exactly(0)),
        Figure("Kept, as the templates say", sum(len(one.kept) for one in others)),
    ]
    if seen.refused is not None:
        found.append(Figure("Refusals to destroy the protected one", int(seen.refused), limit=exactly(1)))
    return found


def tables(seen: Destruction) -> Sequence[Table]:
    """Return each environment, and what was left, or touched, where that is anything."""
    columns = ("environment", "resources", "kept", "left", "deployed in", "destroyed in")
    each: list[Row] = [
        [
            one.name,
            *(len(one.made), len(one.kept), len(one.left)),
            *(duration(one.deploy_seconds), duration(one.destroy_seconds)),
        ]
        for one in seen.others
    ]
    wrong = [(f"left of {one.name}", what) for one in seen.others for what in sorted(one.left)]
    wrong += [("touched", what) for what in sorted(seen.touched)]
    found = [Table(title="The environments that came and went", columns=columns, rows=each)]
    return [*found, Table(title="What should not be so", columns=("what", "resource"), rows=wrong)] if wrong else found


_NOTES = (
    "The log groups of CDK's own functions have a DeletionPolicy that keeps them, on AWS too.",
    "A key that is scheduled for deletion counts as gone, as its alias does: AWS waits for days.",
    "Production is protected, so that its own destruction must be refused. Without, it would keep its data.",
)

SCENARIO: Scenario[ProofStage] = Scenario(
    name="destruction",
    title="What is destroyed is gone",
    expectation="The other environments are deployed beside the running one, into accounts and clusters of their own; "
    "cdk destroy leaves nothing of them, they can be deployed again under the same names, and production is refused.",
    run=run,
    short="one other environment, and of it the stacks that need no cluster (network, messages, storage).",
)
