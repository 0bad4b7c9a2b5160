"""Who may put messages into a queue and take them out: exactly the roles that the specs give reason to."""

from collections.abc import Sequence

from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs

SENDING = ("sqs:SendMessage",)
RECEIVING = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility")


def restrict_queue(queue: sqs.Queue, *, senders: Sequence[str], receivers: Sequence[str]) -> None:
    """Keep everybody out but the given roles (ARNs), whatever their own policies grant.

    SQS moves dead letters by itself; no policy holds it up.
    """
    queue.add_to_resource_policy(_only(queue, senders, SENDING))
    queue.add_to_resource_policy(_only(queue, receivers, RECEIVING))


def _only(queue: sqs.Queue, roles: Sequence[str], actions: Sequence[str]) -> iam.PolicyStatement:
    """Return the statement that denies `actions` to all but `roles`.

    The roles stand in a condition, not under Principal: AWS refuses a policy whose Principal does not exist yet, and
    the workloads' roles are made after the queues, by other stacks. It also replaces the ARN of a Principal by an id
    that dies with the role. And it is a Deny: an Allow would add to what an administrator's or a node's own policy
    grants, and keep nobody out.
    """
    return iam.PolicyStatement(
        effect=iam.Effect.DENY,
        principals=[iam.AnyPrincipal()],
        actions=list(actions),
        resources=[queue.queue_arn],
        conditions={"ArnNotEquals": {"aws:PrincipalArn": list(roles)}},
    )
