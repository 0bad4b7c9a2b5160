from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.stub import Stubber

from api_platform.errors import InputError
from api_platform.verification.troubles import Troubles, dead_letter_queues
from tests.verification.stubbed_account import StubbedSession, staging

QUEUE = "staging-media-processor-dead-letter"
ALARM = "staging-worker-service-queues-age"
MISSING = -1


def troubles(depth: int = 0, *alarms: str) -> Troubles:
    """Return an environment's troubles: so many messages in one queue, none in the others."""
    depths = {queue: depth if queue == QUEUE else 0 for queue in dead_letter_queues(staging())}
    return Troubles(environment="staging", dead_letters=depths, alarms=alarms)


def failures(now: Troubles, before: Troubles) -> list[str]:
    return [failure for result in now.verify(before, staging()) for failure in result.failures]


@pytest.fixture
def session() -> Iterator[StubbedSession]:
    with StubbedSession.of("sqs", "cloudwatch") as stubbed:
        yield stubbed


def answer_depth(sqs: Stubber, queue: str, depth: int) -> None:
    if depth == MISSING:
        sqs.add_client_error("get_queue_url", "QueueDoesNotExist")
        return
    url = f"https://queues.example/{queue}"
    sqs.add_response("get_queue_url", {"QueueUrl": url}, {"QueueName": queue})
    attribute = "ApproximateNumberOfMessages"
    wanted = {"QueueUrl": url, "AttributeNames": [attribute]}
    sqs.add_response("get_queue_attributes", {"Attributes": {attribute: str(depth)}}, wanted)


def test_it_is_read_from_every_dead_letter_queue_and_all_alarms(session: StubbedSession) -> None:
    depths = dict(zip(dead_letter_queues(staging()), (4, MISSING, 0), strict=True))
    for queue, depth in depths.items():
        answer_depth(session.stubs["sqs"], queue, depth)
    alarms = {
        "MetricAlarms": [
            {"AlarmName": "staging-b", "StateValue": "ALARM"},
            {"AlarmName": "staging-a", "StateValue": "ALARM"},
            {"AlarmName": "staging-fine", "StateValue": "OK"},
            {"AlarmName": "staging-idle", "StateValue": "INSUFFICIENT_DATA"},
        ],
        "CompositeAlarms": [{"AlarmName": "staging-c", "StateValue": "ALARM"}],
    }
    wanted = {"AlarmNamePrefix": "staging-", "AlarmTypes": ["MetricAlarm", "CompositeAlarm"]}
    session.stubs["cloudwatch"].add_response("describe_alarms", alarms, wanted)
    now = Troubles.now(session.account())
    assert now.dead_letters == {queue: depth for queue, depth in depths.items() if depth != MISSING}
    assert now.alarms == ("staging-a", "staging-b", "staging-c")


def test_an_environment_without_troubles_passes() -> None:
    assert failures(troubles(), Troubles.none(staging())) == []


def test_what_was_there_before_is_no_failure() -> None:
    """A deployment does not answer for what went wrong before it."""
    assert failures(troubles(7, ALARM), troubles(7, ALARM)) == []
    assert failures(troubles(6), troubles(7, ALARM)) == []


def test_what_is_worse_is_named_with_figures() -> None:
    first, second = failures(troubles(8, ALARM, "staging-new"), troubles(7, ALARM))
    assert first == f"{QUEUE}: holds 8 messages that failed for good, and held 7 before."
    assert second.startswith("staging-new: is in ALARM. See: aws cloudwatch describe-alarms")


def test_a_queue_that_is_gone_is_named() -> None:
    now = Troubles(environment="staging", dead_letters={}, alarms=())
    assert all(failure.endswith("Deploy the stack of its service's queues.") for failure in failures(now, troubles()))
    assert len(failures(now, troubles())) == len(dead_letter_queues(staging()))


def test_a_record_is_read_back_as_it_was(tmp_path: Path) -> None:
    before = troubles(3, ALARM)
    before.write(tmp_path / "record.json")
    assert Troubles.read(tmp_path / "record.json", staging()) == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "cannot be read"),
        ("no JSON", "is no record"),
        ('{"environment": "staging"}', "is no record"),
        ('{"environment": "production", "dead_letters": {}, "alarms": []}', "is the record of production"),
    ],
)
def test_another_file_is_refused_with_the_way_to_a_record(text: str | None, says: str, tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(InputError, match=rf"{says}.*api-platform verify -e staging --record"):
        Troubles.read(path, staging())


def test_a_record_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        troubles().write(tmp_path / "nowhere" / "record.json")
