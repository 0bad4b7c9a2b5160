"""Which role may do what: least privilege, as plain data."""

import itertools

import pytest

from api_platform.access import Role, Statement, operator_roles, workload_role
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
from tests.specs import a_service, a_workload, an_environment

ENVIRONMENT = an_environment(name="staging", account="222222222222")
QUEUE = "arn:aws:sqs:eu-west-1:222222222222:staging-"
BUCKET = "arn:aws:s3:::staging-{}-222222222222-eu-west-1/*"


def role_of(*uses: Need, name: str = "orders") -> Role:
    role = workload_role(ENVIRONMENT, a_workload(name=name, uses=uses))
    if role is None:
        raise AssertionError("it has no role")
    return role


def statement_of(need: Need) -> Statement:
    (statement,) = role_of(need).statements
    return statement


def a_worker(name: str) -> Workload:
    return a_workload(name=name, uses=(QueueConsumer(longest_job_seconds=60),))


def operators(*services: Service) -> dict[str, Role]:
    return {role.subject: role for role in operator_roles(ENVIRONMENT, services)}


def test_a_role_belongs_to_the_workloads_own_service_account() -> None:
    role = role_of(QueueSender(queue="mails"))
    assert (role.subject, role.namespace, role.service_account) == ("orders", "staging", "orders")


def test_a_workload_that_uses_nothing_of_aws_has_no_role() -> None:
    uses = (DatabaseAccess(), CacheAccess(), SecretAccess(secret="jwt"))
    assert workload_role(ENVIRONMENT, a_workload(uses=uses)) is None


def test_a_consumer_reads_the_queue_of_its_own_name_and_no_other() -> None:
    assert statement_of(QueueConsumer(longest_job_seconds=60)).resources == (f"{QUEUE}orders",)


def test_a_consumer_may_keep_a_message_hidden_and_delete_it() -> None:
    assert set(statement_of(QueueConsumer(longest_job_seconds=60)).actions) == {
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:ChangeMessageVisibility",
        "sqs:GetQueueAttributes",
    }


def test_a_consumer_cannot_send() -> None:
    assert "sqs:SendMessage" not in statement_of(QueueConsumer(longest_job_seconds=60)).actions


def test_a_sender_writes_to_the_consumers_queue() -> None:
    assert statement_of(QueueSender(queue="mails")).resources == (f"{QUEUE}mails",)


def test_a_sender_cannot_read() -> None:
    assert set(statement_of(QueueSender(queue="mails")).actions) == {"sqs:SendMessage", "sqs:GetQueueAttributes"}


@pytest.mark.parametrize(
    ("mode", "actions"),
    [
        ("read", {"s3:GetObject"}),
        ("write", {"s3:PutObject", "s3:AbortMultipartUpload"}),
        ("read-write", {"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"}),
    ],
)
def test_a_bucket_is_used_in_the_declared_way_only(mode: str, actions: set[str]) -> None:
    need = BucketAccess.model_validate({"bucket": "media", "mode": mode})
    assert set(statement_of(need).actions) == actions


def test_a_bucket_is_opened_for_its_objects_alone() -> None:
    assert statement_of(BucketAccess(bucket="export", mode="write")).resources == (BUCKET.format("export"),)


@pytest.mark.parametrize(
    ("need", "key"),
    [
        (QueueConsumer(longest_job_seconds=60), "alias/staging-messaging"),
        (QueueSender(queue="mails"), "alias/staging-messaging"),
        (BucketAccess(bucket="media", mode="read"), "alias/staging-storage"),
    ],
    ids=["consumer", "sender", "bucket"],
)
def test_who_may_use_a_resource_may_use_its_key(need: Need, key: str) -> None:
    """Encrypted queues and buckets refuse whoever cannot use their key, with a message about KMS."""
    assert statement_of(need).keys == (key,)


def test_every_need_of_aws_has_its_statement() -> None:
    needs = (QueueSender(queue="mails"), BucketAccess(bucket="media", mode="read"), DatabaseAccess())
    assert len(role_of(*needs).statements) == 2


def test_keda_sees_the_depth_of_the_declared_queues_alone() -> None:
    keda = operators(a_service(a_worker("mails"), a_worker("exports"), a_workload()))["keda-operator"]
    assert keda.statements == (Statement(("sqs:GetQueueAttributes",), (f"{QUEUE}mails", f"{QUEUE}exports")),)


def test_keda_has_no_role_where_nobody_consumes() -> None:
    assert "keda-operator" not in operators(a_service())


def test_keda_runs_as_its_own_service_account() -> None:
    keda = operators(a_service(a_worker("mails")))["keda-operator"]
    assert (keda.namespace, keda.service_account) == ("keda", "keda-operator")


def test_secrets_are_read_in_the_environments_namespace_and_no_more_than_are_mounted() -> None:
    reader = operators(a_service(a_workload(uses=(SecretAccess(secret="jwt"), DatabaseAccess()))))["secret-reader"]
    secret = "arn:aws:secretsmanager:eu-west-1:222222222222:secret:staging/"
    assert reader.namespace == "staging"
    assert [statement.resources for statement in reader.statements] == [
        (f"{secret}database-??????", f"{secret}jwt-??????")
    ]


def test_cert_manager_changes_the_environments_zone_alone() -> None:
    manager = operators(a_service())["cert-manager"]
    changes = [one for one in manager.statements if "route53:ChangeResourceRecordSets" in one.actions]
    assert [one.resources for one in changes] == [(f"arn:aws:route53:::hostedzone/{ENVIRONMENT.hosted_zone_id}",)]


def test_no_role_has_an_action_with_a_star_or_a_resource_of_one_alone() -> None:
    uses = (
        QueueConsumer(longest_job_seconds=60),
        QueueSender(queue="orders"),
        BucketAccess(bucket="media", mode="read-write"),
        SecretAccess(secret="jwt"),
    )
    roles = [role_of(*uses), *operators(a_service(a_workload(uses=uses))).values()]
    statements = list(itertools.chain.from_iterable(role.statements for role in roles))
    assert [one for one in statements if any("*" in action for action in one.actions) or "*" in one.resources] == []
