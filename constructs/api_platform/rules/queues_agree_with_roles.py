"""Who is given a queue's address may reach that queue, and no other."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from api_platform import names
from api_platform.access import Role, operator_roles, workload_role
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, namespace, title
from api_platform.rules.pods import variables
from api_platform.rules.values import rows, table, text
from api_platform.service import QueueConsumer, QueueSender, Service, Workload

RULE = rule_name(__name__)
_URL = re.compile(r"https://sqs\.(?P<region>[a-z0-9-]+)\.amazonaws\.com/(?P<account>\d{12})/(?P<queue>[\w-]+)")
_QUEUES = "arn:aws:sqs:"


def queues_agree_with_roles(environment: Environment, services: Sequence[Service], objects: Objects) -> list[Finding]:
    """Refuse a workload whose queue addresses, role and declared needs differ, and a queue that KEDA may not read.

    A queue's consumer must be the only one whose role reaches it to receive; KEDA's operator reads each depth.
    """
    return [*_of_workloads(environment, services, objects), *_of_scalers(environment, services, objects)]


def _of_workloads(environment: Environment, services: Sequence[Service], objects: Objects) -> Iterator[Finding]:
    for workload, deployment in objects.deployments(environment, services):
        declared = _declared(environment, workload)
        role = workload_role(environment, workload)
        granted = _queues([role] if role else [])
        told = {arn for value in variables(objects, deployment).values() if (arn := _arn(value))}
        for arn in sorted(told - granted):
            yield _finding(workload.name, f"is told of {arn}, which its role does not reach")
        for arn in sorted(declared - told):
            yield _finding(workload.name, f"declares {arn}, of which its ConfigMap says nothing")
        for arn in sorted(granted - declared):
            yield _finding(workload.name, f"its role reaches {arn}, which it does not declare")


def _of_scalers(environment: Environment, services: Sequence[Service], objects: Objects) -> Iterator[Finding]:
    operators = [role for role in operator_roles(environment, services) if role.subject == names.KEDA_OPERATOR]
    readable = _queues(operators)
    for scaler in objects.of_kind("ScaledObject"):
        for trigger in rows(scaler, "spec", "triggers"):
            if text(trigger, "type") == "aws-sqs-queue":
                for fault in _trigger_faults(environment, objects, scaler, trigger, readable):
                    yield _finding(objects.subject(scaler), f"{title(scaler)} {fault}")


def _trigger_faults(
    environment: Environment, objects: Objects, scaler: Manifest, trigger: Mapping[str, Any], readable: set[str]
) -> Iterator[str]:
    arn = _arn(text(trigger, "metadata", "queueURL"))
    if arn not in readable:
        yield f"reads {arn or 'no queue'}, which KEDA's role may not"
    own = names.queue_arn(environment, text(scaler, "spec", "scaleTargetRef", "name"))
    if arn != own:
        yield f"goes by {arn or 'no queue'} instead of {own}"
    if text(trigger, "metadata", "awsRegion") != environment.region:
        yield f"looks in {text(trigger, 'metadata', 'awsRegion') or 'no region'} instead of {environment.region}"
    identity = objects.find("TriggerAuthentication", namespace(scaler), text(trigger, "authenticationRef", "name"))
    pod_identity = table(identity, "spec", "podIdentity")
    if pod_identity.get("provider") != "aws" or pod_identity.get("identityOwner") == "workload":
        yield "does not read as KEDA's operator (podIdentity.provider aws, without an owner)"


def _declared(environment: Environment, workload: Workload) -> set[str]:
    own = {names.queue_arn(environment, workload.name)} if workload.needs(QueueConsumer) else set()
    return own | {names.queue_arn(environment, need.queue) for need in workload.needs(QueueSender)}


def _queues(roles: Iterable[Role]) -> set[str]:
    return {
        resource
        for role in roles
        for statement in role.statements
        for resource in statement.resources
        if resource.startswith(_QUEUES) or resource == "*"
    }


def _arn(url: str) -> str:
    """Return the ARN of the queue that a URL names; empty where it names none."""
    found = _URL.fullmatch(url)
    return f"{_QUEUES}{found['region']}:{found['account']}:{found['queue']}" if found else ""


def _finding(subject: str, value: str) -> Finding:
    return Finding(
        RULE,
        subject,
        value,
        "Addresses in the configuration, the role's policy and the spec's uses= name the same queues; KEDA's own role "
        "reads the depth of each that something scales by.",
        "Let all of them follow from uses=QueueConsumer(...) and QueueSender(...).",
    )
