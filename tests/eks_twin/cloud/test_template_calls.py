"""What CloudFormation says of a template without deploying it."""

import json

import pytest
from botocore.exceptions import ClientError

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.templates import queue, status, template

pytestmark = pytest.mark.slow

ROLE = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {}}}


def test_a_summary_is_of_a_stack_or_of_a_template(clients: Clients, name: str) -> None:
    """`cdk gc` asks for each stack's, `cdk import` for a template's."""
    cloudformation, body = clients("cloudformation"), template(Queue=queue(name))
    cloudformation.create_stack(StackName=name, TemplateBody=body)
    status(clients, name)
    clients("s3").create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    clients("s3").put_object(Bucket=name, Key="template.json", Body=body)
    url = f"{clients.endpoint}/{name}/template.json"
    for of in ({"StackName": name}, {"TemplateBody": body}, {"TemplateURL": url}):
        summary = cloudformation.get_template_summary(**of)
        assert summary["ResourceTypes"] == ["AWS::SQS::Queue"]
        (parameter,) = summary["Parameters"]
        assert (parameter["ParameterKey"], parameter["DefaultValue"]) == ("Seconds", "40")


def test_neither_a_template_nor_a_stack_is_too_little(clients: Clients) -> None:
    with pytest.raises(ClientError, match="Either Template URL or Template Body must be specified"):
        clients("cloudformation").get_template_summary()


def test_a_template_that_is_not_there_is_refused_with_where_it_should_be(clients: Clients) -> None:
    url = f"{clients.endpoint}/no-such-bucket/template.json"
    with pytest.raises(ClientError, match=f"cannot be read from S3, at {url}"):
        clients("cloudformation").validate_template(TemplateURL=url)


@pytest.mark.parametrize(
    ("properties", "capabilities"), [({}, ["CAPABILITY_IAM"]), ({"RoleName": "r"}, ["CAPABILITY_NAMED_IAM"])]
)
def test_a_template_with_roles_needs_capabilities(
    clients: Clients, properties: dict[str, str], capabilities: list[str]
) -> None:
    body = template(Role=ROLE | {"Properties": properties})
    assert clients("cloudformation").validate_template(TemplateBody=body)["Capabilities"] == capabilities


def test_a_template_that_is_none_is_refused(clients: Clients) -> None:
    with pytest.raises(ClientError, match="At least one Resources member must be defined") as error:
        clients("cloudformation").validate_template(TemplateBody=json.dumps({"Resources": {}}))
    assert error.value.response["Error"]["Code"] == "ValidationError"
