"""Updating a stack, where nothing fails."""

from dataclasses import replace
from typing import Any

import pytest

from eks_twin.cloudformation import (
    NoUpdates,
    Output,
    ValidationError,
)
from tests.eks_twin.cloudformation.building import (
    a_diamond,
    a_resource,
    a_template,
    an_account,
    get_att,
    ref,
)


def test_only_what_changes_is_touched() -> None:
    account = an_account()
    stack = account.create(a_template(A=a_resource(Size="small"), B=a_resource(Size="small")))
    after = account.update(stack, a_template(A=a_resource(Size="small"), B=a_resource(Size="large")))
    assert after.status == "UPDATE_COMPLETE"
    assert account.cloud.asked("update") == ["B"]
    assert account.cloud.live == {"A-1": {"Size": "small"}, "B-1": {"Size": "large"}}
    assert account.told("A") == ["CREATE_IN_PROGRESS", "CREATE_COMPLETE"]
    assert after.resources["B"].properties == {"Size": "large"}


def test_the_type_is_told_what_the_resource_was_like() -> None:
    account = an_account()
    stack = account.create(a_template(Thing=a_resource(Size="small")))
    account.update(stack, a_template(Thing=a_resource(Size="large")))
    before = account.cloud.calls[-1].before
    assert before == stack.resources["Thing"]


def test_the_events_of_an_update() -> None:
    account = an_account()
    stack = account.create(a_template(Thing=a_resource(Size="small"), Old=a_resource()))
    account.events.clear()
    account.update(stack, a_template(Thing=a_resource(Size="large"), New=a_resource("Thing")))
    assert [(event.logical_id, event.status) for event in account.events] == [
        ("shop", "UPDATE_IN_PROGRESS"),
        ("Thing", "UPDATE_IN_PROGRESS"),
        ("Thing", "UPDATE_COMPLETE"),
        ("New", "CREATE_IN_PROGRESS"),
        ("New", "CREATE_COMPLETE"),
        ("shop", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"),
        ("Old", "DELETE_IN_PROGRESS"),
        ("Old", "DELETE_COMPLETE"),
        ("shop", "UPDATE_COMPLETE"),
    ]


def test_what_the_template_no_longer_has_is_deleted_last_and_in_reverse_order() -> None:
    account = an_account()
    stack = account.create(a_diamond())
    after = account.update(stack, a_template(New=a_resource()))
    assert [call.verb for call in account.cloud.calls[4:]] == ["create", "delete", "delete", "delete", "delete"]
    deleted = account.cloud.asked("delete")
    assert (deleted[0], deleted[-1]) == ("Tip", "Base")
    assert set(after.resources) == {"New"}


def test_a_replaced_resource_is_deleted_after_its_dependants_have_moved_to_the_new_one() -> None:
    account = an_account()
    stack = account.create(a_diamond())
    account.cloud.replacing = {"Base"}
    after = account.update(
        stack,
        a_template(
            {"Outputs": {"Address": {"Value": get_att("Tip"), "Export": {"Name": "address"}}}},
            Base=a_resource(Size="large"),
            Left=a_resource(Size="small", Of=ref("Base")),
            Right=a_resource(Size="small", Of=get_att("Base")),
            Tip=a_resource("Right", Size="small", Of={"Fn::Sub": "${Left} and ${Left.Arn}"}),
        ),
    )
    assert after.status == "UPDATE_COMPLETE"
    assert account.cloud.live == {
        "Base-2": {"Size": "large"},
        "Left-1": {"Size": "small", "Of": "Base-2"},
        "Right-1": {"Size": "small", "Of": "arn:Base-2"},
        "Tip-1": {"Size": "small", "Of": "Left-1 and arn:Left-1"},
    }
    assert account.cloud.asked("update")[0] == "Base"
    assert set(account.cloud.asked("update")) == {"Base", "Left", "Right"}
    assert account.cloud.calls[-1].verb == "delete"
    assert account.cloud.calls[-1].before == stack.resources["Base"]
    assert "creation of a new physical resource" in str(account.reasons("UPDATE_IN_PROGRESS"))


@pytest.mark.parametrize(("policy", "left"), [("Retain", {"Thing-1", "Thing-2"}), ("Delete", {"Thing-2"})])
def test_the_update_replace_policy_keeps_what_is_replaced(policy: str, left: set[str]) -> None:
    account = an_account()
    stack = account.create(a_template(Thing=a_resource(Size="small") | {"UpdateReplacePolicy": policy}))
    account.cloud.replacing = {"Thing"}
    account.update(stack, a_template(Thing=a_resource(Size="large") | {"UpdateReplacePolicy": policy}))
    assert set(account.cloud.live) == left


@pytest.mark.parametrize(
    ("policy", "left"), [("Retain", True), ("RetainExceptOnCreate", True), ("Snapshot", True), ("Delete", False)]
)
def test_the_deletion_policy_keeps_what_is_removed(policy: str, left: bool) -> None:
    account = an_account()
    stack = account.create(a_template(Thing=a_resource(), Kept=a_resource() | {"DeletionPolicy": policy}))
    after = account.update(stack, a_template(Thing=a_resource()))
    assert ("Kept-1" in account.cloud.live) == left
    assert "Kept" not in after.resources
    assert account.told("Kept")[-1] == ("DELETE_SKIPPED" if left else "DELETE_COMPLETE")


def test_a_kept_snapshot_says_that_there_is_none() -> None:
    account = an_account()
    stack = account.create(a_template(Thing=a_resource(), Kept=a_resource() | {"DeletionPolicy": "Snapshot"}))
    account.update(stack, a_template(Thing=a_resource()))
    assert "Nobody takes snapshots here" in account.reasons("DELETE_SKIPPED")["Kept"]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"Metadata": {"aws:cdk:path": "elsewhere"}},
        {"DeletionPolicy": "Retain"},
        {"Condition": "Always"},
    ],
)
def test_an_update_without_effect_is_refused_and_nothing_happens(change: dict[str, Any]) -> None:
    account = an_account()
    sections = {"Conditions": {"Always": {"Fn::Equals": ["a", "a"]}}}
    stack = account.create(a_template(sections, Thing=a_resource(Size="small")))
    told = len(account.events)
    with pytest.raises(NoUpdates, match=r"^No updates are to be performed\.$"):
        account.update(stack, a_template(sections, Thing=a_resource(Size="small") | change))
    assert len(account.events) == told
    assert account.cloud.asked("update") == []


