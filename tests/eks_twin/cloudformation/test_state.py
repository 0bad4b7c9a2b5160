"""What is known of a stack between two operations."""

from dataclasses import replace

from eks_twin.cloudformation import ResourceState, StackState
from eks_twin.cloudformation.state import canonical
from tests.eks_twin.cloudformation.building import IDENTITY


def a_state(physical_id: str = "a-1", **properties: object) -> ResourceState:
    return ResourceState("A", "Test::Thing", physical_id, "CREATE_COMPLETE", properties=properties)


def test_the_order_of_keys_does_not_matter() -> None:
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1})


def test_values_of_different_types_differ() -> None:
    assert len({canonical(one) for one in (1, True, "1", [1], None)}) == 5


def test_a_resource_is_like_another_with_the_same_id_and_properties() -> None:
    assert a_state(Size=1).like(replace(a_state(Size=1), status="UPDATE_COMPLETE", metadata={"a": 1}))
    assert not a_state(Size=1).like(a_state(Size=True))
    assert not a_state("a-1").like(a_state("a-2"))


def test_a_stack_answers_for_leftovers_and_for_what_is_stable_as_it_was_last_heard_of() -> None:
    stable = StackState(IDENTITY, "CREATE_COMPLETE", resources={"A": a_state("a-1", Size=1)})
    stack = StackState(
        IDENTITY,
        "UPDATE_FAILED",
        resources={"A": a_state("a-3")},
        stable=stable,
        leftovers=(a_state("a-2"), a_state("a-1", Size=2)),
    )
    assert [(one.physical_id, dict(one.properties)) for one in stack.instances] == [
        ("a-1", {"Size": 2}),
        ("a-2", {}),
        ("a-3", {}),
    ]
