"""The account runs as many functions at once as stacks that are deployed side by side need."""

from collections.abc import Iterator, Sequence
from typing import Final

from api_platform.account_demands import EXECUTIONS_PER_STACK
from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.environment import Environment
from api_platform.preflight.account_quota import LAMBDA_EXECUTIONS
from api_platform.preflight.account_reading import AccountReading
from api_platform.rules.finding import PLATFORM
from api_platform.service import Service

CHECK = check_name(__name__)
DEPLOY_SCRIPT_STACKS: Final = 4
"""Stacks that scripts/deploy.sh deploys at once; a test reads it there."""


def lambda_runs_the_stacks(
    environment: Environment, _services: Sequence[Service], reading: AccountReading
) -> list[Diagnosis]:
    """Find ways of deploying that the account's Lambda quota does not bear. Argo CD's objects need no functions."""
    if reading.lambda_executions is None or environment.kubernetes_objects == "argo-cd":
        return []
    limit = reading.lambda_executions
    fits = limit // EXECUTIONS_PER_STACK
    return [
        Diagnosis(
            CHECK,
            PLATFORM,
            f"quota of Lambda executions, by {who}",
            f"{stacks} {'stack' if stacks == 1 else 'stacks'} at once need {wanted} executions, and there are {limit}",
            f"That is {EXECUTIONS_PER_STACK} for each, two of them to spare. Beyond the quota Lambda answers "
            "TooManyRequestsException, and the object fails with its stack.",
            LAMBDA_EXECUTIONS.shown(environment),
            f"Ask for more: {LAMBDA_EXECUTIONS.asked(environment, max(1000, wanted))} "
            + (f"Or deploy {fits} at once: {how.format(fits)}." if fits else "Not even one stack at a time fits."),
        )
        for who, stacks, how in _ways(environment)
        if (wanted := stacks * EXECUTIONS_PER_STACK) > limit
    ]


def _ways(environment: Environment) -> Iterator[tuple[str, int, str]]:
    """Yield who deploys, how many stacks at once, and how that is lowered."""
    if environment.pipeline:
        line = environment.place_of("concurrent_stacks")
        yield "the pipeline", environment.concurrent_stacks, f"concurrent_stacks = {{}} in {line}"
    yield "scripts/deploy.sh", DEPLOY_SCRIPT_STACKS, f"cdk deploy --concurrency {{}} '{environment.name}/*'"
