import pytest

from api_platform.rules.visibility_outlasts_job_and_grace import RULE
from api_platform.service import QueueConsumer
from tests.rules.platform import Platform


@pytest.mark.parametrize(("grace", "found"), [(930, []), (990, []), (991, ["parcels"])])
def test_a_grace_period_beyond_the_visibility_timeout_is_found(
    platform: Platform, grace: int, found: list[str]
) -> None:
    """1890 s of visibility, a job of 900 s: a pod that is killed later works on a message that another one has."""
    platform.pod("parcels")["terminationGracePeriodSeconds"] = grace
    assert platform.subjects(RULE) == found


@pytest.mark.parametrize(("job", "found"), [(21_555, []), (21_556, ["parcels"])])
def test_twelve_hours_are_the_most(platform: Platform, job: int, found: list[str]) -> None:
    """SQS refuses a longer timeout, in the middle of a deployment."""
    platform.respecify("parcels", uses=(QueueConsumer.model_construct(longest_job_seconds=job),))
    assert platform.subjects(RULE) == found


def test_who_consumes_no_queue_is_not_asked(platform: Platform) -> None:
    platform.pod("orders")["terminationGracePeriodSeconds"] = 99_999
    assert platform.ask(RULE) == []
