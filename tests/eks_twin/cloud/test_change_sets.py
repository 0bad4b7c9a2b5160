"""Change sets, as a plain `cdk deploy`, `cdk diff` and `cdk bootstrap` use them."""

import pytest
from botocore.exceptions import ClientError

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.templates import queue, status, template

pytestmark = pytest.mark.slow


def create(clients: Clients, stack: str, body: str, kind: str = "CREATE", name: str = "all") -> None:
    clients("cloudformation").create_change_set(
        StackName=stack, ChangeSetName=name, ChangeSetType=kind, TemplateBody=body
    )


def code_of(error: pytest.ExceptionInfo[ClientError]) -> str:
    return str(error.value.response["Error"]["Code"])


def test_a_change_set_shows_what_would_happen_and_does_it_when_executed(clients: Clients, name: str) -> None:
    """`cdk bootstrap` works by change sets."""
    cloudformation, change_set = clients("cloudformation"), {"StackName": name, "ChangeSetName": "all"}
    cloudformation.create_change_set(**change_set, ChangeSetType="CREATE", TemplateBody=template(Queue=queue(name)))
    changes = cloudformation.describe_change_set(**change_set)["Changes"]
    assert [one["ResourceChange"]["Action"] for one in changes] == ["Add"]
    assert status(clients, name) == "REVIEW_IN_PROGRESS"
    cloudformation.execute_change_set(**change_set)
    assert status(clients, name) == "CREATE_COMPLETE"


def test_the_cdk_learns_by_a_code_of_its_own_that_an_old_change_set_is_gone(clients: Clients, name: str) -> None:
    """A plain `cdk deploy` of a stack that exists deletes the old change set, and asks for it until it hears this."""
    cloudformation = clients("cloudformation")
    cloudformation.create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    status(clients, name)
    cloudformation.delete_change_set(StackName=name, ChangeSetName="cdk-deploy-change-set")
    with pytest.raises(ClientError, match=r"ChangeSet \[cdk-deploy-change-set\] does not exist") as error:
        cloudformation.describe_change_set(StackName=name, ChangeSetName="cdk-deploy-change-set")
    assert code_of(error) == "ChangeSetNotFound"


