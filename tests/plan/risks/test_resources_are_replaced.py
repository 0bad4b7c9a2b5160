from typing import Any

import pytest

from api_platform.plan.risks.resources_are_replaced import resources_are_replaced
from tests.plan.sides import a_stack, between

pytestmark = pytest.mark.slow  # Node compares the templates


def a_queue(policy: str = "Delete", **properties: Any) -> Any:
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "orders", **properties}, "DeletionPolicy": policy}
    return a_stack("p/a", {"Queue": queue})


def values(before: Any, after: Any) -> list[tuple[str, str]]:
    return [(risk.subject, risk.value) for risk in resources_are_replaced(between([before], [after]))]


def test_another_name_replaces_a_queue() -> None:
    found = values(a_queue(), a_queue(QueueName="others"))
    assert found == [("AWS::SQS::Queue Queue of p/a", "is replaced: QueueName changes")]


def test_a_resource_that_goes_is_deleted() -> None:
    assert values(a_queue(), a_stack("p/a", {})) == [("AWS::SQS::Queue Queue of p/a", "is deleted")]


def test_one_that_is_retained_is_left_behind() -> None:
    assert values(a_queue("Retain"), a_stack("p/a", {})) == [("AWS::SQS::Queue Queue of p/a", "is left behind")]


def test_a_change_in_place_is_no_risk() -> None:
    assert values(a_queue(), a_queue(VisibilityTimeout=60)) == []
