"""CloudFormation's API on moto's server, as boto3 and the CDK CLI use it."""

import json

import pytest
from botocore.exceptions import ClientError

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.templates import queue, status, template

pytestmark = pytest.mark.slow


def test_a_stack_is_created_and_its_resources_are_there(clients: Clients, name: str) -> None:
    clients("cloudformation").create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    assert status(clients, name) == "CREATE_COMPLETE"
    assert clients("sqs").get_queue_url(QueueName=name)["QueueUrl"].endswith(f"333333333333/{name}")


def test_an_update_may_use_the_previous_value_of_a_parameter_that_was_never_given(clients: Clients, name: str) -> None:
    """The CDK CLI asks so for every parameter at each update: without, the first update of any stack failed."""
    cloudformation = clients("cloudformation")
    cloudformation.create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    status(clients, name)
    changed = template(Queue=queue(name, VisibilityTimeout={"Ref": "Seconds"}))
    previous = [{"ParameterKey": "Seconds", "UsePreviousValue": True}]
    cloudformation.update_stack(StackName=name, TemplateBody=changed, Parameters=previous)
    assert status(clients, name) == "UPDATE_COMPLETE"
    url = clients("sqs").get_queue_url(QueueName=name)["QueueUrl"]
    attributes = clients("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])
    assert attributes["Attributes"]["VisibilityTimeout"] == "40"


def test_an_update_without_a_change_is_refused_in_the_words_that_the_cdk_looks_for(clients: Clients, name: str) -> None:
    cloudformation, body = clients("cloudformation"), template(Queue=queue(name))
    cloudformation.create_stack(StackName=name, TemplateBody=body)
    status(clients, name)
    with pytest.raises(ClientError, match="No updates are to be performed"):
        cloudformation.update_stack(StackName=name, TemplateBody=body)


def test_a_failing_resource_rolls_the_stack_back_and_is_named_with_its_reason(clients: Clients, name: str) -> None:
    body = template(Good=queue(name), Bad={**queue(name + "-bad", VisibilityTimeout="never"), "DependsOn": "Good"})
    clients("cloudformation").create_stack(StackName=name, TemplateBody=body)
    assert status(clients, name) == "ROLLBACK_COMPLETE"
    events = clients("cloudformation").describe_stack_events(StackName=name)["StackEvents"]
    (failed,) = [one for one in events if one["ResourceStatus"] == "CREATE_FAILED"]
    assert (failed["LogicalResourceId"], "never" in failed["ResourceStatusReason"]) == ("Bad", True)
    with pytest.raises(ClientError, match="NonExistentQueue"):
        clients("sqs").get_queue_url(QueueName=name)


def test_after_a_rollback_the_template_is_the_one_before(clients: Clients, name: str) -> None:
    """The CDK CLI compares it with what it would deploy: it took the change that had failed for deployed."""
    cloudformation, good = clients("cloudformation"), template(Queue=queue(name))
    cloudformation.create_stack(StackName=name, TemplateBody=good)
    status(clients, name)
    changed = template(Queue=queue(name), Bad=queue(name + "-bad", VisibilityTimeout="never"))
    cloudformation.update_stack(StackName=name, TemplateBody=changed)
    assert status(clients, name) == "UPDATE_ROLLBACK_COMPLETE"
    assert cloudformation.get_template(StackName=name)["TemplateBody"] == json.loads(good)
    cloudformation.update_stack(StackName=name, TemplateBody=template(Queue=queue(name, VisibilityTimeout=50)))
    assert status(clients, name) == "UPDATE_COMPLETE"


def test_a_type_that_nobody_knows_is_refused_before_anything_is_created(clients: Clients, name: str) -> None:
    body = template(Queue=queue(name), Odd={"Type": "AWS::Odd::Thing"})
    with pytest.raises(ClientError, match=r"AWS::Odd::Thing"):
        clients("cloudformation").create_stack(StackName=name, TemplateBody=body)
    with pytest.raises(ClientError, match=f"Stack with id {name} does not exist"):
        clients("cloudformation").describe_stacks(StackName=name)


def test_a_protected_stack_is_not_deleted_until_the_protection_is_off(clients: Clients, name: str) -> None:
    cloudformation = clients("cloudformation")
    body = template(Queue=queue(name))
    stack = cloudformation.create_stack(StackName=name, TemplateBody=body, EnableTerminationProtection=True)["StackId"]
    status(clients, name)
    with pytest.raises(ClientError, match="TerminationProtection is enabled"):
        cloudformation.delete_stack(StackName=name)
    cloudformation.update_termination_protection(StackName=name, EnableTerminationProtection=False)
    cloudformation.delete_stack(StackName=name)
    assert status(clients, stack) == "DELETE_COMPLETE"
    with pytest.raises(ClientError, match="does not exist"):
        cloudformation.describe_stacks(StackName=name)


def test_an_export_is_imported_and_then_cannot_be_deleted(clients: Clients, name: str) -> None:
    cloudformation = clients("cloudformation")
    exporting = json.loads(template(Queue=queue(name)))
    exporting["Outputs"] = {"Url": {"Value": {"Fn::GetAtt": ["Queue", "QueueName"]}, "Export": {"Name": name}}}
    cloudformation.create_stack(StackName=name, TemplateBody=json.dumps(exporting))
    status(clients, name)
    importing = template(Queue=queue(f"{name}-2", Tags=[{"Key": "of", "Value": {"Fn::ImportValue": name}}]))
    cloudformation.create_stack(StackName=f"{name}-2", TemplateBody=importing)
    assert status(clients, f"{name}-2") == "CREATE_COMPLETE"
    cloudformation.delete_stack(StackName=name)
    refused = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
    assert refused["StackStatus"] == "CREATE_COMPLETE"
    assert (
        f"in use by {name}-2"
        in cloudformation.describe_stack_events(StackName=name)["StackEvents"][0]["ResourceStatusReason"]
    )


def test_a_replaced_resource_is_listed_as_it_is_now(clients: Clients, name: str) -> None:
    """Its last event is the deletion of the one before."""
    cloudformation = clients("cloudformation")
    cloudformation.create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    status(clients, name)
    cloudformation.update_stack(StackName=name, TemplateBody=template(Queue=queue(f"{name}-new")))
    assert status(clients, name) == "UPDATE_COMPLETE"
    (listed,) = cloudformation.list_stack_resources(StackName=name)["StackResourceSummaries"]
    assert listed["PhysicalResourceId"].endswith(f"{name}-new")
    assert not listed["ResourceStatus"].startswith("DELETE")


def test_the_newest_event_comes_first_and_is_the_stacks_own(clients: Clients, name: str) -> None:
    clients("cloudformation").create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    status(clients, name)
    events = clients("cloudformation").describe_stack_events(StackName=name)["StackEvents"]
    assert (events[0]["ResourceStatus"], events[-1]["ResourceStatus"]) == ("CREATE_COMPLETE", "CREATE_IN_PROGRESS")
    assert events[0]["PhysicalResourceId"] == events[0]["StackId"]


def test_imports_of_an_export_are_listed(clients: Clients, name: str) -> None:
    cloudformation = clients("cloudformation")
    exporting = json.loads(template(Queue=queue(name)))
    exporting["Outputs"] = {"Url": {"Value": name, "Export": {"Name": name}}}
    stack = cloudformation.create_stack(StackName=name, TemplateBody=json.dumps(exporting))["StackId"]
    status(clients, name)
    with pytest.raises(ClientError, match=f"Export '{name}' is not imported by any stack."):
        cloudformation.list_imports(ExportName=name)
    importing = template(Queue=queue(f"{name}-2", Tags=[{"Key": "of", "Value": {"Fn::ImportValue": name}}]))
    cloudformation.create_stack(StackName=f"{name}-2", TemplateBody=importing)
    status(clients, f"{name}-2")
    assert cloudformation.list_imports(ExportName=name)["Imports"] == [f"{name}-2"]
    exports = cloudformation.list_exports()["Exports"]
    assert {"Name": name, "Value": name, "ExportingStackId": stack} in exports


def test_there_is_no_stack_policy_and_none_can_be_set(clients: Clients, name: str) -> None:
    """One that was not obeyed would protect nothing."""
    clients("cloudformation").create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    status(clients, name)
    assert "StackPolicyBody" not in clients("cloudformation").get_stack_policy(StackName=name)
    with pytest.raises(ClientError, match="SetStackPolicy is not offered"):
        clients("cloudformation").set_stack_policy(StackName=name, StackPolicyBody="{}")


def test_a_drift_that_nobody_can_tell_is_not_told(clients: Clients, name: str) -> None:
    clients("cloudformation").create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    status(clients, name)
    with pytest.raises(ClientError, match="DetectStackDrift is not offered") as error:
        clients("cloudformation").detect_stack_drift(StackName=name)
    assert error.value.response["Error"]["Code"] == "ValidationError"


def test_a_description_is_the_one_that_was_deployed_last_and_a_secret_parameter_is_hidden(
    clients: Clients, name: str
) -> None:
    body = json.loads(template(Queue=queue(name)))
    body["Parameters"]["Password"] = {"Type": "String", "NoEcho": True}
    given = [{"ParameterKey": "Password", "ParameterValue": "hunter2"}]
    cloudformation = clients("cloudformation")
    cloudformation.create_stack(StackName=name, TemplateBody=json.dumps(body | {"Description": "a"}), Parameters=given)
    status(clients, name)
    body["Resources"]["Queue"] = queue(name, VisibilityTimeout=50)
    cloudformation.update_stack(StackName=name, TemplateBody=json.dumps(body | {"Description": "b"}), Parameters=given)
    status(clients, name)
    (described,) = cloudformation.describe_stacks(StackName=name)["Stacks"]
    assert described["Description"] == "b"
    assert {"ParameterKey": "Password", "ParameterValue": "****"} in described["Parameters"]


def test_one_resource_is_described_by_its_logical_id(clients: Clients, name: str) -> None:
    cloudformation = clients("cloudformation")
    cloudformation.create_stack(StackName=name, TemplateBody=template(Queue=queue(name), More=queue(f"{name}-2")))
    status(clients, name)
    one = cloudformation.describe_stack_resource(StackName=name, LogicalResourceId="More")["StackResourceDetail"]
    assert one["PhysicalResourceId"].endswith(f"/{name}-2")
    (listed,) = cloudformation.describe_stack_resources(StackName=name, LogicalResourceId="More")["StackResources"]
    assert listed["PhysicalResourceId"] == one["PhysicalResourceId"]
    with pytest.raises(ClientError, match=f"Resource Other does not exist for stack {name}"):
        cloudformation.describe_stack_resource(StackName=name, LogicalResourceId="Other")
