"""What becomes of the others when one resource fails."""

from tests.eks_twin.cloudformation.building import (
    a_diamond,
    a_resource,
    a_template,
    an_account,
    fail_right_while_left_is_in_flight,
)


def test_a_sibling_in_flight_is_cancelled_and_deleted() -> None:
    account = an_account()
    fail_right_while_left_is_in_flight(account)
    stack = account.create(a_diamond())
    assert stack.status == "ROLLBACK_COMPLETE"
    assert account.reasons("CREATE_FAILED") == {"Right": "no create of Right", "Left": "Resource creation cancelled"}
    assert account.cloud.live == {}
    assert account.cloud.asked("create") == ["Base", "Right", "Left"]


def test_a_sibling_that_waits_for_a_thread_is_cancelled_without_being_created() -> None:
    account = an_account(parallel=1)
    account.cloud.fail("create", "First")
    account.create(a_template(First=a_resource(), Second=a_resource()))
    assert account.cloud.asked("create") == ["First"]
    assert account.reasons("CREATE_FAILED")["Second"] == "Resource creation cancelled"
