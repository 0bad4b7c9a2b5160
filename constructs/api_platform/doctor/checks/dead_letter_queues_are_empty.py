"""No message was given up: dead-letter queues are empty."""

from api_platform import names
from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.observation import Observation

CHECK = check_name(__name__)


def dead_letter_queues_are_empty(seen: Observation) -> list[Diagnosis]:
    """Find dead-letter queues that hold messages."""
    return [
        Diagnosis(
            CHECK,
            consumer,
            f"queue {names.dead_letter_queue_name(seen.environment, consumer)}",
            f"{state.dead_letters} {'message' if state.dead_letters == 1 else 'messages'} could not be processed",
            f"{consumer} has failed on each of them as often as the queue allows.",
            seen.kubectl(f"logs deployment/{consumer} --since=1h"),
            "Mend what it fails on, then send them back: aws sqs start-message-move-task --source-arn "
            f"{names.dead_letter_queue_arn(seen.environment, consumer)} --region {seen.environment.region}",
        )
        for consumer, state in (seen.aws.queues if seen.aws else {}).items()
        if state and state.dead_letters
    ]