def test_an_update_is_made_by_a_change_set_once(clients: Clients, name: str) -> None:
    cloudformation = clients("cloudformation")
    cloudformation.create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    status(clients, name)
    create(clients, name, template(Queue=queue(name, VisibilityTimeout=50)), "UPDATE")
    cloudformation.execute_change_set(StackName=name, ChangeSetName="all")
    assert status(clients, name) == "UPDATE_COMPLETE"
    url = clients("sqs").get_queue_url(QueueName=name)["QueueUrl"]
    attributes = clients("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])
    assert attributes["Attributes"]["VisibilityTimeout"] == "50"
    with pytest.raises(ClientError, match="cannot be executed in its current status") as error:
        cloudformation.execute_change_set(StackName=name, ChangeSetName="all")
    assert code_of(error) == "InvalidChangeSetStatus"


def test_a_change_set_without_a_change_says_so_and_cannot_be_executed(clients: Clients, name: str) -> None:
    cloudformation, body = clients("cloudformation"), template(Queue=queue(name))
    cloudformation.create_stack(StackName=name, TemplateBody=body)
    status(clients, name)
    create(clients, name, body, "UPDATE")
    made = cloudformation.describe_change_set(StackName=name, ChangeSetName="all")
    assert (made["Status"], made["ExecutionStatus"]) == ("FAILED", "UNAVAILABLE")
    assert made["StatusReason"].startswith("The submitted information didn't contain changes.")
    with pytest.raises(ClientError, match=r"current status of \[FAILED\]"):
        cloudformation.execute_change_set(StackName=name, ChangeSetName="all")


def test_two_change_sets_that_create_share_one_stack(clients: Clients, name: str) -> None:
    """Each made a record of its own: two stacks of one name."""
    create(clients, name, template(Queue=queue(name)))
    create(clients, name, template(Queue=queue(name, VisibilityTimeout=50)), name="other")
    pages = clients("cloudformation").get_paginator("describe_stacks").paginate()
    assert [one["StackName"] for page in pages for one in page["Stacks"]].count(name) == 1
    clients("cloudformation").execute_change_set(StackName=name, ChangeSetName="other")
    assert status(clients, name) == "CREATE_COMPLETE"
    left = clients("cloudformation").list_change_sets(StackName=name)["Summaries"]
    assert [one["ChangeSetName"] for one in left] == ["other"]


def test_two_change_sets_of_a_stack_have_two_names(clients: Clients, name: str) -> None:
    create(clients, name, template(Queue=queue(name)))
    with pytest.raises(ClientError, match=r"ChangeSet \[all\] already exists") as error:
        create(clients, name, template(Queue=queue(name)))
    assert code_of(error) == "AlreadyExistsException"


def test_a_stack_that_exists_is_not_created_again(clients: Clients, name: str) -> None:
    clients("cloudformation").create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    status(clients, name)
    with pytest.raises(ClientError, match="already exists and cannot be created again"):
        create(clients, name, template(Queue=queue(name)))
    with pytest.raises(ClientError, match="already exists") as error:
        clients("cloudformation").create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    assert code_of(error) == "AlreadyExistsException"


def test_a_change_set_that_is_refused_leaves_no_stack_behind(clients: Clients, name: str) -> None:
    with pytest.raises(ClientError, match=r"AWS::Odd::Thing"):
        create(clients, name, template(Odd={"Type": "AWS::Odd::Thing"}))
    with pytest.raises(ClientError, match="does not exist"):
        clients("cloudformation").describe_stacks(StackName=name)


def test_a_stack_under_review_is_deleted_with_its_change_sets(clients: Clients, name: str) -> None:
    """`cdk diff` makes one to look, and deletes it."""
    create(clients, name, template(Queue=queue(name)))
    stack = clients("cloudformation").describe_stacks(StackName=name)["Stacks"][0]["StackId"]
    clients("cloudformation").delete_stack(StackName=name)
    assert status(clients, stack) == "DELETE_COMPLETE"
    assert clients("cloudformation").list_change_sets(StackName=stack)["Summaries"] == []
    create(clients, name, template(Queue=queue(name)))


def test_a_stack_under_review_takes_no_update(clients: Clients, name: str) -> None:
    create(clients, name, template(Queue=queue(name)))
    with pytest.raises(ClientError, match="is in REVIEW_IN_PROGRESS state and can not be updated"):
        clients("cloudformation").update_stack(StackName=name, TemplateBody=template(Queue=queue(name)))


def test_a_change_set_may_be_executed_without_a_way_back(clients: Clients, name: str) -> None:
    """`cdk deploy --no-rollback` says so when it executes one, not when it makes it."""
    body = template(Good=queue(name), Bad={**queue(name + "-bad", VisibilityTimeout="never"), "DependsOn": "Good"})
    create(clients, name, body)
    clients("cloudformation").execute_change_set(StackName=name, ChangeSetName="all", DisableRollback=True)
    assert status(clients, name) == "CREATE_FAILED"
    assert clients("sqs").get_queue_url(QueueName=name)


def test_an_import_is_refused_by_its_name(clients: Clients, name: str) -> None:
    """It created the resource instead, beside the one that was to be imported."""
    with pytest.raises(ClientError, match="does not offer the type IMPORT"):
        create(clients, name, template(Queue=queue(name)), "IMPORT")


def test_a_change_set_says_what_is_replaced(clients: Clients, name: str) -> None:
    """`cdk diff` tells people so, and believes it more than the template."""
    clients("cloudformation").create_stack(StackName=name, TemplateBody=template(Queue=queue(name)))
    status(clients, name)
    create(clients, name, template(Queue=queue(f"{name}-new", VisibilityTimeout=50)), "UPDATE")
    (change,) = clients("cloudformation").describe_change_set(StackName=name, ChangeSetName="all")["Changes"]
    assert change["ResourceChange"]["Replacement"] == "True"
    recreation = {
        one["Target"]["Name"]: one["Target"]["RequiresRecreation"] for one in change["ResourceChange"]["Details"]
    }
    assert recreation == {"QueueName": "Always", "VisibilityTimeout": "Never"}


def test_a_drift_is_not_reverted_and_that_is_said(clients: Clients, name: str) -> None:
    with pytest.raises(ClientError, match="does not offer DeploymentMode"):
        clients("cloudformation").create_change_set(
            StackName=name,
            ChangeSetName="all",
            ChangeSetType="CREATE",
            TemplateBody=template(Queue=queue(name)),
            DeploymentMode="REVERT_DRIFT",
        )


def test_a_change_set_of_tags_alone_can_be_executed(clients: Clients, name: str) -> None:
    cloudformation, body = clients("cloudformation"), template(Queue=queue(name))
    cloudformation.create_stack(StackName=name, TemplateBody=body)
    status(clients, name)
    tags = [{"Key": "team", "Value": "shop"}]
    cloudformation.create_change_set(StackName=name, ChangeSetName="all", TemplateBody=body, Tags=tags)
    cloudformation.execute_change_set(StackName=name, ChangeSetName="all")
    (described,) = cloudformation.describe_stacks(StackName=name)["Stacks"]
    assert (described["StackStatus"], described["Tags"]) == ("UPDATE_COMPLETE", tags)
    assert cloudformation.describe_change_set(StackName=name, ChangeSetName="all")["Status"] == "CREATE_COMPLETE"
