"""An update in which something fails."""

import threading
from dataclasses import replace

import pytest

from eks_twin.cloudformation import (
    ResourceFailed,
)
from tests.eks_twin.cloudformation.building import (
    DIAMOND,
    a_diamond,
    a_resource,
    a_template,
    an_account,
)


@pytest.mark.parametrize("failing", DIAMOND)
def test_whichever_update_fails_everything_is_as_it_was_to_the_byte(failing: str) -> None:
    account = an_account()
    stack = account.create(a_diamond("small"))
    was = dict(account.cloud.live)
    account.cloud.fail("update", failing)
    account.listen = lambda event: account.cloud.failing.clear() if "ROLLBACK" in event.status else None
    after = account.update(stack, a_diamond("large", New=a_resource()))
    assert after.status == "UPDATE_ROLLBACK_COMPLETE"
    assert account.cloud.live == was
    assert failing in after.reason
    assert replace(after, status=stack.status, reason=stack.reason, resources=stack.resources) == stack
    assert all(after.resources[name].like(stack.resources[name]) for name in DIAMOND)
    assert set(after.resources) == set(DIAMOND)


@pytest.mark.parametrize("failing", DIAMOND)
@pytest.mark.parametrize("replaced", DIAMOND)
def test_a_rollback_keeps_the_old_one_of_what_was_replaced(replaced: str, failing: str) -> None:
    account = an_account()
    stack = account.create(a_diamond("small"))
    was = dict(account.cloud.live)
    account.cloud.replacing = {replaced}
    account.cloud.fail("update", failing)
    account.listen = lambda event: account.cloud.failing.clear() if "ROLLBACK" in event.status else None
    after = account.update(stack, a_diamond("large"))
    expected = dict(was)
    if replaced == failing:  # its type failed, and then answers the way back with a new one
        expected[f"{replaced}-2"] = expected.pop(f"{replaced}-1")
    assert after.status == "UPDATE_ROLLBACK_COMPLETE"
    assert account.cloud.live == expected


@pytest.mark.parametrize("failing", DIAMOND)
def test_whichever_creation_of_an_update_fails_what_is_new_is_gone(failing: str) -> None:
    account = an_account()
    stack = account.create(a_template(Thing=a_resource(Size="small")))
    account.cloud.fail("create", failing)
    after = account.update(stack, a_diamond(Thing=a_resource(Size="large")))
    assert after.status == "UPDATE_ROLLBACK_COMPLETE"
    assert account.cloud.live == {"Thing-1": {"Size": "small"}}
    assert "failed to create" in account.reasons("UPDATE_ROLLBACK_IN_PROGRESS")["shop"]


def test_the_events_of_an_update_that_is_rolled_back() -> None:
    account = an_account()
    stack = account.create(a_template(Thing=a_resource(Size="small")))
    account.events.clear()
    account.cloud.fail("create", "New")
    account.update(stack, a_template(Thing=a_resource(Size="large"), New=a_resource("Thing")))
    assert [(event.logical_id, event.status, event.reason) for event in account.events] == [
        ("shop", "UPDATE_IN_PROGRESS", "User Initiated"),
        ("Thing", "UPDATE_IN_PROGRESS", ""),
        ("Thing", "UPDATE_COMPLETE", ""),
        ("New", "CREATE_IN_PROGRESS", ""),
        ("New", "CREATE_FAILED", "no create of New"),
        ("shop", "UPDATE_ROLLBACK_IN_PROGRESS", "The following resource(s) failed to create: [New]."),
        ("Thing", "UPDATE_IN_PROGRESS", ""),
        ("Thing", "UPDATE_COMPLETE", ""),
        ("shop", "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", ""),
        ("New", "DELETE_COMPLETE", ""),
        ("shop", "UPDATE_ROLLBACK_COMPLETE", ""),
    ]


