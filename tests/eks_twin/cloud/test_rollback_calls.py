"""Bringing stacks back later, as `cdk rollback` does."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.templates import queue, status, template

pytestmark = pytest.mark.slow


def stuck(clients: Clients, name: str) -> None:
    """Leave a stack UPDATE_ROLLBACK_FAILED: somebody deleted its queue, so there is no way on and none back."""
    clients("cloudformation").create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    status(clients, name)
    clients("sqs").delete_queue(QueueUrl=clients("sqs").get_queue_url(QueueName=name)["QueueUrl"])
    changed = template(Queue=queue(name, VisibilityTimeout=50))
    clients("cloudformation").update_stack(StackName=name, TemplateBody=changed)
    assert status(clients, name) == "UPDATE_ROLLBACK_FAILED"


def test_a_rollback_that_failed_goes_on_once_its_cause_is_mended(clients: Clients, name: str) -> None:
    stuck(clients, name)
    clients("cloudformation").continue_update_rollback(StackName=name)
    assert status(clients, name) == "UPDATE_ROLLBACK_FAILED"
    clients("sqs").create_queue(QueueName=name)
    clients("cloudformation").continue_update_rollback(StackName=name)
    assert status(clients, name) == "UPDATE_ROLLBACK_COMPLETE"


def test_a_stack_that_was_brought_back_has_the_template_from_before(clients: Clients, name: str) -> None:
    """Else the CDK CLI compares with what was never deployed, finds nothing to do, and the deployment does not come."""
    stuck(clients, name)
    cloudformation = clients("cloudformation")
    clients("sqs").create_queue(QueueName=name)
    cloudformation.continue_update_rollback(StackName=name)
    assert status(clients, name) == "UPDATE_ROLLBACK_COMPLETE"
    deployed = cloudformation.get_template(StackName=name)["TemplateBody"]
    assert deployed == json.loads(template(Queue=queue(name)))


def test_an_update_that_was_taken_back_leaves_the_tags_from_before(clients: Clients, name: str) -> None:
    """Of the same template with another parameter, too, only the resources were taken back."""
    cloudformation, body = clients("cloudformation"), template(Queue=queue(name, VisibilityTimeout={"Ref": "Seconds"}))
    before, after = [{"Key": "release", "Value": "one"}], [{"Key": "release", "Value": "two"}]
    cloudformation.create_stack(StackName=name, TemplateBody=body, Tags=before)
    assert status(clients, name) == "CREATE_COMPLETE"
    never = [{"ParameterKey": "Seconds", "ParameterValue": "never"}]
    cloudformation.update_stack(StackName=name, TemplateBody=body, Tags=after, Parameters=never)
    assert status(clients, name) == "UPDATE_ROLLBACK_COMPLETE"
    assert cloudformation.describe_stacks(StackName=name)["Stacks"][0]["Tags"] == before


@pytest.mark.parametrize("orphans", [{"ResourcesToSkip": ["Queue"]}, {"ForceRollback": True}])
def test_a_rollback_may_leave_alone_what_it_cannot_bring_back(
    clients: Clients, name: str, orphans: Mapping[str, Any]
) -> None:
    stuck(clients, name)
    clients("cloudformation").continue_update_rollback(StackName=name, **orphans)
    assert status(clients, name) == "UPDATE_ROLLBACK_COMPLETE"


def test_what_was_not_rolled_back_is_rolled_back_later(clients: Clients, name: str) -> None:
    cloudformation = clients("cloudformation")
    good = queue(name) | {"DeletionPolicy": "Retain"}
    bad = queue(f"{name}-bad", VisibilityTimeout="never") | {"DependsOn": "Good"}
    cloudformation.create_stack(StackName=name, TemplateBody=template(Good=good, Bad=bad), DisableRollback=True)
    assert status(clients, name) == "CREATE_FAILED"
    cloudformation.rollback_stack(StackName=name, RetainExceptOnCreate=True)
    assert status(clients, name) == "ROLLBACK_COMPLETE"
    with pytest.raises(ClientError, match="NonExistentQueue"):
        clients("sqs").get_queue_url(QueueName=name)
