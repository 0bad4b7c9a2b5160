"""What the threads of an operation share."""

import threading

from eks_twin.cloudformation import ResourceState
from eks_twin.cloudformation.operation import Operation
from tests.eks_twin.cloudformation.building import IDENTITY, an_account

STATE = ResourceState("A", "Test::Thing", "a-1", "CREATE_COMPLETE", properties={"Tags": ["x"]}, metadata={"m": 1})


def an_operation(stop: threading.Event | None = None) -> Operation:
    return Operation(an_account().surroundings, IDENTITY, stop=stop)


def test_a_request_says_who_asks_for_what() -> None:
    request = an_operation().request(STATE)
    assert (request.stack_name, request.stack_id) == (IDENTITY.name, IDENTITY.id)
    assert (request.account, request.region) == (IDENTITY.account, IDENTITY.region)
    assert (request.logical_id, request.resource_type) == ("A", "Test::Thing")
    assert (request.properties, request.metadata) == ({"Tags": ["x"]}, {"m": 1})


def test_a_replaced_resource_is_known_until_it_is_forgotten() -> None:
    operation = an_operation()
    new = ResourceState("A", "Test::Thing", "a-2", "CREATE_COMPLETE")
    operation.keep(STATE)
    operation.keep(new)
    assert operation.resource("A") == new
    assert operation.instances_but([new]) == [STATE]
    operation.forget(STATE)
    assert operation.instances_but([]) == [new]
    assert operation.resource("A") == new
    operation.forget(new)
    assert operation.resource("A") is None


def test_a_resource_that_gets_its_physical_id_is_one_and_not_two() -> None:
    operation = an_operation()
    operation.keep(ResourceState("A", "Test::Thing", "", "CREATE_IN_PROGRESS"))
    operation.keep(STATE)
    assert operation.instances_but([]) == [STATE]


def test_a_failure_cancels_the_rest_only_where_it_shall() -> None:
    operation = an_operation()
    operation.fail("A", "create", halt=False)
    assert not operation.cancelled()
    operation.fail("B", "create", halt=True)
    assert operation.cancelled()
    assert not operation.stopped


def test_a_stop_from_outside_cancels_too_until_all_is_carried_through() -> None:
    stop = threading.Event()
    operation = an_operation(stop)
    assert not operation.cancelled()
    stop.set()
    assert operation.cancelled()
    operation.carry_through()
    assert not operation.cancelled()


def test_failures_are_told_by_what_was_tried_the_first_one_first() -> None:
    operation = an_operation()
    operation.fail("B", "update", halt=True)
    operation.fail("A", "create", halt=True)
    operation.fail("C", "update", halt=True)
    operation.fail("B", "create", halt=True)
    assert operation.failures() == (
        "The following resource(s) failed to update: [B, C]. The following resource(s) failed to create: [A]."
    )
