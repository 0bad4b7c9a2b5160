"""Deleting a stack."""

import threading
from dataclasses import replace

import pytest

from eks_twin.cloudformation import ResourceFailed, StackState, ValidationError
from tests.eks_twin.cloudformation.building import DIAMOND, IDENTITY, a_diamond, a_resource, a_template, an_account

NEEDED_BY = {"Base": {"Left", "Right", "Tip"}, "Left": {"Tip"}, "Right": {"Tip"}, "Tip": set()}


def test_everything_goes_each_after_what_depends_on_it() -> None:
    account = an_account()
    stack = account.create(a_diamond())
    after = account.executor.delete(stack)
    assert after.status == "DELETE_COMPLETE"
    assert account.cloud.live == {}
    deleted = account.cloud.asked("delete")
    assert (deleted[0], deleted[-1]) == ("Tip", "Base")
    assert (after.resources, after.outputs) == ({}, ())


def test_the_events_of_a_deletion() -> None:
    account = an_account()
    stack = account.create(a_template())
    account.events.clear()
    account.executor.delete(stack)
    assert [(event.logical_id, event.status, event.reason, event.physical_id) for event in account.events] == [
        ("shop", "DELETE_IN_PROGRESS", "User Initiated", stack.identity.id),
        ("Thing", "DELETE_IN_PROGRESS", "", "Thing-1"),
        ("Thing", "DELETE_COMPLETE", "", "Thing-1"),
        ("shop", "DELETE_COMPLETE", "", stack.identity.id),
    ]


def test_the_type_gets_the_properties_that_the_resource_has() -> None:
    account = an_account()
    stack = account.create(a_template(Thing=a_resource(Size="small")))
    account.executor.delete(stack)
    assert account.cloud.calls[-1].properties == {"Size": "small"}
    assert account.cloud.calls[-1].before == stack.resources["Thing"]


def test_independent_resources_are_deleted_at_the_same_time() -> None:
    account = an_account()
    stack = account.create(a_diamond())
    together = threading.Barrier(2, timeout=10)

    def meet(_verb: str, logical_id: str) -> None:
        if logical_id in ("Left", "Right"):
            together.wait()

    account.cloud.hook = meet
    assert account.executor.delete(stack).status == "DELETE_COMPLETE"


@pytest.mark.parametrize("failing", DIAMOND)
def test_whichever_deletion_fails_what_it_depends_on_stays_and_a_retry_does_the_rest(failing: str) -> None:
    account = an_account()
    stack = account.create(a_diamond())
    account.cloud.fail("delete", failing, ResourceFailed("still in use"))
    after = account.executor.delete(stack)
    left = {failing} | {name for name in DIAMOND if failing in NEEDED_BY[name]}
    assert after.status == "DELETE_FAILED"
    assert after.reason == f"The following resource(s) failed to delete: [{failing}]."
    assert account.reasons("DELETE_FAILED") == {"shop": after.reason, failing: "still in use"}
    assert set(after.resources) == left
    assert after.resources[failing].status == "DELETE_FAILED"
    assert set(account.cloud.live) == {f"{name}-1" for name in left}
    account.cloud.failing.clear()
    account.cloud.calls.clear()
    assert account.executor.delete(after).status == "DELETE_COMPLETE"
    assert account.cloud.live == {}
    assert set(account.cloud.asked("delete")) == left


@pytest.mark.parametrize("policy", ["Retain", "RetainExceptOnCreate", "Snapshot"])
def test_a_resource_with_such_a_policy_stays_and_the_stack_goes(policy: str) -> None:
    account = an_account()
    stack = account.create(a_template(Kept=a_resource() | {"DeletionPolicy": policy}, Top=a_resource("Kept")))
    after = account.executor.delete(stack)
    assert after.status == "DELETE_COMPLETE"
    assert set(account.cloud.live) == {"Kept-1"}
    assert f"Its DeletionPolicy is {policy}." in account.reasons("DELETE_SKIPPED")["Kept"]


def test_what_cannot_be_deleted_can_be_retained() -> None:
    account = an_account()
    stack = account.create(a_diamond())
    account.cloud.fail("delete", "Left")
    stack = account.executor.delete(stack)
    after = account.executor.delete(stack, retain=["Left"])
    assert after.status == "DELETE_COMPLETE"
    assert set(account.cloud.live) == {"Left-1"}


def test_only_resources_of_a_stack_whose_deletion_failed_can_be_retained() -> None:
    account = an_account()
    stack = account.create(a_diamond())
    with pytest.raises(ValidationError, match="RetainResources"):
        account.executor.delete(stack, retain=["Left"])
    with pytest.raises(ValidationError, match="Elsewhere"):
        account.executor.delete(replace(stack, status="DELETE_FAILED"), retain=["Elsewhere"])


def test_a_stack_that_is_gone_is_not_deleted() -> None:
    account = an_account()
    stack = replace(account.create(a_template()), status="DELETE_COMPLETE")
    with pytest.raises(ValidationError, match="is in DELETE_COMPLETE state"):
        account.executor.delete(stack)


def test_a_stack_that_is_only_under_review_is_deleted() -> None:
    account = an_account()
    assert account.executor.delete(StackState(IDENTITY, "REVIEW_IN_PROGRESS")).status == "DELETE_COMPLETE"


def test_an_export_in_use_keeps_the_stack_as_it_is() -> None:
    account = an_account(importers={"address": ["billing"]})
    stack = account.create(a_diamond())
    after = account.executor.delete(stack)
    assert after == replace(stack, reason="Export address cannot be deleted as it is in use by billing")
    assert account.events[-1].status == "CREATE_COMPLETE"
    assert account.cloud.asked("delete") == []


def test_the_deletion_of_a_stack_whose_rollback_failed_takes_its_leftovers_too() -> None:
    account = an_account()
    stack = account.create(a_diamond("small"))
    account.cloud.replacing = {"Base"}
    account.cloud.fail("update", "Left")
    stack = account.update(stack, a_diamond("large"))
    assert stack.status == "UPDATE_ROLLBACK_FAILED"
    assert {"Base-1", "Base-2"} <= set(account.cloud.live)
    account.cloud.failing.clear()
    assert account.executor.delete(stack).status == "DELETE_COMPLETE"
    assert account.cloud.live == {}


def test_a_leftover_that_cannot_be_deleted_is_tried_again_too() -> None:
    account = an_account()
    stack = account.create(a_diamond("small"))
    account.cloud.replacing = {"Base"}
    account.cloud.fail("update", "Left")
    stack = account.update(stack, a_diamond("large"))
    account.cloud.failing.clear()
    account.cloud.fail("delete", "Base")
    stack = account.executor.delete(stack)
    assert stack.status == "DELETE_FAILED"
    assert set(account.cloud.live) == {"Base-1", "Base-2"}
    account.cloud.failing.clear()
    assert account.executor.delete(stack).status == "DELETE_COMPLETE"
    assert account.cloud.live == {}
