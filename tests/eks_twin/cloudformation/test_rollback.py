"""Bringing a stack back, also in a second attempt."""

from dataclasses import replace

import pytest

from eks_twin.cloudformation import OnFailure, Provisioned, Request, ResourceState, ValidationError
from tests.eks_twin.cloudformation.building import DIAMOND, a_diamond, a_resource, a_template, an_account


@pytest.mark.parametrize("failing", DIAMOND)
def test_a_rollback_that_fails_says_so_and_can_be_continued(failing: str) -> None:
    account = an_account()
    stable = account.create(a_diamond("small"))
    was = dict(account.cloud.live)
    account.cloud.fail("update", failing)  # on the way there, and on the way back
    stack = account.update(stable, a_diamond("large", New=a_resource()))
    assert stack.status == "UPDATE_ROLLBACK_FAILED"
    assert stack.reason == f"The following resource(s) failed to update: [{failing}]."
    assert stack.resources[failing].status == "UPDATE_FAILED"
    account.cloud.failing.clear()
    after = account.executor.roll_back(stack)
    assert after.status == "UPDATE_ROLLBACK_COMPLETE"
    assert account.cloud.live == was
    assert after.template == stable.template


def test_what_is_back_already_is_not_brought_back_again() -> None:
    account = an_account()
    stable = account.create(a_template(A=a_resource(Size="small"), B=a_resource("A", Size="small")))
    account.cloud.fail("update", "B")
    stack = account.update(stable, a_template(A=a_resource(Size="large"), B=a_resource("A", Size="large")))
    account.cloud.failing.clear()
    account.cloud.calls.clear()
    account.executor.roll_back(stack)
    assert account.cloud.asked("update") == ["B"]


def test_what_depends_on_a_resource_is_brought_back_after_it_and_not_without_it() -> None:
    account = an_account()
    stable = account.create(a_template(A=a_resource(Size="small"), B=a_resource("A", Size="small")))
    account.cloud.fail("create", "C")
    account.listen = lambda event: account.cloud.fail("update", "A") if "ROLLBACK" in event.status else None
    changed = {"A": a_resource(Size="large"), "B": a_resource("A", Size="large")}
    stack = account.update(stable, a_template(**changed, C=a_resource("B")))
    assert stack.status == "UPDATE_ROLLBACK_FAILED"
    assert account.cloud.asked("update") == ["A", "B", "A"]


def test_a_resource_that_cannot_be_brought_back_can_be_skipped() -> None:
    account = an_account()
    stable = account.create(a_diamond("small"))
    account.cloud.fail("update", "Left")
    stack = account.update(stable, a_diamond("large"))
    after = account.executor.roll_back(stack, skip=["Left"])
    assert after.status == "UPDATE_ROLLBACK_COMPLETE"
    assert after.resources["Left"].properties["Size"] == "small"
    assert account.cloud.asked("update").count("Left") == 2
    assert account.told("Left")[-1] == "UPDATE_COMPLETE"


def test_a_rollback_is_told_to_the_type_from_what_was_attempted() -> None:
    account = an_account()
    stable = account.create(a_template(Thing=a_resource(Size="small")))
    account.cloud.fail("update", "Thing")
    account.listen = lambda event: account.cloud.failing.clear() if "ROLLBACK" in event.status else None
    account.update(stable, a_template(Thing=a_resource(Size="large")))
    back = account.cloud.calls[-1]
    assert back.properties == {"Size": "small"}
    assert back.before is not None
    assert back.before.properties == {"Size": "large"}


def test_what_was_not_touched_is_left_alone_without_a_word() -> None:
    account = an_account()
    stable = account.create(a_template(A=a_resource(), B=a_resource(Size="small")))
    account.cloud.fail("update", "B")
    account.listen = lambda event: account.cloud.failing.clear() if "ROLLBACK" in event.status else None
    account.update(stable, a_template(A=a_resource() | {"Metadata": {"new": True}}, B=a_resource(Size="large")))
    assert account.told("A") == ["CREATE_IN_PROGRESS", "CREATE_COMPLETE"]
    assert "A" not in account.cloud.asked("update")


