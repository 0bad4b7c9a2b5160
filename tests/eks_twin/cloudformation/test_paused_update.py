"""Updates without rollback, and what follows them."""

import threading

from eks_twin.cloudformation import (
    OnFailure,
    Provisioned,
    Request,
    ResourceFailed,
    ResourceState,
)
from tests.eks_twin.cloudformation.building import (
    a_diamond,
    a_resource,
    a_template,
    an_account,
    get_att,
)


def test_on_failure_do_nothing_the_rest_goes_on_and_the_failed_one_is_brought_back() -> None:
    account = an_account()
    stack = account.create(a_diamond("small"))
    account.cloud.fail("update", "Left")
    account.listen = lambda event: account.cloud.failing.clear() if event.status == "UPDATE_FAILED" else None
    after = account.update(stack, a_diamond("large"), OnFailure.DO_NOTHING)
    assert after.status == "UPDATE_FAILED"
    assert {name: one["Size"] for name, one in account.cloud.live.items()} == {
        "Base-1": "large",
        "Left-1": "small",
        "Right-1": "large",
        "Tip-1": "small",
    }
    assert account.told("Left")[-3:] == ["UPDATE_FAILED", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"]


def test_after_do_nothing_the_same_update_does_the_rest() -> None:
    account = an_account()
    stack = account.create(a_diamond("small"))
    account.cloud.fail("update", "Left")
    stack = account.update(stack, a_diamond("large"), OnFailure.DO_NOTHING)
    account.cloud.failing.clear()
    account.cloud.calls.clear()
    after = account.update(stack, a_diamond("large"))
    assert after.status == "UPDATE_COMPLETE"
    assert account.cloud.asked("update") == ["Left", "Tip"]
    assert {one["Size"] for one in account.cloud.live.values()} == {"large"}


def test_after_do_nothing_a_rollback_returns_to_the_last_stable_state() -> None:
    account = an_account()
    stable = account.create(a_diamond("small"))
    was = dict(account.cloud.live)
    account.cloud.replacing = {"Base"}
    account.cloud.fail("update", "Left")
    account.cloud.fail("create", "New")
    stack = account.update(stable, a_diamond("large", New=a_resource()), OnFailure.DO_NOTHING)
    account.cloud.failing.clear()
    assert set(account.cloud.live) > set(was)
    after = account.executor.roll_back(stack)
    assert after.status == "UPDATE_ROLLBACK_COMPLETE"
    assert account.cloud.live == was


def test_what_was_updated_in_one_attempt_and_replaced_in_the_next_is_brought_back_too() -> None:
    account = an_account()
    stable = account.create(a_template(A=a_resource(Size="small"), B=a_resource()))
    account.cloud.fail("create", "C")
    broken = {"B": a_resource(), "C": a_resource()}
    stack = account.update(stable, a_template(A=a_resource(Size="middle"), **broken), OnFailure.DO_NOTHING)
    account.cloud.replacing = {"A"}
    account.listen = lambda event: account.cloud.replacing.clear() if "ROLLBACK" in event.status else None
    broken["C"] = a_resource("A")
    after = account.update(stack, a_template(A=a_resource(Size="large"), **broken))
    assert after.status == "UPDATE_ROLLBACK_COMPLETE"
    assert account.cloud.live == {"A-1": {"Size": "small"}, "B-1": {}}


def test_a_creation_left_as_it_failed_is_completed_by_an_update() -> None:
    account = an_account()
    account.cloud.live["half"] = {}
    account.cloud.fail("create", "Left", ResourceFailed("no answer", physical_id="half"))
    stack = account.create(a_diamond(), OnFailure.DO_NOTHING)
    account.cloud.failing.clear()
    after = account.update(stack, a_diamond())
    assert after.status == "UPDATE_COMPLETE"
    assert set(account.cloud.live) == {"Base-1", "Left-1", "Right-1", "Tip-1"}
    assert account.cloud.asked("update") == []


def test_an_update_of_a_stack_that_never_was_rolls_back_to_nothing() -> None:
    account = an_account()
    account.cloud.fail("create", "Left")
    stack = account.create(a_diamond(), OnFailure.DO_NOTHING)
    after = account.update(stack, a_diamond())
    assert after.status == "ROLLBACK_COMPLETE"
    assert account.cloud.live == {}


def test_what_failed_on_its_way_to_the_stable_properties_is_brought_there_again() -> None:
    """Nobody knows what it is like, though what was attempted is what it was."""
    account = an_account()
    stable = account.create(a_template(A=a_resource(Size="small")))
    account.cloud.fail("create", "C")
    stack = account.update(stable, a_template(A=a_resource(Size="large"), C=a_resource()), OnFailure.DO_NOTHING)
    account.cloud.fail("update", "A")
    account.listen = lambda event: account.cloud.failing.clear() if "ROLLBACK" in event.status else None
    after = account.update(stack, a_template(A=a_resource(Size="small"), D=a_resource()))
    assert after.status == "UPDATE_ROLLBACK_COMPLETE"
    assert account.cloud.live == {"A-1": {"Size": "small"}}


def test_the_failed_half_of_a_creation_is_deleted_whatever_the_update_replace_policy_says() -> None:
    account = an_account()
    account.cloud.live["half"] = {}
    account.cloud.fail("create", "A", ResourceFailed("no answer", physical_id="half"))
    template = a_template(A=a_resource() | {"UpdateReplacePolicy": "Retain"})
    stack = account.create(template, OnFailure.DO_NOTHING)
    account.cloud.failing.clear()
    account.update(stack, template)
    assert set(account.cloud.live) == {"A-1"}


def test_a_paused_update_can_be_taken_back_though_no_resource_changes() -> None:
    account = an_account()
    stack = account.create(a_template())
    broken = a_template({"Outputs": {"Url": {"Value": get_att("Thing", "Url")}}})
    stack = account.update(stack, broken, OnFailure.DO_NOTHING)
    assert stack.status == "UPDATE_FAILED"
    assert account.update(stack, a_template()).status == "UPDATE_COMPLETE"


def test_a_stop_does_not_reach_the_way_back_of_what_failed() -> None:
    account = an_account()
    stable = account.create(a_template(A=a_resource(Size="small")))
    stop, update = threading.Event(), account.cloud.update

    def watched(request: Request, before: ResourceState) -> Provisioned:
        stop.set()
        return update(request, before)

    account.cloud.update = watched  # type: ignore[method-assign]
    larger = a_template(A=a_resource(Size="large"))
    stack = account.executor.update(stable, larger, {}, on_failure=OnFailure.DO_NOTHING, stop=stop)
    assert stack.status == "UPDATE_FAILED"
    assert account.cloud.live == {"A-1": {"Size": "small"}}
