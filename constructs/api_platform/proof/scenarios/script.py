"""Releases as a user does, and has one script deploy it by either form: a good release, a bad one, the one before."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api_platform.proof.resilience.rollout import names_of, tag_of
from api_platform.proof.scenarios.rollout import BAD_TAG, GOOD_TAG, bad_service
from api_platform.proof.script_runs import GIVEN_UP_SECONDS, DeployForm, RepositoryClone, ScriptRun
from api_platform.proof.stage import ProofStage
from api_platform.service import Service
from eks_twin.deployment.workloads import statuses
from eks_twin.measure.sampling import lowest, sampling
from eks_twin.proof.quantities import at_least, duration, exactly
from eks_twin.proof.result import Cell, Figure, Outcome, Row, Table, Verdict
from eks_twin.proof.scenario import LeftOut, Scenario

NEXT_TAG = "v1.2.0"
"""By YAML: what the CDK has deployed already would prove nothing."""


@dataclass(frozen=True)
class ScriptStep:
    """One release, and the run of the script that deployed it."""

    form: DeployForm
    release: str
    """`good`, `bad` or `back`."""
    tag: str
    run: ScriptRun
    running: frozenset[str]
    """The tags of the service's Deployments in the cluster then."""
    difference: str = ""
    """What `kubectl diff` found between the cluster and what was rendered; by YAML alone."""

    @property
    def is_bad(self) -> bool:
        """Whether it shall fail."""
        return self.release == "bad"

    @property
    def as_expected(self) -> bool:
        """Whether it ended as it shall."""
        return bool(self.run.code) is self.is_bad


@dataclass(frozen=True)
class Journey:
    """What became of the releases, one after the other."""

    service: Service
    """What is released."""
    namespace: str
    steps: Sequence[ScriptStep]
    fewest_ready: int
    """Pods of the service that were ready when fewest were."""
    wanted: int

    @property
    def lasting(self) -> Sequence[ScriptStep]:
        """The steps after which the cluster has what was released."""
        return [step for step in self.steps if not step.is_bad]

    @property
    def bad(self) -> Sequence[ScriptStep]:
        """The steps that shall fail."""
        return [step for step in self.steps if step.is_bad]

    def names_it(self, step: ScriptStep) -> bool:
        """Whether the run said which workload did not roll out."""
        return any(f"{name} in {self.namespace} did not roll out" in step.run.said for name in names_of(self.service))


def run(stage: ProofStage) -> Outcome:
    """Release and deploy, by each form: a good release, a bad one, the one before; the short form: one by YAML."""
    if not (stage.repository / ".git").exists():
        raise LeftOut("This is no clone of the repository, so that there is nothing to commit a release to.")
    wanted = {status.name: status.wanted for status in stage.wait_until_ready()}
    service = bad_service(stage.services)
    names = names_of(service)
    clone = RepositoryClone.of(stage)
    with sampling(stage.cluster, stage.namespace) as sampler:
        try:
            by_cdk = () if stage.short else _released(clone, service, DeployForm.CDK, GOOD_TAG)
            steps = [*by_cdk, *_released(clone, service, DeployForm.YAML, NEXT_TAG)]
        finally:
            _leave_as_found(clone)
        ready = sampler.recording.count(lambda pod: pod.ready and pod.workload in names)
    journey = Journey(service, stage.namespace, steps, lowest(ready), sum(wanted[name] for name in names))
    return Outcome(figures=figures(journey), tables=tables(journey), notes=_NOTES)


def _released(clone: RepositoryClone, service: Service, form: DeployForm, tag: str) -> Sequence[ScriptStep]:
    clone.release(service, tag)
    steps = [_step(clone, service, form, "good", tag, lambda: clone.deploy(form))]
    if clone.stage.short:
        return steps
    clone.release(service, BAD_TAG)
    steps.append(_step(clone, service, form, "bad", BAD_TAG, lambda: clone.deploy_dead(form, service, BAD_TAG)))
    clone.roll_back(service)
    return [*steps, _step(clone, service, form, "back", tag, lambda: clone.deploy(form))]


