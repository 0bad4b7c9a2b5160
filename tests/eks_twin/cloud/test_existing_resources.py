"""A stack does not create over what exists already."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError

from eks_twin.aws_clients import Clients
from eks_twin.cloud.existing_resources import NAMED, ExistingResources
from eks_twin.cloudformation import Request
from tests.eks_twin.cloud.templates import queue, status, template

pytestmark = pytest.mark.slow

TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})
METRIC = {"MetricName": "m", "Namespace": "n", "Period": 60, "EvaluationPeriods": 1, "Threshold": 1}
METRIC |= {"ComparisonOperator": "GreaterThanThreshold", "Statistic": "Sum"}


def code() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("index.py", "def handler(event, context): pass")
    return written.getvalue()


def function(aws: Clients, name: str) -> None:
    role = aws("iam").create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    aws("lambda").create_function(
        FunctionName=name, Role=role, Runtime="python3.12", Handler="index.handler", Code={"ZipFile": code()}
    )


def alias(aws: Clients, name: str) -> None:
    aws("kms").create_alias(AliasName=name, TargetKeyId=aws("kms").create_key()["KeyMetadata"]["KeyId"])


MADE: Mapping[str, Callable[[Clients, str], Any]] = {
    "AWS::CloudWatch::Alarm": lambda aws, name: aws("cloudwatch").put_metric_alarm(AlarmName=name, **METRIC),
    "AWS::EC2::LaunchTemplate": lambda aws, name: aws("ec2").create_launch_template(
        LaunchTemplateName=name, LaunchTemplateData={"InstanceType": "m5.large"}
    ),
    "AWS::ECR::Repository": lambda aws, name: aws("ecr").create_repository(repositoryName=name),
    "AWS::IAM::ManagedPolicy": lambda aws, name: aws("iam").create_policy(
        PolicyName=name,
        PolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
        ),
    ),
    "AWS::IAM::Role": lambda aws, name: aws("iam").create_role(RoleName=name, AssumeRolePolicyDocument=TRUST),
    "AWS::KMS::Alias": alias,
    "AWS::Lambda::Function": function,
    "AWS::Logs::LogGroup": lambda aws, name: aws("logs").create_log_group(logGroupName=name),
    "AWS::S3::Bucket": lambda aws, name: aws("s3").create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    ),
    "AWS::SNS::Topic": lambda aws, name: aws("sns").create_topic(Name=name),
    "AWS::SQS::Queue": lambda aws, name: aws("sqs").create_queue(QueueName=name),
    "AWS::SSM::Parameter": lambda aws, name: aws("ssm").put_parameter(Name=name, Value="kept", Type="String"),
}


@pytest.mark.parametrize("kind", sorted(NAMED))
def test_a_name_that_is_taken_is_refused_and_what_has_it_is_left_alone(clients: Clients, name: str, kind: str) -> None:
    given = f"alias/{name}" if kind == "AWS::KMS::Alias" else name
    named = NAMED[kind]
    body = template(It={"Type": kind, "Properties": {named.name_property: given}})
    MADE[kind](clients, given)
    clients("cloudformation").create_stack(StackName=name, TemplateBody=body)
    assert status(clients, name) == "ROLLBACK_COMPLETE"
    events = clients("cloudformation").describe_stack_events(StackName=name)["StackEvents"]
    (failed,) = [one for one in events if one["ResourceStatus"] == "CREATE_FAILED"]
    assert failed["ResourceStatusReason"] == f"Resource of type '{kind}' with identifier '{given}' already exists."
    assert named.ask(clients, given)


def test_a_resource_is_not_renamed_to_what_exists_and_keeps_its_own_name(clients: Clients, name: str) -> None:
    clients("sqs").create_queue(QueueName=f"{name}-other")
    cloudformation = clients("cloudformation")
    cloudformation.create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    status(clients, name)
    cloudformation.update_stack(StackName=name, TemplateBody=template(Queue=queue(name, VisibilityTimeout=50)))
    assert status(clients, name) == "UPDATE_COMPLETE"
    cloudformation.update_stack(StackName=name, TemplateBody=template(Queue=queue(f"{name}-other")))
    assert status(clients, name) == "UPDATE_ROLLBACK_COMPLETE"
    (listed,) = cloudformation.list_stack_resources(StackName=name)["StackResourceSummaries"]
    assert listed["PhysicalResourceId"].endswith(f"/{name}")
    assert clients("sqs").get_queue_url(QueueName=f"{name}-other")


def test_an_error_of_the_service_is_no_free_name(clients: Clients, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """To swallow it would let a stack create over what is there."""

    def refuse(**_: object) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "GetQueueUrl")

    asked = Clients(clients.endpoint, clients.place)
    monkeypatch.setattr(asked("sqs"), "get_queue_url", refuse)
    request = Request(name, name, "Queue", "AWS::SQS::Queue", {"QueueName": name}, *vars(clients.place).values())
    with pytest.raises(ClientError, match="AccessDenied"):
        ExistingResources(asked)(request, {})
