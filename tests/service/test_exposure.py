import pytest

from api_platform.errors import InputError
from api_platform.service import Exposure, Objectives


def test_a_request_may_be_tried_three_more_times() -> None:
    assert Exposure(timeout_seconds=30).retry_attempts == 3


def test_a_pod_is_ejected_after_five_errors_in_a_row() -> None:
    assert Exposure(timeout_seconds=30).consecutive_errors == 5


def test_a_workload_is_not_public_unless_the_spec_says_so() -> None:
    assert Exposure(timeout_seconds=30).subdomain is None


def test_the_promise_is_999_of_1000_requests_and_half_a_second() -> None:
    objectives = Exposure(timeout_seconds=30).objectives
    assert (objectives.availability_percent, objectives.p95_latency_milliseconds) == (99.9, 500)


def test_a_timeout_has_to_be_chosen() -> None:
    with pytest.raises(
        InputError, match=r"timeout_seconds: is missing\. Add it: The longest that one request may take"
    ):
        Exposure()  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("seconds", "rule"), [(0, "must be 1 or more, got 0"), (3601, "must be 3600 or less, got 3601")]
)
def test_a_timeout_is_between_a_second_and_an_hour(seconds: int, rule: str) -> None:
    """A pod's grace follows from it: a slip of a digit would hold up every rollout for days."""
    with pytest.raises(InputError, match=rule):
        Exposure(timeout_seconds=seconds)


@pytest.mark.parametrize("percent", [90.0, 100.0, float("nan")])
def test_a_promise_leaves_some_errors_to_spend_and_not_too_many(percent: float) -> None:
    """Of 100 % nothing is left: the alert would divide by zero."""
    with pytest.raises(InputError, match="availability_percent: must be "):
        Objectives(availability_percent=percent)


def test_a_subdomain_is_one_label() -> None:
    """The certificate and the DNS record are made for <subdomain>.<domain>."""
    with pytest.raises(InputError, match=r"subdomain: 'api\.eu' is not a name for Kubernetes"):
        Exposure(timeout_seconds=30, subdomain="api.eu")
