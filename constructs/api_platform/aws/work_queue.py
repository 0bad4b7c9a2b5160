"""The SQS queue of one worker, and the queue for what it failed on."""

from aws_cdk import Duration
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from api_platform import names
from api_platform.access import QueueAccess
from api_platform.aws.queue_policy import restrict_queue
from api_platform.aws.retention import retention
from api_platform.environment import Environment
from api_platform.service import DEAD_LETTERS_KEPT_DAYS, MAXIMUM_RECEIVES, MESSAGES_KEPT_DAYS

_LONG_POLL = Duration.seconds(20)


class WorkQueue(Construct):
    """A queue under the name that its consumer, its senders and its scaler already hold."""

    def __init__(
        self, scope: Construct, environment: Environment, access: QueueAccess, *, visibility_seconds: int, key: kms.IKey
    ) -> None:
        super().__init__(scope, access.consumer)
        self.dead_letters = _dead_letter_queue(self, environment, access, key)
        self.queue = sqs.Queue(
            self,
            "Queue",
            queue_name=names.queue_name(environment, access.consumer),
            visibility_timeout=Duration.seconds(visibility_seconds),
            receive_message_wait_time=_LONG_POLL,
            retention_period=Duration.days(MESSAGES_KEPT_DAYS),
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=MAXIMUM_RECEIVES),
            encryption=sqs.QueueEncryption.KMS,
            encryption_master_key=key,
            enforce_ssl=True,
            removal_policy=retention(environment),
        )
        # Administrators send, too: that is how dead letters go back.
        restrict_queue(
            self.queue,
            senders=(*access.sender_roles, *environment.administrator_roles),
            receivers=(access.consumer_role,),
        )


def _dead_letter_queue(scope: Construct, environment: Environment, access: QueueAccess, key: kms.IKey) -> sqs.Queue:
    # By ARN, since the queue itself refers to this one, and CloudFormation knows no circles.
    source = sqs.Queue.from_queue_arn(scope, "Source", names.queue_arn(environment, access.consumer))
    queue = sqs.Queue(
        scope,
        "DeadLetters",
        queue_name=names.dead_letter_queue_name(environment, access.consumer),
        retention_period=Duration.days(DEAD_LETTERS_KEPT_DAYS),
        redrive_allow_policy=sqs.RedriveAllowPolicy(
            redrive_permission=sqs.RedrivePermission.BY_QUEUE, source_queues=[source]
        ),
        encryption=sqs.QueueEncryption.KMS,
        encryption_master_key=key,
        enforce_ssl=True,
        removal_policy=retention(environment),
    )
    administrators = environment.administrator_roles
    restrict_queue(queue, senders=administrators, receivers=administrators)
    return queue
