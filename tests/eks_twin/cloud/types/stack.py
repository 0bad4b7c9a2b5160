"""A stack with the one resource that a case is about."""

import json
from collections.abc import Mapping
from itertools import count
from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, Properties, changed

BAD: Mapping[str, Any] = {
    "Type": "AWS::IAM::Role",
    "Properties": {
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
        "ManagedPolicyArns": ["arn:aws:iam::aws:policy/ThereIsNoSuchPolicy"],
    },
}
"""A resource that cannot be created."""
_NUMBERS = count(1)


class Stack:
    """A stack with the resource, `It`, and what that refers to."""

    def __init__(self, clients: Clients, case: Case) -> None:
        self.clients, self.case, self.name = clients, case, f"s{next(_NUMBERS)}"
        self.id = self.name
        self.properties: Properties = case.properties

    def create(self, *, failing: bool = False) -> str:
        body = self._template(self.properties, failing=failing)
        self._cloudformation.create_stack(StackName=self.name, TemplateBody=body)
        return self.status()

    def update(self, by: Properties, *, failing: bool = False) -> str:
        wanted = changed(self.properties, by)
        self._cloudformation.update_stack(StackName=self.name, TemplateBody=self._template(wanted, failing=failing))
        status = self.status()
        if status == "UPDATE_COMPLETE":
            self.properties = wanted
        return status

    def remove_it(self) -> str:
        """Delete the resource alone: what is around it stays."""
        rest = {"Nothing": {"Type": "AWS::CloudFormation::WaitConditionHandle"}, **self.case.around}
        self._cloudformation.update_stack(StackName=self.name, TemplateBody=json.dumps({"Resources": rest}))
        return self.status()

    def delete(self) -> str:
        self.id = self._describe(self.name)["StackId"]
        self._cloudformation.delete_stack(StackName=self.name)
        return self.status(self.id)

    def status(self, name: str | None = None) -> str:
        while (status := str(self._describe(name or self.name)["StackStatus"])).endswith("_IN_PROGRESS"):
            pass  # describing a stack in progress takes as long as the progress
        return status

    def events(self) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = self._cloudformation.describe_stack_events(StackName=self.id)["StackEvents"]
        return found

    def why(self) -> list[str]:
        return [one.get("ResourceStatusReason", "") for one in self.events() if "_FAILED" in one["ResourceStatus"]]

    @property
    def physical_id(self) -> str:
        found = self._cloudformation.describe_stack_resource(StackName=self.name, LogicalResourceId="It")
        return str(found["StackResourceDetail"]["PhysicalResourceId"])

    def _template(self, properties: Properties, *, failing: bool = False) -> str:
        resources: dict[str, Any] = {**self.case.around, "It": {"Type": self.case.type, "Properties": properties}}
        if failing:
            resources["Bad"] = {**BAD, "DependsOn": "It"}
        return json.dumps({"Resources": resources})

    @property
    def _cloudformation(self) -> Any:
        return self.clients("cloudformation")

    def _describe(self, name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._cloudformation.describe_stacks(StackName=name)["Stacks"][0]
        return found
