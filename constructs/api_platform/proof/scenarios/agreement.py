"""What the plan says is what comes: ten kinds of change are planned, deployed and compared, one on top of the other."""

from collections.abc import Iterator, Sequence, Set

from api_platform.plan.assembly import CloudAssembly
from api_platform.proof.agreement import report
from api_platform.proof.agreement.assembled import assembled
from api_platform.proof.agreement.changes import CHANGES, IN_SHORT, SpecChange
from api_platform.proof.agreement.comparison import ComparedChange, after_deploy, plan_and_deploy
from api_platform.proof.delivery.stack import LiveStack
from api_platform.proof.stage import ProofStage
from eks_twin.deployment.stacks import stacks
from eks_twin.proof.result import Outcome
from eks_twin.proof.scenario import Scenario


def run(stage: ProofStage) -> Outcome:
    """Plan and deploy each change; then bring back what the files say."""
    changes = [change for change in CHANGES if change.name in IN_SHORT] if stage.short else CHANGES
    names = _stack_names(stage)
    try:
        compared = list(_compare(stage, changes))
    finally:
        _put_back(stage, names)
    return Outcome(figures=report.figures(compared), tables=report.tables(compared), notes=_NOTES)


def _compare(stage: ProofStage, changes: Sequence[SpecChange]) -> Iterator[ComparedChange]:
    services, deployed = stage.services, CloudAssembly.read(stage.twin.cdk.assembly)
    stage.wait_until_ready()
    for change in changes:
        changed = change.edit(services)
        with assembled(stage, changed, change) as folder:
            compared = plan_and_deploy(stage, change.name, folder, deployed)
            yield compared
            if compared.succeeded:
                services, deployed = changed, after_deploy(deployed, CloudAssembly.read(folder))


def _stack_names(stage: ProofStage) -> Set[str]:
    return {stack.name for stack in stacks(stage.aws)}


def _put_back(stage: ProofStage, names: Set[str]) -> None:
    """Deploy what the files say, and delete the stacks that came: no deploy does."""
    stage.twin.cdk.deploy()
    for name in _stack_names(stage) - names:
        stack = LiveStack(stage, name.removeprefix(f"{stage.environment.name}-"))
        stack.remove_protection()
        stack.delete()
        stack.settle()
    stage.wait_until_ready()


_NOTES = (
    (
        "The specs are changed in memory and synthesized by the app's own parts. No spec that the app lets through "
        "changes a selector, so that is changed in the template."
    ),
    (
        "Asked is `api-platform plan --against deployed`; seen are the objects' uids and contents, the hashes of the "
        "pods' templates, and the events of the stacks, without those of the gates that wait for a rollout."
    ),
)

SCENARIO: Scenario[ProofStage] = Scenario(
    name="agreement",
    title="What the plan says is what comes",
    expectation="For ten kinds of change, the plan names exactly the objects that come, change, go or are replaced, "
    "the workloads whose pods restart, the CloudFormation resources that are touched, and where the deploy fails; "
    "against the assembly before it says the same.",
    run=run,
    short="three of the ten kinds: an autoscaler's maximum, a call that is gone and an immutable selector.",
)
