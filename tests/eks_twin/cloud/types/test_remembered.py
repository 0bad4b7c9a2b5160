"""Types of which the twin remembers that they are there."""

from collections.abc import Mapping
from typing import Any

import pytest

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.remembered import NOTE
from tests.eks_twin.cloud.types.case import Case
from tests.eks_twin.cloud.types.remembered import CASES
from tests.eks_twin.cloud.types.stack import Stack

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("case", CASES, ids=str)]


def completions(stack: Stack) -> list[Mapping[str, Any]]:
    """Return the events by which the resource was created or updated."""
    events = [one for one in stack.events() if one["LogicalResourceId"] == "It"]
    return [one for one in events if one["ResourceStatus"] in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}]


def test_its_events_say_that_nothing_works_behind_it(case: Case, clients: Clients) -> None:
    """A pipeline that is green here and never ran must not be taken for one that works."""
    stack = Stack(clients, case)
    assert stack.create() == "CREATE_COMPLETE", stack.why()
    assert stack.update({"Tags": [{"Key": "team", "Value": "platform"}]}) == "UPDATE_COMPLETE", stack.why()
    assert [one.get("ResourceStatusReason") for one in completions(stack)] == [NOTE, NOTE]
    assert stack.delete() == "DELETE_COMPLETE", stack.why()


def test_it_keeps_its_identity_until_that_changes(case: Case, clients: Clients) -> None:
    stack = Stack(clients, case)
    assert stack.create() == "CREATE_COMPLETE", stack.why()
    first = stack.physical_id
    assert stack.update({"Tags": [{"Key": "team", "Value": "platform"}]}) == "UPDATE_COMPLETE", stack.why()
    assert stack.physical_id == first
    fixed = "Resource" if "Resource" in case.properties else "Name"
    assert stack.update({fixed: "other", "Name": "other"}) == "UPDATE_COMPLETE", stack.why()
    assert stack.physical_id != first
    assert stack.delete() == "DELETE_COMPLETE", stack.why()
