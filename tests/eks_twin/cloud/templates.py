"""Templates for the tests of CloudFormation's API, and how far their stacks are."""

import json
from collections.abc import Mapping
from typing import Any

from eks_twin.aws_clients import Clients


def queue(name: str, **properties: Any) -> dict[str, Any]:
    return {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name, **properties}}


def template(**resources: Mapping[str, Any]) -> str:
    parameters = {"Seconds": {"Type": "String", "Default": "40"}}
    return json.dumps({"Parameters": parameters, "Resources": resources})


def status(clients: Clients, stack: str) -> str:
    """Return the stack's status, once nothing is in progress."""
    found = "_IN_PROGRESS"
    while found.endswith("_IN_PROGRESS") and found != "REVIEW_IN_PROGRESS":  # each answer waits for some seconds
        found = str(clients("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"])
    return found
