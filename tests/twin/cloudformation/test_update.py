"""Updating a stack."""

import threading
from dataclasses import replace
from typing import Any

import pytest

from api_platform.twin.cloudformation import (
    NoUpdates,
    OnFailure,
    Output,
    ResourceFailed,
    ValidationError,
    to_data,
)
from tests.twin.cloudformation.building import (
    DIAMOND,
    a_diamond,
    a_resource,
    a_template,
    an_account,
    get_att,
    ref,
)
from tests.twin.cloudformation.fakes import ReadableCloud


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
    assert {**to_data(after), "status": "", "reason": "", "resources": {}} == {
        **to_data(stack),
        "status": "",
        "reason": "",
        "resources": {},
    }
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


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "UPDATE_ROLLBACK_FAILED", "DELETE_FAILED"])
def test_a_stack_that_can_only_be_deleted_is_not_updated(status: str) -> None:
    account = an_account()
    stack = replace(account.create(a_diamond("small")), status=status)
    with pytest.raises(ValidationError, match=f"is in {status} state and can not be updated"):
        account.update(stack, a_diamond("large"))


def test_a_new_attribute_of_an_untouched_resource_is_read_from_its_type() -> None:
    account = an_account(cloud=ReadableCloud())
    stack = account.create(a_template())
    after = account.update(stack, a_template({"Outputs": {"Url": {"Value": get_att("Thing", "Url")}}}))
    assert after.outputs == (Output("Url", "url:Thing-1"),)


def test_without_that_a_new_attribute_fails_the_update() -> None:
    account = an_account()
    stack = account.create(a_template())
    after = account.update(stack, a_template({"Outputs": {"Url": {"Value": get_att("Thing", "Url")}}}))
    assert after.status == "UPDATE_ROLLBACK_COMPLETE"
    assert "Thing, a Test::Thing, has no attribute Url" in after.reason


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