def test_metadata_that_changes_along_with_something_else_is_kept() -> None:
    account = an_account()
    stack = account.create(a_template(A=a_resource(), B=a_resource()))
    metadata = {"Metadata": {"owner": "me"}, "DeletionPolicy": "Retain"}
    after = account.update(stack, a_template(A=a_resource() | metadata, B=a_resource(Size="large")))
    assert account.cloud.asked("update") == ["B"]
    assert after.resources["A"].metadata == {"owner": "me"}
    assert after.resources["A"].deletion_policy == "Retain"


def test_true_and_one_are_different_properties() -> None:
    """Python takes them for equal, and the update would be lost."""
    account = an_account()
    stack = account.create(a_template(Thing=a_resource(Count=1)))
    account.update(stack, a_template(Thing=a_resource(Count=True)))
    assert account.cloud.asked("update") == ["Thing"]


def test_outputs_alone_are_an_update() -> None:
    account = an_account()
    stack = account.create(a_template())
    after = account.update(stack, a_template({"Outputs": {"Arn": {"Value": get_att("Thing")}}}))
    assert after.status == "UPDATE_COMPLETE"
    assert after.outputs == (Output("Arn", "arn:Thing-1"),)
    assert account.cloud.asked("update") == []


def test_a_changed_type_is_refused_as_cloudformation_does() -> None:
    account = an_account()
    stack = account.create(a_template(Thing=a_resource()))
    with pytest.raises(ValidationError, match=r"Update of resource type is not permitted.*\[Thing\]"):
        account.update(stack, a_template(Thing=a_resource(kind="Test::Other")))


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "UPDATE_ROLLBACK_FAILED", "DELETE_FAILED"])
def test_a_stack_that_can_only_be_deleted_is_not_updated(status: str) -> None:
    account = an_account()
    stack = replace(account.create(a_diamond("small")), status=status)
    with pytest.raises(ValidationError, match=f"is in {status} state and can not be updated"):
        account.update(stack, a_diamond("large"))
