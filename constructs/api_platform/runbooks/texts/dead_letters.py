"""Messages that were given up."""

from api_platform.runbooks.looks import LOGS, PODS
from api_platform.runbooks.runbook import AlertLimit, Look, Runbook, WayOut
from api_platform.service import DEAD_LETTERS_KEPT_DAYS, MAXIMUM_RECEIVES

RUNBOOK = Runbook(
    alert="DeadLetters",
    says=f"The worker failed on a message {MAXIMUM_RECEIVES} times, and SQS has put it into the dead-letter queue.",
    noticed=f"One piece of work is never done. It is kept for {DEAD_LETTERS_KEPT_DAYS} days, then it is lost.",
    limit=AlertLimit("messages", lambda _: "1"),
    looks=(
        Look(
            "aws sqs get-queue-attributes --region $region --queue-url $dead_letters "
            "--attribute-names ApproximateNumberOfMessages",
            {
                "a few": "those messages are at fault, or were when a dependency failed",
                "as many as were sent": "the worker is at fault: a release, or a dependency that is gone",
            },
        ),
        Look(
            "aws sqs receive-message --region $region --queue-url $dead_letters --visibility-timeout 0 "
            "--message-system-attribute-names SentTimestamp ApproximateReceiveCount",
            {
                "a message": "what it failed on; it stays in the queue",
                "`AccessDenied`": "only the environment's administrators may read what users sent",
            },
        ),
        LOGS,
        PODS,
    ),
    ways_out=(
        WayOut(
            "the cause is mended",
            "Send them back to where they came from, and see that they do not come again.",
            (
                "aws sqs start-message-move-task --region $region --source-arn $dead_letters_arn",
                "aws sqs list-message-move-tasks --region $region --source-arn $dead_letters_arn",
            ),
        ),
        WayOut(
            "it began with a release",
            "Go back to the one before, commit, deploy, and send them back then.",
            ("api-platform rollback $service -e $environment",),
        ),
        WayOut(
            "nobody needs them",
            "Keep a copy if there is any doubt. This deletes all of them, for good.",
            ("aws sqs purge-queue --region $region --queue-url $dead_letters",),
        ),
    ),
)
