import pytest

from api_platform.errors import InputError
from api_platform.service.rollout import LATEST_DEADLINE_SECONDS, progress_deadline_seconds, wait_seconds
from tests.specs import a_workload


@pytest.mark.parametrize("given", ["30", 30, 840])
def test_a_wait_is_a_number_of_seconds_as_text_or_not(given: object) -> None:
    """`-c` gives text, cdk.json a number."""
    assert wait_seconds(given) == int(str(given))


@pytest.mark.parametrize("given", ["29", "841", "", "5m", "60.5", "-60", True, [60]])
def test_a_wait_that_is_not_possible_is_refused_with_the_way_out(given: object) -> None:
    with pytest.raises(InputError, match=r"'rollout-wait-seconds': .* from 30 to 840\. .*write e\.g\. 300\."):
        wait_seconds(given)


@pytest.mark.parametrize(("attempts", "seconds"), [(141, 705), (400, 2000)])
def test_a_start_that_no_deployment_could_wait_for_is_refused_with_the_way_out(attempts: int, seconds: int) -> None:
    """400 attempts were accepted; Kubernetes gave the rollout up after 600 s."""
    with pytest.raises(InputError, match=rf"startup_attempts {attempts} let a start take {seconds} s.*Write 140 at"):
        a_workload(startup_attempts=attempts)


def test_the_longest_start_that_is_accepted_fits() -> None:
    assert progress_deadline_seconds(a_workload(startup_attempts=140).startup_attempts) == LATEST_DEADLINE_SECONDS