def test_a_rollback_whose_clean_up_fails_is_complete_and_says_so() -> None:
    account = an_account()
    stable = account.create(a_template())
    account.cloud.fail("create", "Worse")
    account.cloud.fail("delete", "New")
    new = {"New": a_resource(), "Worse": a_resource("New")}
    after = account.update(stable, a_template(Thing=a_resource(), **new))
    assert after.status == "UPDATE_ROLLBACK_COMPLETE"
    assert after.reason == "One or more resources could not be deleted."
    assert account.told("New").count("DELETE_FAILED") == 3


def test_a_type_that_makes_a_new_resource_on_the_way_back_has_the_other_deleted() -> None:
    account = an_account()
    stable = account.create(a_template(A=a_resource(Size="small"), B=a_resource("A", Size="small")))
    account.cloud.fail("update", "B")
    account.listen = lambda event: account.cloud.replacing.add("A") if "ROLLBACK" in event.status else None
    stack = account.update(stable, a_template(A=a_resource(Size="large"), B=a_resource("A", Size="large")))
    account.cloud.failing.clear()
    after = account.executor.roll_back(stack)
    assert after.resources["A"].physical_id == "A-2"
    assert account.cloud.live == {"A-2": {"Size": "small"}, "B-1": {"Size": "small"}}


def test_a_creation_left_as_it_failed_is_rolled_back_to_nothing() -> None:
    account = an_account()
    account.cloud.fail("create", "Left")
    stack = account.create(a_diamond(), OnFailure.DO_NOTHING)
    after = account.executor.roll_back(stack)
    assert after.status == "ROLLBACK_COMPLETE"
    assert account.cloud.live == {}


@pytest.mark.parametrize("status", ["CREATE_COMPLETE", "ROLLBACK_FAILED", "ROLLBACK_COMPLETE", "DELETE_FAILED"])
def test_there_is_nothing_to_roll_back_in_other_states(status: str) -> None:
    account = an_account()
    stack = replace(account.create(a_template()), status=status)
    with pytest.raises(ValidationError, match=f"is in {status} state and can not be rolled back"):
        account.executor.roll_back(stack)


def test_the_next_update_starts_from_what_was_brought_back() -> None:
    account = an_account()
    stack = account.create(a_diamond("small"))
    account.cloud.fail("update", "Tip")
    account.listen = lambda event: account.cloud.failing.clear() if "ROLLBACK" in event.status else None
    stack = account.update(stack, a_diamond("large"))
    after = account.update(stack, a_diamond("large"))
    assert after.status == "UPDATE_COMPLETE"
    assert {one["Size"] for one in account.cloud.live.values()} == {"large"}


def test_a_resource_type_that_writes_into_the_old_state_does_not_change_what_is_brought_back() -> None:
    account = an_account()
    stable = account.create(a_template(Thing=a_resource(Tags=["x"])))
    update = account.cloud.update

    def scribble(request: Request, before: ResourceState) -> Provisioned:
        before.properties["Tags"].append("mine")
        return update(request, before)

    account.cloud.update = scribble  # type: ignore[method-assign]
    account.cloud.fail("update", "Thing")
    account.listen = lambda event: account.cloud.failing.clear() if "ROLLBACK" in event.status else None
    account.update(stable, a_template(Thing=a_resource(Tags=["y"])))
    assert account.cloud.live == {"Thing-1": {"Tags": ["x"]}}


@pytest.mark.parametrize("of", ["creation", "update"])
def test_a_rollback_may_delete_what_is_new_whatever_its_policy_says(of: str) -> None:
    """`cdk rollback` asks for it: what stays would be in the way of the next deployment."""
    account = an_account()
    account.cloud.fail("create", "Bad")
    retained = a_resource() | {"DeletionPolicy": "Retain"}
    new = a_template(Thing=a_resource(), New=retained, Bad=a_resource("New"))
    if of == "creation":
        stack = account.create(new, OnFailure.DO_NOTHING)
    else:
        stack = account.update(account.create(a_template()), new, OnFailure.DO_NOTHING)
    assert "New-1" in account.cloud.live
    account.executor.roll_back(stack, retain_except_on_create=True)
    assert set(account.cloud.live) == ({"Thing-1"} if of == "update" else set())
