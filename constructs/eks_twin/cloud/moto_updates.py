"""How resources that moto keeps are changed in place, with what CloudFormation promises for each type."""

import json
from collections.abc import Mapping
from typing import Any

from moto.cloudformation.parsing import resource_class_from_type

from eks_twin.aws_clients import Clients
from eks_twin.cloud.moto_type import Update
from eks_twin.cloudformation import Request


def by_moto(model: Any, _: Mapping[str, Any], request: Request) -> None:
    """Let moto's own model do it, of which we know that it keeps the resource."""
    resource_class_from_type(request.resource_type).update_from_cloudformation_json(
        original_resource=model,
        new_resource_name=model.physical_resource_id,
        cloudformation_json={"Type": request.resource_type, "Properties": dict(request.properties)},
        account_id=request.account,
        region_name=request.region,
    )


def tags_only(_: Any, before: Mapping[str, Any], request: Request) -> None:
    """Accept a change of tags, which nothing in the twin reads; anything else is more than this can do."""
    changed = {
        name
        for name in {*before, *request.properties}
        if name != "Tags" and before.get(name) != request.properties.get(name)
    }
    if changed:
        raise NotImplementedError(f"the twin cannot change {', '.join(sorted(changed))} of a {request.resource_type}")


def update_queue(clients: Clients) -> Update:
    """Return how a queue gets new attributes: its messages stay."""

    def update(model: Any, _: Mapping[str, Any], request: Request) -> None:
        attributes = {name: _text(value) for name, value in request.properties.items() if name not in _NOT_ATTRIBUTES}
        clients("sqs").set_queue_attributes(QueueUrl=model.physical_resource_id, Attributes=attributes)

    return update


_NOT_ATTRIBUTES = frozenset({"QueueName", "Tags", "FifoQueue"})


def _text(value: object) -> str:
    return json.dumps(value) if isinstance(value, (dict, list, bool)) else str(value)


def update_role(clients: Clients) -> Update:
    """Return how a role gets another trust policy, other inline and other managed policies."""

    def update(model: Any, before: Mapping[str, Any], request: Request) -> None:
        iam, name, properties = clients("iam"), model.physical_resource_id, request.properties
        iam.update_assume_role_policy(RoleName=name, PolicyDocument=json.dumps(properties["AssumeRolePolicyDocument"]))
        for policy in _listed(before, "Policies"):
            iam.delete_role_policy(RoleName=name, PolicyName=policy["PolicyName"])
        for policy in _listed(properties, "Policies"):
            document = json.dumps(policy["PolicyDocument"])
            iam.put_role_policy(RoleName=name, PolicyName=policy["PolicyName"], PolicyDocument=document)
        for arn in _listed(before, "ManagedPolicyArns"):
            iam.detach_role_policy(RoleName=name, PolicyArn=arn)
        for arn in _listed(properties, "ManagedPolicyArns"):
            iam.attach_role_policy(RoleName=name, PolicyArn=arn)

    return update


def _listed(properties: Mapping[str, Any], name: str) -> list[Any]:
    return list(properties.get(name) or [])


def update_key(clients: Clients) -> Update:
    """Return how a KMS key gets another policy."""

    def update(model: Any, _: Mapping[str, Any], request: Request) -> None:
        policy = json.dumps(request.properties["KeyPolicy"])
        clients("kms").put_key_policy(KeyId=model.physical_resource_id, PolicyName="default", Policy=policy)

    return update


def update_log_group(clients: Clients) -> Update:
    """Return how a log group keeps its lines for longer or shorter."""

    def update(model: Any, _: Mapping[str, Any], request: Request) -> None:
        name, days = model.physical_resource_id, request.properties.get("RetentionInDays")
        if days is None:
            clients("logs").delete_retention_policy(logGroupName=name)
        else:
            clients("logs").put_retention_policy(logGroupName=name, retentionInDays=days)

    return update
