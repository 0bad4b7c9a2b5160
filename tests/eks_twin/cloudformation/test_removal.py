"""Deleting physical resources in order."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from eks_twin.cloudformation import ResourceState
from eks_twin.cloudformation.operation import Operation
from eks_twin.cloudformation.removal import Removal, kept_by
from tests.eks_twin.cloudformation.building import IDENTITY, Account, an_account


def removal_from(account: Account, needs: Mapping[str, tuple[str, ...]]) -> tuple[Removal, list[ResourceState]]:
    """A removal, and what to remove: physical id -> logical ids that it depends on."""
    states = [
        ResourceState(physical_id.split("-")[0], "Test::Thing", physical_id, "CREATE_COMPLETE", dependencies=needed)
        for physical_id, needed in needs.items()
    ]
    account.cloud.live = {one.physical_id: {} for one in states}
    operation = Operation(account.surroundings, IDENTITY)
    for state in states:
        operation.add_instance(state)
    return Removal(operation), states


def test_what_depends_on_something_goes_first() -> None:
    account = an_account()
    removal, states = removal_from(account, {"A-1": (), "B-1": ("A",), "C-1": ("B",)})
    assert removal.of(states)
    assert account.cloud.asked("delete") == ["C", "B", "A"]


def test_both_physical_resources_of_a_logical_id_wait_for_what_depends_on_it() -> None:
    account = an_account(parallel=1)
    removal, states = removal_from(account, {"A-1": (), "A-2": (), "B-1": ("A",)})
    assert removal.of(states)
    assert account.cloud.asked("delete") == ["B", "A", "A"]


def test_leftovers_of_several_templates_that_need_each_other_go_all_the_same() -> None:
    account = an_account()
    removal, states = removal_from(account, {"A-1": ("B",), "B-1": ("A",)})
    assert removal.of(states)
    assert account.cloud.live == {}


def test_what_never_came_to_be_is_not_asked_to_go() -> None:
    account = an_account()
    state = ResourceState("A", "Test::Thing", "", "CREATE_FAILED")
    operation = Operation(account.surroundings, IDENTITY)
    operation.keep(state)
    assert Removal(operation).of([state])
    assert account.cloud.calls == []
    assert account.told("A") == ["DELETE_COMPLETE"]
    assert operation.resources == {}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("Delete", ""),
        ("Retain", "Its DeletionPolicy is Retain."),
        ("RetainExceptOnCreate", "Its DeletionPolicy is RetainExceptOnCreate."),
        ("Snapshot", "Its DeletionPolicy is Snapshot. Nobody takes snapshots here, so the resource itself stays."),
    ],
)
def test_a_policy_gives_the_reason_to_stay(value: str, reason: str) -> None:
    assert kept_by("DeletionPolicy", value) == reason


def test_deleting_a_replaced_resource_says_nothing_of_the_one_that_took_its_place() -> None:
    account = an_account()
    removal, (old,) = removal_from(account, {"A-1": ()})
    new = replace(old, physical_id="A-2")
    removal.operation.keep(new)
    account.cloud.fail("delete", "A")
    assert not removal.of([old])
    assert removal.operation.resource("A") == new