def _step(
    clone: RepositoryClone, service: Service, form: DeployForm, release: str, tag: str, deploy: Callable[[], ScriptRun]
) -> ScriptStep:
    done, names = deploy(), names_of(service)
    found = [status for status in statuses(clone.stage.cluster, clone.stage.namespace) if status.name in names]
    difference = clone.difference() if form is DeployForm.YAML else ""
    return ScriptStep(form, release, tag, done, frozenset(tag_of(status.image) for status in found), difference)


def _leave_as_found(clone: RepositoryClone) -> None:
    """Deploy what was there, by both forms: CloudFormation does not know what kubectl has changed since."""
    clone.start_again()
    clone.deploy(DeployForm.YAML)
    clone.stage.twin.cdk.deploy()
    clone.stage.wait_until_ready()
    shutil.rmtree(clone.folder)


def figures(journey: Journey) -> Sequence[Figure]:
    """Return the figures."""
    steps, lasting, bad = journey.steps, journey.lasting, journey.bad
    rendered = [step for step in lasting if step.form is DeployForm.YAML]
    found = [
        _all("Runs of the script that ended as they shall", [step.as_expected for step in steps], key=True),
        _all("Runs after which the cluster has the release", [step.running == {step.tag} for step in lasting]),
        _all("Runs by YAML after which kubectl diff finds nothing", [not step.difference for step in rendered]),
        Figure("Fewest ready pods of the released service", journey.fewest_ready, limit=at_least(journey.wanted)),
    ]
    named = _all("Failing runs that name the workload", [journey.names_it(step) for step in bad])
    return [*found, named] if bad else found


def _all(label: str, held: Sequence[bool], *, key: bool = False) -> Figure:
    return Figure(label, sum(held), limit=exactly(len(held)), of=len(held), key=key)


def tables(journey: Journey) -> Sequence[Table]:
    """Return each run, how the bad ones end, and all that went otherwise than it shall."""
    rows: list[Row] = [
        [
            Cell(step.form, code=True),
            f"{step.release}: {step.tag}",
            Cell(f"exit code {step.run.code}", Verdict.HELD if step.as_expected else Verdict.FAILED),
            ", ".join(sorted(step.running)),
            duration(step.run.seconds),
        ]
        for step in journey.steps
    ]
    said: list[Row] = [
        [step.form, Cell(_end(step), code=True)] for step in journey.steps if step.is_bad or not step.as_expected
    ]
    differ: list[Row] = [[step.tag, Cell(step.difference[:3000], code=True)] for step in _unlike(journey)]
    found = [Table(title="The runs", columns=("command", "release", "result", "runs then", "took"), rows=rows)]
    if said:
        found.append(Table(title="How those end that fail", columns=("command", "output"), rows=said))
    if differ:
        found.append(Table(title="What kubectl diff found", columns=("release", "difference"), rows=differ))
    return found


def _unlike(journey: Journey) -> Sequence[ScriptStep]:
    return [step for step in journey.lasting if step.difference]


def _end(step: ScriptStep) -> str:
    return "\n".join(step.run.said.strip().splitlines()[-6 if step.as_expected else -60 :])


_NOTES = (
    (
        "Each release is made in a clone of the repository by api-platform release or rollback, and committed. What "
        "the checkout has not committed is not in it."
    ),
    (
        f"While a bad release rolls out, its Deployment's progressDeadlineSeconds is set to {GIVEN_UP_SECONDS}: "
        "Kubernetes would give it up after ten minutes. Nothing else differs from what a user types on AWS."
    ),
    "There is no gateway on the twin, so the verification does not ask for public hosts.",
)

SCENARIO: Scenario[ProofStage] = Scenario(
    name="script",
    title="One script deploys, by either form",
    expectation="./scripts/deploy.sh deploys a committed release by cdk deploy, and with --yaml by kubectl, and "
    "verifies it; a bad one fails by the workload's name and costs no ready pod, and the release before comes back.",
    run=run,
    short="the good release alone, by YAML: by `cdk deploy`, `pipeline` releases one.",
)
