"""Which role may do what on what: plain data. The stacks make IAM policies from it, a rule reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from api_platform import names
from api_platform.environment import ChartEnvironment
from api_platform.service import (
    BucketAccess,
    CacheAccess,
    DatabaseAccess,
    Need,
    QueueConsumer,
    QueueSender,
    SecretAccess,
    Service,
    Workload,
)

_CONSUME = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes")
_SEND = ("sqs:SendMessage", "sqs:GetQueueAttributes")
_OBJECTS = {
    "read": ("s3:GetObject",),
    "write": ("s3:PutObject", "s3:AbortMultipartUpload"),
    "read-write": ("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"),
}


@dataclass(frozen=True)
class Statement:
    """Named actions on named resources."""

    actions: tuple[str, ...]
    resources: tuple[str, ...]
    """ARNs."""
    keys: tuple[str, ...] = ()
    """Aliases of the KMS keys that the resources are encrypted under."""


@dataclass(frozen=True)
class Role:
    """An IAM role for one ServiceAccount (IRSA)."""

    subject: str
    """Workload or operator; `names.role_name` makes the role's name of it."""
    namespace: str
    service_account: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class QueueAccess:
    """Who may use one queue; its policy keeps out everybody else."""

    consumer: str
    """The workload that empties it. The queue is named after it."""
    consumer_role: str
    """ARN."""
    sender_roles: tuple[str, ...]
    """ARNs, by workload name."""


def workload_role(environment: ChartEnvironment, workload: Workload) -> Role | None:
    """Return the workload's role; None where it uses nothing of AWS."""
    statements = [_statement(environment, workload, need) for need in workload.uses]
    granted = tuple(statement for statement in statements if statement)
    if not granted:
        return None
    return Role(workload.name, names.namespace_name(environment), workload.name, granted)


def queue_access(environment: ChartEnvironment, services: Sequence[Service]) -> tuple[QueueAccess, ...]:
    """Return who may use which queue: one entry for each workload that consumes one."""
    workloads = [workload for service in services for workload in service.workloads]
    return tuple(
        QueueAccess(
            consumer.name,
            names.role_arn(environment, consumer.name),
            tuple(
                names.role_arn(environment, workload.name)
                for workload in sorted(workloads, key=lambda workload: workload.name)
                if any(need.queue == consumer.name for need in workload.needs(QueueSender))
            ),
        )
        for consumer in workloads
        if consumer.consumer
    )


def operator_roles(environment: ChartEnvironment, services: Sequence[Service]) -> tuple[Role, ...]:
    """Return the roles of the cluster's operators: KEDA, External Secrets (this namespace's reader), cert-manager and
    Alertmanager.
    """
    workloads = [workload for service in services for workload in service.workloads]
    consumers = [workload.name for workload in workloads if workload.consumer]
    secrets = sorted({secret for workload in workloads for secret in workload.secrets})
    return tuple(
        role
        for role in (
            _keda_role(environment, consumers),
            _secret_reader_role(environment, secrets),
            _cert_manager_role(environment),
            _alertmanager_role(environment),
        )
        if role.statements
    )


def _statement(environment: ChartEnvironment, workload: Workload, need: Need) -> Statement | None:
    match need:
        case QueueConsumer():
            return Statement(
                _CONSUME,
                (names.queue_arn(environment, workload.name),),
                (names.key_alias(environment, "messaging"),),
            )
        case QueueSender(queue=queue):
            return Statement(
                _SEND, (names.queue_arn(environment, queue),), (names.key_alias(environment, "messaging"),)
            )
        case BucketAccess(bucket=bucket, mode=mode):
            return Statement(
                _OBJECTS[mode],
                (f"{names.bucket_arn(environment, bucket)}/*",),
                (names.key_alias(environment, "storage"),),
            )
        case DatabaseAccess() | CacheAccess() | SecretAccess():
            return None  # network and secrets, no IAM
        case _:
            assert_never(need)


def _keda_role(environment: ChartEnvironment, consumers: Sequence[str]) -> Role:
    arns = tuple(names.queue_arn(environment, consumer) for consumer in consumers)
    depth = (Statement(("sqs:GetQueueAttributes",), arns),) if arns else ()
    return Role(names.KEDA_OPERATOR, names.KEDA_NAMESPACE, names.KEDA_OPERATOR, depth)


def _secret_reader_role(environment: ChartEnvironment, secrets: Sequence[str]) -> Role:
    arns = tuple(names.secret_arn_pattern(environment, secret) for secret in secrets)
    read = (Statement(("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"), arns),) if arns else ()
    return Role(names.SECRET_READER, names.namespace_name(environment), names.SECRET_READER, read)


def _cert_manager_role(environment: ChartEnvironment) -> Role:
    zone = f"arn:aws:route53:::hostedzone/{environment.hosted_zone_id}"
    return Role(
        names.CERT_MANAGER,
        names.CERT_MANAGER_NAMESPACE,
        names.CERT_MANAGER,
        (
            Statement(("route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"), (zone,)),
            Statement(("route53:GetChange",), ("arn:aws:route53:::change/*",)),
        ),
    )


def _alertmanager_role(environment: ChartEnvironment) -> Role:
    topics = tuple(names.topic_arn(environment, purpose) for purpose in (names.OPERATIONS, names.WATCHDOG))
    publish = Statement(("sns:Publish",), topics, (names.key_alias(environment, "messaging"),))
    return Role(names.ALERTMANAGER, names.MONITORING_NAMESPACE, names.ALERTMANAGER, (publish,))
