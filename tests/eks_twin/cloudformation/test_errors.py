"""What people read of a failure."""

import pytest

from eks_twin.cloudformation import NoUpdates, ResourceFailed, UnknownResourceType, ValidationError
from eks_twin.cloudformation.errors import reason_of
from eks_twin.errors import InputError


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ResourceFailed("the disk is full"), "the disk is full"),
        (ValidationError("no such thing"), "no such thing"),
        (ValueError("the disk is full"), "ValueError: the disk is full"),
        (TimeoutError(), "TimeoutError"),
        (ResourceFailed(""), "ResourceFailed"),
    ],
)
def test_expected_failures_speak_for_themselves_and_others_with_their_type(error: Exception, reason: str) -> None:
    assert reason_of(error) == reason


@pytest.mark.parametrize("error", [ValidationError("x"), NoUpdates(), UnknownResourceType("Test::Thing")])
def test_a_refusal_is_bad_input(error: Exception) -> None:
    assert isinstance(error, ValidationError)
    assert isinstance(error, InputError)


def test_the_words_that_the_cdk_reads_are_cloudformations() -> None:
    assert str(NoUpdates()) == "No updates are to be performed."
    assert "Unrecognized resource types: [Test::Thing]" in str(UnknownResourceType("Test::Thing"))
