"""No resource from before stands under a name that the deployment would give."""

from collections.abc import Mapping, Sequence
from typing import Final

from api_platform import names
from api_platform.account_demands import FixedName, names_that_outlive_stacks
from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.environment import Environment
from api_platform.preflight.account_reading import AccountReading
from api_platform.rules.finding import PLATFORM
from api_platform.service import Service

CHECK = check_name(__name__)
_WORDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "AWS::S3::Bucket": (
        "bucket",
        "aws s3api list-object-versions --max-items 3 --bucket {name}",
        "empty it with all versions (S3 console, Empty), then aws s3 rb s3://{name}",
    ),
    "AWS::SQS::Queue": (
        "queue",
        "aws sqs get-queue-attributes --attribute-names All --queue-url {url}",
        "aws sqs delete-queue --queue-url {url}",
    ),
    "AWS::Logs::LogGroup": (
        "log group",
        "aws logs describe-log-groups --log-group-name-prefix {name}",
        "aws logs delete-log-group --log-group-name {name}",
    ),
}
"""Type -> its name in words, what shows it, and what deletes it."""


def names_are_free(environment: Environment, services: Sequence[Service], reading: AccountReading) -> list[Diagnosis]:
    """Find buckets, queues and log groups of ours that no stack holds: the environment was there once."""
    taken = reading.taken_names or frozenset()
    return [_taken(environment, one) for one in names_that_outlive_stacks(environment, services) if one in taken]


def _taken(environment: Environment, taken: FixedName) -> Diagnosis:
    kind, show, delete = _WORDS[taken.kind]
    words = {"name": taken.name, "url": names.queue_url(environment, taken.name.removeprefix(f"{environment.name}-"))}
    region = f"--region {environment.region}"
    return Diagnosis(
        CHECK,
        PLATFORM,
        f"{kind} {taken.name}",
        "it is there, and no stack of ours holds it",
        "A deployment from before has left it. CloudFormation makes none a second time: AlreadyExists, and the stack "
        "is rolled back.",
        f"{show.format(**words)} {region}",
        f"To keep what is in it: npx cdk import {environment.name}/{taken.stack}. To lose it: "
        f"{delete.format(**words)} {region}",
    )
