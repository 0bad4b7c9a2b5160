"""What becomes of the others when one resource fails, or somebody stops it all."""

import threading

from eks_twin.cloudformation import (
    Deployed,
    Request,
    ResourceCancelled,
)
from tests.eks_twin.cloudformation.building import (
    IDENTITY,
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


def test_a_type_that_waits_can_see_that_it_is_cancelled_and_give_up() -> None:
    account = an_account()
    fail_right_while_left_is_in_flight(account)
    account.cloud.live["half"] = {}
    account.cloud.fail("create", "Left", ResourceCancelled(physical_id="half"))
    account.create(a_diamond())
    assert account.reasons("CREATE_FAILED")["Left"] == "Resource creation cancelled"
    assert account.cloud.live == {}


def test_the_request_says_when_the_operation_has_failed_elsewhere() -> None:
    account = an_account()
    seen = []
    fail_right_while_left_is_in_flight(account)
    create = account.cloud.create

    def look(request: Request) -> Deployed:
        before = request.cancelled()
        deployed = create(request)
        seen.append((request.logical_id, before, request.cancelled()))
        return deployed

    account.cloud.create = look  # type: ignore[method-assign]
    account.create(a_diamond())
    assert ("Left", False, True) in seen


def test_a_stop_from_outside_ends_like_a_failure() -> None:
    account = an_account()
    stop = threading.Event()
    account.listen = lambda event: stop.set() if event.status == "CREATE_COMPLETE" else None
    stack = account.executor.create(IDENTITY, a_diamond(), {}, stop=stop)
    assert stack.status == "ROLLBACK_COMPLETE"
    assert stack.reason.startswith("The operation was stopped.")
    assert account.cloud.asked("create") == ["Base"]
    assert account.cloud.live == {}
