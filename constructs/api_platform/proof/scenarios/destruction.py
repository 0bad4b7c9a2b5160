"""Another environment comes into accounts of its own beside the one that runs, and goes again without a trace."""

import time
from collections.abc import Sequence, Set
from dataclasses import dataclass

from api_platform.environment import Environment, load_environments
from api_platform.proof.project import project
from api_platform.proof.stage import Stage
from eks_twin.app import Place
from eks_twin.deployment.cdk import CdkCli
from eks_twin.deployment.stacks import is_bootstrapped, stacks
from eks_twin.holdings import holdings
from eks_twin.proof.quantities import at_least, exactly
from eks_twin.proof.result import Figure, Outcome, Table
from eks_twin.proof.scenario import LeftOut, Scenario


@dataclass(frozen=True)
class Destroyed:
    """What an environment made, and what of it was left."""

    made: Set[str]
    left: Set[str]
    stacks_left: Sequence[str]
    clusters_left: int
    touched: Set[str]
    """What the running environment held before, and not after, or the other way round."""
    made_again: int
    """Resources that the same deployment made the second time."""
    deploy_seconds: float
    destroy_seconds: float


def run(stage: Stage) -> Outcome:
    """Deploy the environment, destroy it, and do both again: names that were not given back would be taken."""
    other = _another(stage.environment)
    place = Place(other.account, other.region)
    cdk = CdkCli(stage.twin.home, project(other.name), stage.twin.endpoint, stage.twin.home.of(f"cdk.out-{other.name}"))
    cdk.synthesize()
    clients = stage.twin.clients(place)
    if not is_bootstrapped(clients):
        cdk.bootstrap([place])
    before, ours = holdings(clients), holdings(stage.aws)
    start = time.monotonic()
    cdk.deploy()
    deployed = time.monotonic()
    made = holdings(clients) - before
    cdk.destroy()
    destroyed = time.monotonic()
    left = holdings(clients) - before
    made_again = 0
    if not stage.short:
        cdk.deploy()
        made_again = len(holdings(clients) - before)
        cdk.destroy()
    seen = Destroyed(
        made=made,
        left=left | (holdings(clients) - before),
        stacks_left=[stack.name for stack in stacks(clients)],
        clusters_left=sum(cluster.place == place for cluster in stage.twin.home.clusters),
        touched=ours ^ holdings(stage.aws),
        made_again=made_again,
        deploy_seconds=deployed - start,
        destroy_seconds=destroyed - deployed,
    )
    return Outcome(figures=figures(seen, again=not stage.short), tables=tables(seen), notes=_NOTES)


def _another(environment: Environment) -> Environment:
    """Return an environment of another account. Raises LeftOut where there is none."""
    for other in load_environments():
        if other.account != environment.account:
            return other
    raise LeftOut("It needs a second environment, in an account of its own.")


def figures(seen: Destroyed, *, again: bool) -> Sequence[Figure]:
    """Return the figures. `again`: whether it was deployed and destroyed a second time."""
    return [
        Figure("Resources made", len(seen.made), limit=at_least(1), key=True),
        Figure("Of them left after cdk destroy", len(seen.left), limit=exactly(0), key=True),
        Figure("Stacks left", len(seen.stacks_left), limit=exactly(0)),
        Figure("Control planes left", seen.clusters_left, limit=exactly(0)),
        Figure("Resources of the running environment touched", len(seen.touched), limit=exactly(0)),
        *([Figure("Resources made the second time", seen.made_again, limit=exactly(len(seen.made)))] if again else []),
        Figure("Deployed in", seen.deploy_seconds, "s"),
        Figure("Destroyed in", seen.destroy_seconds, "s"),
    ]


def tables(seen: Destroyed) -> Sequence[Table]:
    """Return what was left, or touched; none where nothing was."""
    rows = [*(("left", one) for one in sorted(seen.left)), *(("touched", one) for one in sorted(seen.touched))]
    return [Table(title="What should not be so", columns=("what", "resource"), rows=rows)] if rows else []


_NOTES = (
    "A key that is scheduled for deletion counts as gone, as its alias does: AWS waits for days.",
    "Production keeps its data when it is destroyed, and is protected against that: not tried here.",
)

SCENARIO: Scenario[Stage] = Scenario(
    name="destruction",
    title="What is destroyed is gone",
    expectation="Another environment is deployed beside the running one, into an account and a cluster of its own; "
    "cdk destroy leaves nothing of it, and it can be deployed again under the same names.",
    run=run,
    short="it is deployed and destroyed once, not twice.",
)
