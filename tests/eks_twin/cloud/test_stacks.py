"""Operations on stacks run in threads of their own, and can be stopped."""

import threading
from dataclasses import replace

import pytest

from eks_twin.app import Place
from eks_twin.aws_clients import Clients
from eks_twin.cloud.stack_input import StackInput
from eks_twin.cloud.stacks import Stacks
from eks_twin.cloudformation import NoUpdates, ValidationError
from tests.eks_twin.cloud.templates import template
from tests.eks_twin.cloudformation.building import a_resource
from tests.eks_twin.cloudformation.fakes import FakeCloud

PLACE = Place("333333333333", "eu-west-1")


def stacks_of(cloud: FakeCloud) -> Stacks:
    """Nobody asks the clients: their AWS is nowhere."""
    return Stacks(PLACE.account, PLACE.region, cloud.find_type, Clients("http://localhost:1", PLACE))


def an_input(size: str, *more: str) -> StackInput:
    things = ("Thing", *more)
    return StackInput(template(**{name: a_resource(Size=size) for name in things}))


def settled(stacks: Stacks, name: str = "shop") -> str:
    stack = stacks.find(name)
    stack.wait()
    return stack.status


@pytest.fixture
def cloud() -> FakeCloud:
    return FakeCloud()


@pytest.fixture
def stacks(cloud: FakeCloud) -> Stacks:
    stacks = stacks_of(cloud)
    stacks.create("shop", an_input("small"))
    assert settled(stacks) == "CREATE_COMPLETE"
    return stacks


def test_an_update_that_is_cancelled_is_rolled_back(stacks: Stacks, cloud: FakeCloud) -> None:
    begun, cancelled = threading.Event(), threading.Event()

    def hook(verb: str, _logical_id: str) -> None:
        if verb == "update" and not cancelled.is_set():
            begun.set()
            assert cancelled.wait(10)

    cloud.hook = hook
    stacks.update("shop", an_input("large"))
    assert begun.wait(10)
    stacks.cancel_update("shop")
    cancelled.set()
    assert settled(stacks) == "UPDATE_ROLLBACK_COMPLETE"
    assert cloud.live == {"Thing-1": {"Size": "small"}}


def test_where_no_update_runs_none_is_cancelled(stacks: Stacks) -> None:
    with pytest.raises(ValidationError, match="cannot be called from current stack status"):
        stacks.cancel_update("shop")


def test_a_stop_of_one_operation_does_not_stop_the_next(stacks: Stacks) -> None:
    stacks.find("shop").stop.set()
    stacks.update("shop", an_input("large"))
    assert settled(stacks) == "UPDATE_COMPLETE"


def test_a_stack_that_something_is_done_to_takes_nothing_else(stacks: Stacks, cloud: FakeCloud) -> None:
    going_on = threading.Event()
    cloud.hook = lambda *_: assert_true(going_on.wait(10))
    stacks.update("shop", an_input("large"))
    for again in (stacks.delete, lambda name: stacks.update(name, an_input("small")), stacks.roll_back):
        with pytest.raises(ValidationError, match="is in UPDATE_IN_PROGRESS state and can not be"):
            again("shop")
    going_on.set()
    assert settled(stacks) == "UPDATE_COMPLETE"


def assert_true(value: bool) -> None:
    assert value


def test_a_failed_creation_deletes_all_that_it_made(stacks: Stacks, cloud: FakeCloud) -> None:
    cloud.fail("create", "Bad")
    stacks.create("other", StackInput(template(Thing=a_resource(), Bad=a_resource("Thing"))))
    assert settled(stacks, "other") == "ROLLBACK_COMPLETE"
    assert set(cloud.live) == {"Thing-1"}


def test_what_could_not_be_deleted_may_be_left_alone(stacks: Stacks, cloud: FakeCloud) -> None:
    cloud.fail("delete", "Thing")
    stacks.delete("shop")
    assert settled(stacks) == "DELETE_FAILED"
    stack = stacks.delete("shop", retain=["Thing"])
    assert stack is not None
    assert settled(stacks, stack.identity.id) == "DELETE_COMPLETE"
    assert set(cloud.live) == {"Thing-1"}


def test_tags_alone_are_taken_over_and_it_is_said_that_resources_do_not_get_them(
    stacks: Stacks, cloud: FakeCloud
) -> None:
    tagged = replace(an_input("small"), tags=[{"Key": "team", "Value": "shop"}])
    stack = stacks.update("shop", tagged)
    assert (stack.status, stack.input.tags) == ("UPDATE_COMPLETE", tagged.tags)
    assert stack.history[-1].reason == "Tags stay on the stack: the twin does not pass them on to its resources."
    assert cloud.asked("update") == []
    with pytest.raises(NoUpdates):
        stacks.update("shop", tagged)