def test_what_a_failed_replacement_made_nevertheless_is_deleted() -> None:
    account = an_account()
    stack = account.create(a_template(Thing=a_resource(Size="small")))
    account.cloud.live["half"] = {}
    account.cloud.fail("update", "Thing", ResourceFailed("no answer", physical_id="half"))
    account.listen = lambda event: account.cloud.failing.clear() if "ROLLBACK" in event.status else None
    account.update(stack, a_template(Thing=a_resource(Size="large")))
    assert account.cloud.live == {"Thing-1": {"Size": "small"}}


@pytest.mark.parametrize(("policy", "left"), [("Retain", True), ("RetainExceptOnCreate", False), ("Delete", False)])
def test_a_rollback_obeys_the_deletion_policy_of_what_is_new(policy: str, left: bool) -> None:
    account = an_account()
    stack = account.create(a_template(Thing=a_resource(Size="small")))
    account.cloud.fail("update", "Thing")
    account.listen = lambda event: account.cloud.failing.clear() if "ROLLBACK" in event.status else None
    new = a_resource() | {"DeletionPolicy": policy}
    account.update(stack, a_template(New=new, Thing=a_resource("New", Size="large")))
    assert ("New-1" in account.cloud.live) == left


@pytest.mark.parametrize("failing", DIAMOND)
def test_a_clean_up_that_fails_is_told_and_the_update_holds(failing: str) -> None:
    account = an_account()
    stack = account.create(a_diamond())
    account.cloud.fail("delete", failing)
    after = account.update(stack, a_template(New=a_resource()))
    assert after.status == "UPDATE_COMPLETE"
    assert after.reason == "Update successful. One or more resources could not be deleted."
    assert set(after.resources) == {"New"}
    assert account.cloud.asked("delete").count(failing) == 3
    assert set(account.cloud.live) == {"New-1", f"{failing}-1"}


def test_a_clean_up_tries_again() -> None:
    account = an_account()
    stack = account.create(a_template(Thing=a_resource(), Old=a_resource()))
    account.cloud.fail("delete", "Old")
    account.listen = lambda event: account.cloud.failing.clear() if event.status == "DELETE_FAILED" else None
    after = account.update(stack, a_template())
    assert (after.status, after.reason) == ("UPDATE_COMPLETE", "")
    assert set(account.cloud.live) == {"Thing-1"}


def test_a_stop_from_outside_rolls_the_update_back() -> None:
    account = an_account()
    stack = account.create(a_diamond("small"))
    stop = threading.Event()
    account.listen = lambda event: stop.set() if event.status == "UPDATE_COMPLETE" else None
    after = account.executor.update(stack, a_diamond("large"), {}, stop=stop)
    assert after.status == "UPDATE_ROLLBACK_COMPLETE"
    assert {one["Size"] for one in account.cloud.live.values()} == {"small"}


def test_a_stop_is_no_success_where_all_that_is_left_is_untouched_or_new() -> None:
    """What is untouched ends at once: the new resource behind it must not be forgotten."""
    account = an_account()
    stack = account.create(a_template(A=a_resource()))
    stop = threading.Event()
    stop.set()
    after = account.executor.update(stack, a_template(A=a_resource(), B=a_resource("A")), {}, stop=stop)
    assert after.status == "UPDATE_ROLLBACK_COMPLETE"


def test_the_new_half_of_a_replacement_is_deleted_whatever_its_policies_say() -> None:
    """They are about the old one, which stays anyway; the other would be left over for nobody."""
    account = an_account()
    kept = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
    stack = account.create(a_template(A=a_resource(Size="small") | kept))
    account.cloud.replacing = {"A"}
    account.cloud.fail("create", "B")
    account.update(stack, a_template(A=a_resource(Size="large") | kept, B=a_resource("A")))
    assert account.cloud.live == {"A-1": {"Size": "small"}}


def test_a_stop_comes_too_late_for_the_clean_up() -> None:
    account = an_account()
    stack = account.create(a_template(A=a_resource(), Old=a_resource()))
    stop = threading.Event()
    account.listen = lambda event: stop.set() if "CLEANUP" in event.status else None
    after = account.executor.update(stack, a_template(A=a_resource()), {}, stop=stop)
    assert after.status == "UPDATE_COMPLETE"
    assert set(account.cloud.live) == {"A-1"}
