"""Stacks, their events and resources, as CloudFormation's API shows them."""

from dataclasses import replace
from typing import Any

from eks_twin.cloud.stored_stack import StoredStack
from eks_twin.cloudformation import OnFailure


def described(stack: StoredStack) -> dict[str, Any]:
    """Return the stack as DescribeStacks shows it."""
    return {
        "StackId": stack.identity.id,
        "StackName": stack.identity.name,
        "Description": stack.state.template.get("Description"),
        "Parameters": _described_parameters(stack),
        "CreationTime": stack.created,
        "LastUpdatedTime": stack.updated,
        "DeletionTime": stack.deleted,
        "StackStatus": stack.status,
        "StackStatusReason": stack.reason or None,
        "DisableRollback": stack.input.on_failure is OnFailure.DO_NOTHING,
        "NotificationARNs": [],
        "Capabilities": list(stack.input.capabilities),
        "Outputs": [
            {
                "OutputKey": output.name,
                "OutputValue": output.value,
                "Description": output.description or None,
                "ExportName": output.export_name or None,
            }
            for output in stack.state.outputs
        ],
        "RoleARN": stack.input.role,
        "Tags": list(stack.input.tags),
        "EnableTerminationProtection": stack.protected,
    }


def _described_parameters(stack: StoredStack) -> list[dict[str, Any]]:
    definitions = stack.state.template.get("Parameters") or {}
    hidden = {name for name, one in definitions.items() if str(one.get("NoEcho", False)).lower() == "true"}
    return [
        {"ParameterKey": name, "ParameterValue": "****" if name in hidden else value}
        for name, value in stack.state.parameters.items()
    ]


def described_events(stack: StoredStack) -> list[dict[str, Any]]:
    """Return the history as DescribeStackEvents shows it: newest first."""
    return [
        {
            "StackId": event.stack_id,
            "EventId": f"{event.logical_id}-{event.status}-{number}",
            "StackName": event.stack_name,
            "LogicalResourceId": event.logical_id,
            "PhysicalResourceId": event.physical_id,
            "ResourceType": event.resource_type,
            "Timestamp": event.timestamp,
            "ResourceStatus": event.status,
            "ResourceStatusReason": event.reason or None,
        }
        for number, event in reversed(list(enumerate(list(stack.history))))
    ]


def described_resources(stack: StoredStack) -> list[dict[str, Any]]:
    """Return the resources as ListStackResources and DescribeStackResources show them."""
    # Once all is done, the last event of a logical id may be about the half of it that was replaced and deleted.
    done = {} if stack.is_in_progress else stack.state.resources
    shown = [
        event if stack.is_in_progress else replace(event, physical_id=done[name].physical_id, status=done[name].status)
        for name, event in list(stack.newest.items())
        if stack.is_in_progress or name in done
    ]
    return [
        {
            "StackName": stack.identity.name,
            "StackId": stack.identity.id,
            "LogicalResourceId": event.logical_id,
            "PhysicalResourceId": event.physical_id,
            "ResourceType": event.resource_type,
            "Timestamp": event.timestamp,
            "LastUpdatedTimestamp": event.timestamp,
            "ResourceStatus": event.status,
            "ResourceStatusReason": event.reason or None,
        }
        for event in shown
    ]
