"""Creating a stack, where nothing fails."""

import threading

import pytest

from eks_twin.cloudformation import (
    Provisioned,
    Request,
    UnknownResourceType,
)
from tests.eks_twin.cloudformation.building import (
    DIAMOND,
    IDENTITY,
    a_diamond,
    a_resource,
    a_template,
    an_account,
    ref,
)


def test_every_resource_is_created_with_what_it_refers_to() -> None:
    account = an_account()
    stack = account.create(a_diamond())
    assert stack.status == "CREATE_COMPLETE"
    assert account.cloud.live == {
        "Base-1": {"Size": "small"},
        "Left-1": {"Size": "small", "Of": "Base-1"},
        "Right-1": {"Size": "small", "Of": "arn:Base-1"},
        "Tip-1": {"Size": "small", "Of": "Left-1 and arn:Left-1"},
    }
    assert {name: one.physical_id for name, one in stack.resources.items()} == {name: f"{name}-1" for name in DIAMOND}


def test_the_events_tell_of_each_resource_between_the_stacks_own() -> None:
    account = an_account()
    account.create(a_template(Only=a_resource(Size="small")))
    told = [(event.logical_id, event.status, event.reason, event.physical_id) for event in account.events]
    assert told == [
        ("shop", "CREATE_IN_PROGRESS", "User Initiated", IDENTITY.id),
        ("Only", "CREATE_IN_PROGRESS", "", ""),
        ("Only", "CREATE_COMPLETE", "", "Only-1"),
        ("shop", "CREATE_COMPLETE", "", IDENTITY.id),
    ]
    assert [event.timestamp for event in account.events] == sorted(event.timestamp for event in account.events)


def test_a_resource_begins_only_when_what_it_depends_on_is_complete() -> None:
    account = an_account()
    account.create(a_diamond())
    begun = {event.logical_id: event.timestamp for event in account.events if event.status == "CREATE_IN_PROGRESS"}
    complete = {event.logical_id: event.timestamp for event in account.events if event.status == "CREATE_COMPLETE"}
    for name, needed in {"Left": ["Base"], "Right": ["Base"], "Tip": ["Left", "Right"]}.items():
        assert all(complete[one] < begun[name] for one in needed)


def test_independent_resources_are_in_flight_at_the_same_time() -> None:
    """One after the other, the first would wait for the second until the barrier breaks."""
    account = an_account()
    together = threading.Barrier(2, timeout=10)

    def meet(_verb: str, logical_id: str) -> None:
        if logical_id in ("Left", "Right"):
            together.wait()

    account.cloud.hook = meet
    assert account.create(a_diamond()).status == "CREATE_COMPLETE"


def test_depends_on_orders_resources_that_do_not_refer_to_each_other() -> None:
    account = an_account()
    account.create(a_template(A=a_resource("B"), B=a_resource("C"), C=a_resource()))
    assert account.cloud.asked("create") == ["C", "B", "A"]


def test_a_resource_whose_condition_does_not_hold_is_not_created() -> None:
    account = an_account()
    sections = {"Conditions": {"Never": {"Fn::Equals": ["a", "b"]}}}
    account.create(a_template(sections, Off=a_resource() | {"Condition": "Never"}, On=a_resource("Off")))
    assert account.cloud.asked("create") == ["On"]


def test_an_unknown_type_is_refused_before_anything_happens() -> None:
    account = an_account()
    template = a_template(Good=a_resource(), Bad=a_resource(kind="Toast::Thing"))
    with pytest.raises(
        UnknownResourceType, match=r"Unrecognized resource types: \[Toast::Thing\]. Toast::Thing of Bad"
    ):
        account.create(template)
    assert account.events == []
    assert account.cloud.calls == []


def test_a_resource_type_that_writes_into_its_request_changes_nothing_of_the_state() -> None:
    """Some do: moto's models add defaults to the properties that they get."""
    account = an_account()
    create = account.cloud.create

    def scribble(request: Request) -> Provisioned:
        deployed = create(request)
        request.properties["Tags"].append("mine")
        return deployed

    account.cloud.create = scribble  # type: ignore[method-assign]
    stack = account.create(a_template(Thing=a_resource(Tags=[ref("AWS::Region")])))
    assert stack.resources["Thing"].properties == {"Tags": ["eu-west-1"]}


def test_properties_that_come_to_nothing_are_none() -> None:
    account = an_account()
    sections = {"Conditions": {"Never": {"Fn::Equals": ["a", "b"]}}}
    nothing = {"Fn::If": ["Never", {"Size": 1}, ref("AWS::NoValue")]}
    account.create(a_template(sections, Thing=a_resource() | {"Properties": nothing}))
    assert account.cloud.live == {"Thing-1": {}}
