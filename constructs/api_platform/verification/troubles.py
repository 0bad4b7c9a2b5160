"""Messages in dead-letter queues and alarms: what an environment suffers from, recorded and compared."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from api_platform import names
from api_platform.aws_calls import aws_calls
from api_platform.environment import Environment
from api_platform.errors import InputError, shown
from api_platform.model import Frozen
from api_platform.services import all_services
from api_platform.verification.account import EnvironmentAccount
from api_platform.verification.result import VerificationResult


class Troubles(Frozen):
    """What an environment suffers from at one moment."""

    environment: str
    """Its name."""
    dead_letters: Mapping[str, int]
    """Dead-letter queue -> about how many messages it holds; a queue that does not exist is not in it."""
    alarms: tuple[str, ...]
    """The alarms that are in ALARM."""

    @classmethod
    def now(cls, account: EnvironmentAccount) -> "Troubles":
        """Return what AWS knows now. Raises InputError where it cannot be asked."""
        environment = account.environment
        with aws_calls(f"read the dead-letter queues and alarms of {environment.name}"):
            sqs = account.client("sqs")
            depths = {queue: _depth(sqs, queue) for queue in dead_letter_queues(environment)}
            alarms = _alarms(account.client("cloudwatch"), f"{environment.name}-")
        known = {queue: depth for queue, depth in depths.items() if depth is not None}
        return cls(environment=environment.name, dead_letters=known, alarms=tuple(alarms))

    @classmethod
    def none(cls, environment: Environment) -> "Troubles":
        """Return what there should be."""
        return cls(environment=environment.name, dead_letters={}, alarms=())

    @classmethod
    def read(cls, path: Path, environment: Environment) -> "Troubles":
        """Return what `write` wrote. Raises InputError on any other file, and on that of another environment."""
        way_out = f"Write it first: api-platform verify -e {environment.name} --record {shown(path)}"
        try:
            troubles = cls.model_validate_json(path.read_bytes(), strict=False)
        except OSError as error:
            raise InputError(f"{shown(path)}: cannot be read ({error.strerror}). {way_out}") from None
        except ValidationError:
            raise InputError(f"{shown(path)}: is no record of dead-letter queues and alarms. {way_out}") from None
        if troubles.environment != environment.name:
            raise InputError(f"{shown(path)}: is the record of {troubles.environment}. {way_out}")
        return troubles

    def write(self, path: Path) -> None:
        """Write it down for `read`. Raises InputError where that cannot be done."""
        try:
            path.write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise InputError(f"{shown(path)}: cannot be written ({error.strerror}). Name another file.") from None

    def verify(self, before: "Troubles", environment: Environment) -> list[VerificationResult]:
        """Return what is worse than it was before."""
        return [self._verify_dead_letters(before, environment), self._verify_alarms(before)]

    def _verify_dead_letters(self, before: "Troubles", environment: Environment) -> VerificationResult:
        queues = dead_letter_queues(environment)
        failures = []
        for queue in queues:
            depth, was = self.dead_letters.get(queue), before.dead_letters.get(queue, 0)
            if depth is None:
                failures.append(f"{queue}: is not there. Deploy the stack of its service's queues.")
            elif depth > was:
                failures.append(f"{queue}: holds {depth} messages that failed for good, and held {was} before.")
        return VerificationResult(
            f"dead-letter queues: {len(queues) - len(failures)} of {len(queues)} hold no more than before", failures
        )

    def _verify_alarms(self, before: "Troubles") -> VerificationResult:
        new = [alarm for alarm in self.alarms if alarm not in before.alarms]
        failures = [f"{alarm}: is in ALARM. See: aws cloudwatch describe-alarms --alarm-names {alarm}" for alarm in new]
        return VerificationResult(f"alarms: {len(new)} new, {len(self.alarms) - len(new)} from before", failures)


def dead_letter_queues(environment: Environment) -> list[str]:
    """Return the names of the environment's dead-letter queues."""
    workloads = [workload for service in all_services(environment) for workload in service.workloads]
    return [names.dead_letter_queue_name(environment, workload.name) for workload in workloads if workload.consumer]


def _depth(sqs: Any, queue: str) -> int | None:
    try:
        url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    except sqs.exceptions.QueueDoesNotExist:
        return None
    return int(answer["Attributes"]["ApproximateNumberOfMessages"])


def _alarms(cloudwatch: Any, prefix: str) -> list[str]:
    """Return which alarms are in ALARM, of those with this prefix: CloudFormation names them after their stack."""
    pages = cloudwatch.get_paginator("describe_alarms").paginate(
        AlarmNamePrefix=prefix, AlarmTypes=["MetricAlarm", "CompositeAlarm"]
    )
    found = [alarm for page in pages for kind in ("MetricAlarms", "CompositeAlarms") for alarm in page.get(kind, [])]
    return sorted(alarm["AlarmName"] for alarm in found if alarm["StateValue"] == "ALARM")
