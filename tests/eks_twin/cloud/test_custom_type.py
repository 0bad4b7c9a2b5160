"""Custom resources speak to functions as CloudFormation does."""

from typing import Any

import pytest

from eks_twin.cloud.custom_type import CustomType, LambdaEvent, as_text
from eks_twin.cloudformation import Request, ResourceFailed, ResourceState

PROPERTIES = {"ServiceToken": "arn:function", "Overwrite": True, "Count": 3}


class Function:
    """Answers as told, and remembers what it was asked."""

    def __init__(self, answer: dict[str, Any] | None = None) -> None:
        self.answer = answer or {}
        self.asked: list[LambdaEvent] = []

    def call(self, arn: str, event: LambdaEvent) -> LambdaEvent:
        self.asked.append({**event, "arn": arn})
        return self.answer


def request(**properties: Any) -> Request:
    return Request("stack", "stack-id", "Thing", "Custom::Thing", {**PROPERTIES, **properties}, "1", "eu-west-1")


def before(physical_id: str = "thing-1", **properties: Any) -> ResourceState:
    return ResourceState(
        "Thing", "Custom::Thing", physical_id, "CREATE_COMPLETE", properties={**PROPERTIES, **properties}
    )


def test_the_function_that_the_service_token_names_is_asked() -> None:
    function = Function()
    CustomType(function).create(request())
    assert function.asked[0]["arn"] == "arn:function"


def test_numbers_and_truth_values_arrive_as_text() -> None:
    """The kubectl function calls `.lower()` on them."""
    assert as_text({"a": True, "b": [1, {"c": False}], "d": "x"}) == {"a": "true", "b": ["1", {"c": "false"}], "d": "x"}


def test_without_a_physical_id_in_the_answer_the_request_gives_it() -> None:
    function = Function()
    deployed = CustomType(function).create(request())
    assert deployed.physical_id == function.asked[0]["RequestId"]


def test_what_the_function_returns_as_data_is_what_get_att_finds() -> None:
    deployed = CustomType(Function({"PhysicalResourceId": "mine", "Data": {"Value": {"a": 1}}})).create(request())
    assert (deployed.physical_id, deployed.attributes["Value"]) == ("mine", {"a": 1})


def test_an_update_tells_the_properties_before_and_keeps_the_physical_id() -> None:
    function = Function()
    deployed = CustomType(function).update(request(Count=4), before(Count=3))
    event = function.asked[0]
    assert (event["RequestType"], event["OldResourceProperties"]["Count"], event["ResourceProperties"]["Count"]) == (
        "Update",
        "3",
        "4",
    )
    assert deployed.physical_id == event["PhysicalResourceId"] == "thing-1"


def test_an_update_that_answers_another_physical_id_made_another_resource() -> None:
    assert CustomType(Function({"PhysicalResourceId": "thing-2"})).update(request(), before()).physical_id == "thing-2"


def test_a_deletion_names_the_resource() -> None:
    function = Function()
    CustomType(function).delete(request(), before())
    assert (function.asked[0]["RequestType"], function.asked[0]["PhysicalResourceId"]) == ("Delete", "thing-1")


def test_a_deletion_that_answers_another_physical_id_has_failed() -> None:
    with pytest.raises(ResourceFailed, match="changed from thing-1 to thing-2"):
        CustomType(Function({"PhysicalResourceId": "thing-2"})).delete(request(), before())
