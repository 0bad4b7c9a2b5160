"""Creating a stack."""

import threading

import pytest

from api_platform.twin.cloudformation import (
    Deployed,
    OnFailure,
    Request,
    ResourceCancelled,
    ResourceFailed,
    UnknownResourceType,
)
from tests.twin.cloudformation.building import (
    DIAMOND,
    IDENTITY,
    a_diamond,
    a_resource,
    a_template,
    an_account,
    fail_right_while_left_is_in_flight,
    get_att,
    ref,
)
from tests.twin.cloudformation.fakes import AnyCloud


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
    assert account.events[1].properties == {"Size": "small"}
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


def test_ref_gives_what_the_type_says_it_does() -> None:
    account = an_account(cloud=AnyCloud())
    stack = account.create(a_template(A=a_resource(), B=a_resource(Of=ref("A"))))
    assert account.cloud.live["B-1"]["Of"] == stack.resources["A"].ref != "A-1"


def test_depends_on_orders_resources_that_do_not_refer_to_each_other() -> None:
    account = an_account()
    account.create(a_template(A=a_resource("B"), B=a_resource("C"), C=a_resource()))
    assert account.cloud.asked("create") == ["C", "B", "A"]


def test_a_resource_whose_condition_does_not_hold_is_not_created() -> None:
    account = an_account()
    sections = {"Conditions": {"Never": {"Fn::Equals": ["a", "b"]}}}
    account.create(a_template(sections, Off=a_resource() | {"Condition": "Never"}, On=a_resource("Off")))
    assert account.cloud.asked("create") == ["On"]


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


def test_a_sibling_in_flight_is_cancelled_and_deleted() -> None:
    account = an_account()
    fail_right_while_left_is_in_flight(account)
    stack = account.create(a_diamond())
    assert stack.status == "ROLLBACK_COMPLETE"
    assert account.reasons("CREATE_FAILED") == {"Right": "no create of Right", "Left": "Resource creation cancelled"}
    assert account.cloud.live == {}
    assert account.cloud.asked("create") == ["Base", "Right", "Left"]


def test_a_sibling_that_waits_for_a_thread_is_cancelled_without_being_created() -> None:
    account = an_account(parallel=1)
    account.cloud.fail("create", "First")
    account.create(a_template(First=a_resource(), Second=a_resource()))
    assert account.cloud.asked("create") == ["First"]
    assert account.reasons("CREATE_FAILED")["Second"] == "Resource creation cancelled"


def test_a_type_that_waits_can_see_that_it_is_cancelled_and_give_up() -> None:
    account = an_account()
    fail_right_while_left_is_in_flight(account)
    account.cloud.live["half"] = {}
    account.cloud.fail("create", "Left", ResourceCancelled(physical_id="half"))
    account.create(a_diamond())
    assert account.reasons("CREATE_FAILED")["Left"] == "Resource creation cancelled"
    assert account.cloud.live == {}


def test_the_request_says_when_the_operation_has_failed_elsewhere() -> None:
    account = an_account()
    seen = []
    fail_right_while_left_is_in_flight(account)
    create = account.cloud.create

    def look(request: Request) -> Deployed:
        before = request.cancelled()
        deployed = create(request)
        seen.append((request.logical_id, before, request.cancelled()))
        return deployed

    account.cloud.create = look  # type: ignore[method-assign]
    account.create(a_diamond())
    assert ("Left", False, True) in seen


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


def test_a_stop_from_outside_ends_like_a_failure() -> None:
    account = an_account()
    stop = threading.Event()
    account.listen = lambda event: stop.set() if event.status == "CREATE_COMPLETE" else None
    stack = account.executor.create(IDENTITY, a_diamond(), {}, stop=stop)
    assert stack.status == "ROLLBACK_COMPLETE"
    assert stack.reason.startswith("The operation was stopped.")
    assert account.cloud.asked("create") == ["Base"]
    assert account.cloud.live == {}


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

    def scribble(request: Request) -> Deployed:
        deployed = create(request)
        request.properties["Tags"].append("mine")
        return deployed

    account.cloud.create = scribble  # type: ignore[method-assign]
    stack = account.create(a_template(Thing=a_resource(Tags=[ref("AWS::Region")])))
    assert stack.resources["Thing"].properties == {"Tags": ["eu-west-1"]}
