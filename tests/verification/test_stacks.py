from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError

from api_platform.errors import InputError
from api_platform.verification.result import VerificationResult
from api_platform.verification.stacks import stack_names, verify_stacks
from tests.verification.stubbed_account import StubbedSession, staging

NOW = datetime(2026, 11, 28, tzinfo=UTC)
MISSING = "missing"


def verified(states: Mapping[str, str]) -> VerificationResult:
    """Return what is said of stacks that are complete but for these."""
    with StubbedSession.of("cloudformation") as session:
        stub = session.stubs["cloudformation"]
        for stack in stack_names(staging()):
            state = states.get(stack, "UPDATE_COMPLETE")
            if state == MISSING:
                stub.add_client_error("describe_stacks", "ValidationError", f"Stack with id {stack} does not exist")
            else:
                found = {"StackName": stack, "CreationTime": NOW, "StackStatus": state}
                stub.add_response("describe_stacks", {"Stacks": [found]}, {"StackName": stack})
        return verify_stacks(session.account())


@pytest.mark.parametrize("state", ["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"])
def test_complete_stacks_are_no_failure(state: str) -> None:
    result = verified(dict.fromkeys(stack_names(staging()), state))
    assert (result.summary, result.failures) == ("stacks: 10 of 10 are complete", [])


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (MISSING, "is not there"),
        ("ROLLBACK_COMPLETE", "its last change was not made"),
        ("UPDATE_IN_PROGRESS", "still at work"),
        ("REVIEW_IN_PROGRESS", "still at work"),
    ],
)
def test_any_other_state_is_one_with_the_way_to_its_events(state: str, says: str) -> None:
    """A stack whose creation was rolled back is COMPLETE, too, and holds nothing."""
    result = verified({"staging-api-service": state})
    (failure,) = result.failures
    assert result.summary == "stacks: 9 of 10 are complete"
    assert failure.startswith("staging-api-service: is")
    assert says in failure
    assert "describe-stack-events --stack-name staging-api-service" in failure


def test_another_refusal_is_none_of_the_stack_s() -> None:
    with StubbedSession.of("cloudformation") as session:
        session.stubs["cloudformation"].add_client_error("describe_stacks", "AccessDenied", "said by AWS")
        with pytest.raises(InputError, match="read the stacks of staging: the AWS credentials do not allow it"):
            verify_stacks(session.account())
    with StubbedSession.of("cloudformation") as session:
        session.stubs["cloudformation"].add_client_error("describe_stacks", "Throttling", "said by AWS")
        with pytest.raises(ClientError, match="Throttling"):
            verify_stacks(session.account())
