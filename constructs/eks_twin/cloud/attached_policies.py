"""Policies that are attached to a bucket, to queues or to topics."""

import json
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Any

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.kept import unless_so_already
from eks_twin.cloudformation import Provisioned, Request, ResourceState

Attach = Callable[[str, str], None]
"""Takes what the policy is attached to, and the policy as text (empty: none)."""


@dataclass(frozen=True)
class AttachedPolicy:
    """One type of attached policy."""

    targets: str
    """The property that names what it is attached to: one, or a list."""
    attach: Attach

    def create(self, request: Request) -> Provisioned:
        """Attach the policy."""
        for target in self._targets(request.properties[self.targets]):
            self.attach(target, json.dumps(request.properties["PolicyDocument"]))
        # A bucket's policy goes by the bucket's name, and with it; the others go by a name of their own.
        target = request.properties[self.targets]
        return Provisioned(target if isinstance(target, str) else f"{request.stack_name}-{request.logical_id}", {})

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Attach the new policy, and take it off what it is no longer for."""
        self._take_off(before, set(self._targets(request.properties[self.targets])))
        return self.create(request)

    def delete(self, _: Request, before: ResourceState) -> None:
        """Take the policy off."""
        self._take_off(before, frozenset())

    def _take_off(self, before: ResourceState, kept: Container[str]) -> None:
        for target in self._targets(before.properties[self.targets]):
            if target not in kept:
                with unless_so_already():
                    self.attach(target, "")

    @staticmethod
    def _targets(named: object) -> Iterable[str]:
        return [str(one) for one in named] if isinstance(named, list) else [str(named)]


def bucket_policy(clients: Clients) -> AttachedPolicy:
    """Return the type AWS::S3::BucketPolicy.

    moto obeys a bucket's policy, but for its conditions: "nobody, unless over TLS" would be "nobody". So statements
    with a condition are left out.
    """

    def attach(bucket: str, policy: str) -> None:
        document = json.loads(policy) if policy else {"Statement": []}
        obeyed = [statement for statement in document["Statement"] if not statement.get("Condition")]
        if obeyed:
            reduced = json.dumps({**document, "Statement": obeyed})
            clients("s3").put_bucket_policy(Bucket=bucket, Policy=reduced)
        else:
            clients("s3").delete_bucket_policy(Bucket=bucket)

    return AttachedPolicy("Bucket", attach)


def queue_policy(clients: Clients) -> AttachedPolicy:
    """Return the type AWS::SQS::QueuePolicy."""

    def attach(queue: str, policy: str) -> None:
        clients("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"Policy": policy})

    return AttachedPolicy("Queues", attach)


def topic_policy(clients: Clients) -> AttachedPolicy:
    """Return the type AWS::SNS::TopicPolicy."""

    def attach(topic: str, policy: str) -> None:
        wanted = policy or json.dumps(_own_account_only(topic))
        clients("sns").set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=wanted)

    return AttachedPolicy("Topics", attach)


def _own_account_only(topic: str) -> dict[str, Any]:
    """Return the policy that SNS gives a topic for which nobody has set one."""
    actions = (
        *("GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission", "DeleteTopic"),
        *("Subscribe", "ListSubscriptionsByTopic", "Publish"),
    )
    statement = {
        "Sid": "__default_statement_ID",
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": [f"SNS:{action}" for action in actions],
        "Resource": topic,
        "Condition": {"StringEquals": {"AWS:SourceOwner": topic.split(":")[4]}},
    }
    return {"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [statement]}
