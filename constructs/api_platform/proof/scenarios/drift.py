"""Changes by hand what runs, and asks `api-platform drift`, as one who may only look, what was changed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from api_platform import names
from api_platform.proof.ailments.ailment import called
from api_platform.proof.hands import HANDS, take_back
from api_platform.proof.stage import ProofStage
from eks_twin.aws_clients import variables
from eks_twin.errors import TwinError
from eks_twin.proof.quantities import exactly
from eks_twin.proof.result import Cell, Figure, Outcome, Table
from eks_twin.proof.scenario import Scenario

_FORBIDDEN: Final = ("patch deployments", "delete pods", "create pods/exec", "get secrets")
"""What who may only look may not do."""


@dataclass(frozen=True)
class DriftRun:
    """One run of the command."""

    code: int
    found: Mapping[str, str]
    """Object -> why, as its JSON has them."""


@dataclass(frozen=True)
class HandsSeen:
    """What was said before, during and after, and what came of it."""

    expected: Mapping[str, str]
    """Object -> what was done to it."""
    before: DriftRun
    during: DriftRun
    after: DriftRun
    mailed: str
    """What the topic was told."""
    allowed: Sequence[str]
    """What who may only look may do besides."""


def run(stage: ProofStage) -> Outcome:
    """Ask while nothing was changed, when everything was, and when all is as it was."""
    workload = called(stage)
    with _viewer(stage) as kubeconfig, _topic(stage) as (topic, mails):
        allowed = [words for words in _FORBIDDEN if _may(stage, kubeconfig, words)]
        before = ask(stage, kubeconfig)
        try:
            for hand in HANDS:
                hand.change(stage, workload)
            during = ask(stage, kubeconfig)
            ask(stage, kubeconfig, "--topic", topic)
        finally:
            take_back(stage, workload)
        after = ask(stage, kubeconfig)
        seen = HandsSeen(
            {hand.object(stage, workload): hand.name for hand in HANDS},
            before,
            during,
            after,
            mails(),
            allowed,
        )
    stage.wait_until_ready()
    return Outcome(figures=figures(seen), tables=[table(seen)])


def figures(seen: HandsSeen) -> Sequence[Figure]:
    """Return the figures."""
    told = seen.expected.keys() & seen.during.found.keys()
    besides = seen.during.found.keys() - seen.expected.keys()
    idle = len(seen.before.found) + len(seen.after.found)
    codes = [run.code == bool(run.found) for run in (seen.before, seen.during, seen.after)]
    mailed = sum(name in seen.mailed for name in seen.during.found)
    return [
        Figure("Changes by hand told", len(told), limit=exactly(len(seen.expected)), of=len(seen.expected), key=True),
        Figure("Told besides", len(besides), limit=exactly(0), key=True),
        Figure("Told before anything was changed, and when it was taken back", idle, limit=exactly(0)),
        Figure("Runs whose exit code was not that of their findings", codes.count(False), limit=exactly(0)),
        Figure("Findings that the topic was not told", len(seen.during.found) - mailed, limit=exactly(0)),
        Figure("What who may only look may do besides", len(seen.allowed), limit=exactly(0)),
    ]


def table(seen: HandsSeen) -> Table:
    """Return what was said of each change."""
    besides = {found: "nothing" for found in seen.during.found if found not in seen.expected}
    return Table(
        title="Each change by hand",
        columns=("change", "object", "what is told"),
        rows=[
            (what, found, Cell(seen.during.found.get(found, "nothing"), code=True))
            for found, what in {**seen.expected, **besides}.items()
        ],
    )


def ask(stage: ProofStage, kubeconfig: Path, *more: str) -> DriftRun:
    """Run the command as the nightly project does. Raises TwinError where it cannot look."""
    words = ("drift", "-e", stage.environment.name, "--place", f"{stage.place.account}/{stage.place.region}")
    done = subprocess.run(
        [sys.executable, "-m", "api_platform.cli", *words, "--format", "json", *more],
        env={**os.environ, **variables(stage.twin.endpoint, stage.place), "KUBECONFIG": str(kubeconfig)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise TwinError(f"the look for drift failed: {done.stderr.strip()}")
    return DriftRun(done.returncode, {one["object"]: one["why"] for one in json.loads(done.stdout)["diagnoses"]})


@contextmanager
def _viewer(stage: ProofStage) -> Iterator[Path]:
    """Yield a kubeconfig of one who is in the viewers' group, and in no other."""
    config = yaml.safe_load(stage.home.kubeconfig.read_text())
    for user in config["users"]:
        user["user"] |= {"as": "who-may-only-look", "as-groups": [names.VIEWERS]}
    path = stage.home.folder / "viewer.kubeconfig"
    path.touch(mode=0o600)
    path.write_text(yaml.safe_dump(config))
    try:
        yield path
    finally:
        path.unlink()


def _may(stage: ProofStage, kubeconfig: Path, words: str) -> bool:
    return (
        stage.kubectl("auth", "can-i", *words.split(), f"--kubeconfig={kubeconfig}", f"-n={stage.namespace}").returncode
        == 0
    )


@contextmanager
def _topic(stage: ProofStage) -> Iterator[tuple[str, Any]]:
    """Yield the ARN of a topic, and what returns all that it was told."""
    sns, sqs = stage.aws("sns"), stage.aws("sqs")
    topic = sns.create_topic(Name="drift-proof")["TopicArn"]
    url = sqs.create_queue(QueueName="drift-proof")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)

    def mails() -> str:
        found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        return "\n".join(json.loads(one["Body"])["Message"] for one in found)

    try:
        yield topic, mails
    finally:
        sns.delete_topic(TopicArn=topic)
        sqs.delete_queue(QueueUrl=url)


SCENARIO: Scenario[ProofStage] = Scenario(
    name="drift",
    title="What is changed by hand is told",
    expectation="Each change by hand to what runs is named by `api-platform drift`, run by one who may only look, and "
    "mailed; nothing else is, and nothing at all while what runs is what was deployed.",
    run=run,
)
