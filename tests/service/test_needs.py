import pytest

from api_platform.errors import InputError
from api_platform.service import BucketAccess, DatabaseAccess, Need, QueueConsumer, QueueSender, SecretAccess
from tests.specs import a_workload


def refusal_of(*uses: object) -> str:
    with pytest.raises(InputError) as refused:
        a_workload(uses=uses)
    return str(refused.value)


def test_needs_of_one_kind_are_found_in_their_order() -> None:
    uses: tuple[Need, ...] = (QueueSender(queue="b"), DatabaseAccess(), QueueSender(queue="a"))
    assert [need.queue for need in a_workload(uses=uses).needs(QueueSender)] == ["b", "a"]


def test_a_workload_that_consumes_says_how_long_a_job_takes() -> None:
    assert a_workload(uses=(QueueConsumer(longest_job_seconds=60),)).consumer == QueueConsumer(longest_job_seconds=60)


def test_a_workload_that_does_not_consume_has_no_consumer() -> None:
    assert a_workload(uses=(QueueSender(queue="mails"),)).consumer is None


def test_a_workload_consumes_one_queue() -> None:
    message = refusal_of(QueueConsumer(longest_job_seconds=1), QueueConsumer(longest_job_seconds=2))
    assert message == ("Workload 'orders': uses: a workload consumes one queue, its own. Make a workload of each.")


def test_the_database_brings_its_secret() -> None:
    assert a_workload(uses=(SecretAccess(secret="jwt"), DatabaseAccess())).secrets == ("database", "jwt")


def test_a_need_that_stands_there_twice_is_refused() -> None:
    """Two volumes of one name: the API server refuses the Deployment."""
    message = refusal_of(SecretAccess(secret="jwt"), SecretAccess(secret="jwt"))
    assert message == "Workload 'orders': uses: SecretAccess(secret='jwt') stands there 2 times. Leave one."


def test_the_databases_secret_is_not_mounted_a_second_time() -> None:
    assert "mounts the secret 'database' already" in refusal_of(DatabaseAccess(), SecretAccess(secret="database"))


def test_what_is_no_need_is_answered_with_all_kinds() -> None:
    message = refusal_of("database")
    assert message.startswith("Workload 'orders': uses.0: must be QueueConsumer(...) or QueueSender(...) or ")
    assert message.endswith("or SecretAccess(...), got 'database'.")


def test_a_job_is_short_enough_for_a_message_to_stay_hidden() -> None:
    """SQS hides a message for twelve hours at most: job, grace and margin must fit."""
    with pytest.raises(InputError, match=r"longest_job_seconds: must be 20000 or less, got 20001\."):
        QueueConsumer(longest_job_seconds=20_001)


def test_a_bucket_is_one_that_the_storage_stack_makes() -> None:
    with pytest.raises(InputError, match=r"BucketAccess: bucket: must be 'media' or 'export', got 'logs'\."):
        BucketAccess(bucket="logs", mode="read")  # type: ignore[arg-type]
