"""A creation in which something fails."""

import pytest

from eks_twin.cloudformation import (
    OnFailure,
    ResourceFailed,
)
from tests.eks_twin.cloudformation.building import (
    DIAMOND,
    a_diamond,
    a_resource,
    a_template,
    an_account,
    get_att,
)


@pytest.mark.parametrize("failing", DIAMOND)
def test_whichever_resource_fails_nothing_is_left_and_the_reason_is_told(failing: str) -> None:
    account = an_account()
    account.cloud.fail("create", failing, ResourceFailed("the disk is full"))
    stack = account.create(a_diamond())
    assert stack.status == "ROLLBACK_COMPLETE"
    assert account.cloud.live == {}
    assert stack.resources == {}
    assert account.reasons("CREATE_FAILED")[failing] == "the disk is full"
    assert failing in stack.reason
    assert account.told() == ["CREATE_IN_PROGRESS", "ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETE"]


def test_the_rollback_deletes_in_reverse_order() -> None:
    account = an_account()
    account.cloud.fail("create", "Tip")
    account.create(a_diamond())
    deleted = account.cloud.asked("delete")
    assert sorted(deleted) == ["Base", "Left", "Right"]
    assert deleted[-1] == "Base"


def test_the_stacks_reason_names_what_failed() -> None:
    account = an_account()
    account.cloud.fail("create", "Tip")
    account.create(a_diamond())
    assert account.reasons("ROLLBACK_IN_PROGRESS") == {
        "shop": "The following resource(s) failed to create: [Tip]. Rollback requested by user."
    }


def test_an_unexpected_exception_is_a_failure_with_its_type() -> None:
    account = an_account()
    account.cloud.fail("create", "Thing", KeyError("QueueName"))
    account.create(a_template())
    assert account.reasons("CREATE_FAILED") == {"Thing": "KeyError: 'QueueName'"}


def test_an_exception_without_words_is_a_failure_too() -> None:
    account = an_account()
    account.cloud.fail("create", "Thing", TimeoutError())
    account.create(a_template())
    assert account.reasons("CREATE_FAILED") == {"Thing": "TimeoutError"}


def test_what_a_failed_creation_made_nevertheless_is_deleted() -> None:
    account = an_account()
    account.cloud.live["half"] = {}
    account.cloud.fail("create", "Thing", ResourceFailed("no answer", physical_id="half"))
    assert account.create(a_template()).status == "ROLLBACK_COMPLETE"
    assert account.cloud.live == {}


def test_an_attribute_that_does_not_exist_fails_the_resource_that_asks_for_it() -> None:
    account = an_account()
    account.create(a_template(A=a_resource(), B=a_resource(Of=get_att("A", "Ann"))))
    (reason,) = account.reasons("CREATE_FAILED").values()
    assert "A, a Test::Thing, has no attribute Ann" in reason
    assert account.cloud.live == {}


def test_an_output_that_cannot_be_worked_out_rolls_the_stack_back() -> None:
    account = an_account()
    outputs = {"Outputs": {"Arn": {"Value": get_att("Thing", "Nonsense")}}}
    stack = account.create(a_template(outputs))
    assert stack.status == "ROLLBACK_COMPLETE"
    assert "Output Arn" in stack.reason
    assert account.cloud.live == {}


def test_a_delete_that_fails_makes_the_rollback_fail_and_keeps_what_is_left() -> None:
    account = an_account()
    account.cloud.fail("create", "Tip")
    account.cloud.fail("delete", "Left")
    stack = account.create(a_diamond())
    assert stack.status == "ROLLBACK_FAILED"
    assert stack.reason == "The following resource(s) failed to delete: [Left]."
    assert set(stack.resources) == {"Base", "Left"}
    assert set(account.cloud.live) == {"Base-1", "Left-1"}
    account.cloud.failing.clear()
    assert account.executor.delete(stack).status == "DELETE_COMPLETE"
    assert account.cloud.live == {}


@pytest.mark.parametrize(("policy", "left"), [("Retain", {"Kept-1"}), ("Snapshot", {"Kept-1"}), ("Delete", set())])
def test_the_rollback_obeys_the_deletion_policy(policy: str, left: set[str]) -> None:
    account = an_account()
    account.cloud.fail("create", "Last")
    template = a_template(Kept=a_resource() | {"DeletionPolicy": policy}, Last=a_resource("Kept"))
    assert account.create(template).status == "ROLLBACK_COMPLETE"
    assert set(account.cloud.live) == left
    assert ("DELETE_SKIPPED" in account.told("Kept")) == bool(left)


def test_retain_except_on_create_keeps_nothing_in_the_rollback_of_a_creation() -> None:
    account = an_account()
    account.cloud.fail("create", "Last")
    account.create(a_template(Kept=a_resource() | {"DeletionPolicy": "RetainExceptOnCreate"}, Last=a_resource("Kept")))
    assert account.cloud.live == {}


def test_on_failure_delete_the_stack_goes_too() -> None:
    account = an_account()
    account.cloud.fail("create", "Tip")
    stack = account.create(a_diamond(), OnFailure.DELETE)
    assert stack.status == "DELETE_COMPLETE"
    assert account.told() == ["CREATE_IN_PROGRESS", "DELETE_IN_PROGRESS", "DELETE_COMPLETE"]
    assert account.cloud.live == {}


def test_on_failure_do_nothing_goes_on_with_what_does_not_depend_on_it() -> None:
    account = an_account()
    account.cloud.fail("create", "Left")
    template = a_diamond(Beyond=a_resource("Right"))
    stack = account.create(template, OnFailure.DO_NOTHING)
    assert stack.status == "CREATE_FAILED"
    assert stack.reason == "The following resource(s) failed to create: [Left]."
    assert set(account.cloud.live) == {"Base-1", "Right-1", "Beyond-1"}
    assert stack.resources["Left"].status == "CREATE_FAILED"
    assert account.told() == ["CREATE_IN_PROGRESS", "CREATE_FAILED"]
