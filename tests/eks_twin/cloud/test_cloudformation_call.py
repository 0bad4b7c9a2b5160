"""Whatever is asked of the twin's CloudFormation, it answers as CloudFormation would or says that it does not."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import botocore.session
import httpx2
import pytest
from botocore.exceptions import ClientError
from botocore.model import ListShape, Shape, StructureShape

from eks_twin.aws_clients import Clients
from eks_twin.cloud.cloudformation_api import CloudFormationApi
from tests.eks_twin.cloud.templates import queue, status, template

MODEL = botocore.session.get_session().get_service_model("cloudformation")


def least(shape: Shape) -> Any:
    """A value of this shape with nothing in it that is not required."""
    if isinstance(shape, StructureShape):
        return {name: least(shape.members[name]) for name in shape.required_members}
    if isinstance(shape, ListShape):
        return [least(shape.member)]
    if getattr(shape, "enum", []):
        return shape.enum[0]
    values: Mapping[str, Any] = {"integer": 1, "boolean": True, "map": {}, "timestamp": 0}
    return values.get(shape.type_name, "x" * (shape.metadata.get("min") or 4))


@pytest.mark.slow
@pytest.mark.parametrize("operation", MODEL.operation_names)
def test_no_operation_ends_in_a_server_error(clients: Clients, operation: str) -> None:
    """Of some the caller read `XML parse error`; botocore tries these again and again."""
    client = clients("cloudformation")
    shape = MODEL.operation_model(operation).input_shape
    method = next(one for one, name in client.meta.method_to_api_mapping.items() if name == operation)
    try:
        answer = getattr(client, method)(**(least(shape) if shape else {}))
    except ClientError as error:
        answer = error.response
        assert answer["Error"]["Code"] in ("ValidationError", "ChangeSetNotFound"), answer
        if method not in CloudFormationApi.offered():
            assert operation in answer["Error"]["Message"]
    assert answer["ResponseMetadata"]["HTTPStatusCode"] < 500
    assert answer["ResponseMetadata"]["RetryAttempts"] == 0


@pytest.mark.slow
def test_an_action_that_cloudformation_has_not_is_invalid(clients: Clients) -> None:
    answer = httpx2.post(
        clients("cloudformation").meta.endpoint_url + "/",
        content=urlencode({"Action": "MakeTea", "Version": "2010-05-15"}),
        headers={
            "content-type": "application/x-www-form-urlencoded",
            "authorization": "AWS4-HMAC-SHA256 Credential=333333333333/20261127/eu-west-1/cloudformation/aws4_request",
        },
    )
    assert answer.status_code == 400
    assert "<Code>InvalidAction</Code>" in answer.text
    assert "MakeTea" in answer.text


@pytest.mark.slow
def test_a_defect_of_the_twin_is_told_with_the_operation_that_it_is_in(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    def defect(_self: CloudFormationApi) -> None:
        raise LookupError("nothing here")

    monkeypatch.setattr(CloudFormationApi, "list_exports", defect)
    with pytest.raises(ClientError, match="ListExports failed in the twin: LookupError: nothing here") as error:
        clients("cloudformation").list_exports()
    assert error.value.response["Error"]["Code"] == "InternalFailure"
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


@pytest.mark.slow
@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("NotificationARNs", ["arn:aws:sns:eu-west-1:333333333333:topic"]),
        ("ResourceTypes", ["AWS::SQS::*"]),
        ("StackPolicyBody", "{}"),
        ("StackPolicyURL", "https://here/policy"),
        ("TimeoutInMinutes", 5),
    ],
)
def test_what_a_stack_cannot_be_given_is_refused_by_its_name(
    clients: Clients, name: str, option: str, value: Any
) -> None:
    with pytest.raises(ClientError, match=f"does not offer {option}"):
        clients("cloudformation").create_stack(
            StackName=name, TemplateBody=template(Queue=queue(name)), **{option: value}
        )


@pytest.mark.slow
@pytest.mark.parametrize(("on_failure", "after"), [("DO_NOTHING", "CREATE_FAILED"), ("DELETE", "DELETE_COMPLETE")])
def test_what_a_failed_creation_comes_to_may_be_chosen(
    clients: Clients, name: str, on_failure: str, after: str
) -> None:
    body = template(Bad=queue(name, VisibilityTimeout="never"))
    stack = clients("cloudformation").create_stack(StackName=name, TemplateBody=body, OnFailure=on_failure)["StackId"]
    assert status(clients, stack) == after
    with pytest.raises(ClientError, match="not both"):
        clients("cloudformation").create_stack(
            StackName=name, TemplateBody=body, OnFailure=on_failure, DisableRollback=True
        )


@pytest.mark.slow
def test_a_parameter_that_has_no_previous_value_cannot_use_it(clients: Clients, name: str) -> None:
    clients("cloudformation").create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    status(clients, name)
    with pytest.raises(ClientError, match="Invalid input for parameter key Odd"):
        clients("cloudformation").update_stack(
            StackName=name,
            TemplateBody=template(Queue=queue(name, VisibilityTimeout=50)),
            Parameters=[{"ParameterKey": "Odd", "UsePreviousValue": True}],
        )


@pytest.mark.slow
def test_an_option_that_is_left_empty_asks_for_nothing(clients: Clients, name: str) -> None:
    """The CDK CLI sends empty lists; and its bootstrap wishes to import, where there is nothing to import."""
    body = template(Queue=queue(name))
    clients("cloudformation").create_change_set(
        StackName=name, ChangeSetName="all", ChangeSetType="CREATE", TemplateBody=body, ImportExistingResources=True
    )
    clients("cloudformation").delete_stack(StackName=name)
    clients("cloudformation").create_stack(StackName=name, TemplateBody=body, NotificationARNs=[])
    assert status(clients, name) == "CREATE_COMPLETE"
