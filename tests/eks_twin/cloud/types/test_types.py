"""Each type that the twin's CloudFormation knows: made, changed, replaced, deleted and rolled back.

What is asked afterwards is the service's own API: a stack that says UPDATE_COMPLETE and changes nothing, or
DELETE_COMPLETE and leaves the resource, would be green here and wrong on AWS.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import pytest
from botocore.exceptions import ClientError

from eks_twin.aws_clients import Clients
from eks_twin.cloud.catalog import catalog
from tests.eks_twin.cloud.types import ec2, iam, kms, messaging, others
from tests.eks_twin.cloud.types.case import Case, InPlace, Properties, changed

pytestmark = pytest.mark.slow

CASES = (*ec2.CASES, *iam.CASES, *kms.CASES, *messaging.CASES, *others.CASES)
ELSEWHERE = {
    "AWS::EKS::AccessEntry",
    "AWS::EKS::Addon",
    "AWS::EKS::Cluster",
    "AWS::EKS::Nodegroup",
    "AWS::Lambda::LayerVersion",
}
"""Need a cluster, or an archive in a bucket: test_cluster_types.py, test_up.py."""
IN_PLACE = [
    pytest.param(case, change, id=f"{case}-{'-'.join(change.properties)}") for case in CASES for change in case.in_place
]
BAD: Mapping[str, Any] = {
    "Type": "AWS::IAM::Role",
    "Properties": {
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
        "ManagedPolicyArns": ["arn:aws:iam::aws:policy/ThereIsNoSuchPolicy"],
    },
}
_NUMBERS = count(1)


class Stack:
    """A stack with one resource of interest, `It`, and what that refers to."""

    def __init__(self, clients: Clients, case: Case) -> None:
        self.clients, self.case, self.name = clients, case, f"s{next(_NUMBERS)}"
        self.id = self.name
        self.properties: Properties = case.properties

    def create(self) -> str:
        self._cloudformation.create_stack(StackName=self.name, TemplateBody=self._template(self.properties))
        return self.status()

    def update(self, by: Properties, *, failing: bool = False) -> str:
        wanted = changed(self.properties, by)
        self._cloudformation.update_stack(StackName=self.name, TemplateBody=self._template(wanted, failing=failing))
        status = self.status()
        if status == "UPDATE_COMPLETE":
            self.properties = wanted
        return status

    def delete(self) -> str:
        self.id = self._describe(self.name)["StackId"]
        self._cloudformation.delete_stack(StackName=self.name)
        return self.status(self.id)

    def status(self, name: str | None = None) -> str:
        while (status := str(self._describe(name or self.name)["StackStatus"])).endswith("_IN_PROGRESS"):
            pass  # describing a stack in progress takes as long as the progress
        return status

    def why(self) -> list[str]:
        events = self._cloudformation.describe_stack_events(StackName=self.id)["StackEvents"]
        return [one.get("ResourceStatusReason", "") for one in events if one["ResourceStatus"].endswith("_FAILED")]

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


@pytest.fixture
def stack(clients: Clients, case: Case) -> Iterator[Stack]:
    stack = Stack(clients, case)
    assert stack.create() == "CREATE_COMPLETE", stack.why()
    yield stack
    assert stack.delete() == "DELETE_COMPLETE", stack.why()


def exists(case: Case, clients: Clients, physical_id: str) -> bool:
    try:
        return case.exists(clients, physical_id)
    except (ClientError, IndexError, KeyError, ValueError):
        return False


def is_kept(case: Case) -> bool:
    """Whether AWS holds anything of the type."""
    return case.exists is not others.always


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_is_there_when_the_stack_says_so(case: Case, stack: Stack) -> None:
    assert exists(case, stack.clients, stack.physical_id) is is_kept(case)


@pytest.mark.parametrize(("case", "change"), IN_PLACE)
def test_it_is_changed_in_place_and_back(case: Case, change: InPlace, stack: Stack) -> None:  # noqa: ARG001
    physical_id = stack.physical_id
    assert change.probe(stack.clients, physical_id) == change.before
    assert stack.update(change.properties) == "UPDATE_COMPLETE", stack.why()
    assert change.probe(stack.clients, physical_id) == change.after
    back = {name: stack.case.properties.get(name) for name in change.properties}
    assert stack.update(back) == "UPDATE_COMPLETE", stack.why()
    assert (stack.physical_id, change.probe(stack.clients, physical_id)) == (physical_id, change.before)


@pytest.mark.parametrize(("case", "change"), IN_PLACE)
def test_a_failure_elsewhere_brings_it_back(case: Case, change: InPlace, stack: Stack) -> None:  # noqa: ARG001
    physical_id = stack.physical_id
    assert stack.update(change.properties, failing=True) == "UPDATE_ROLLBACK_COMPLETE"
    assert (stack.physical_id, change.probe(stack.clients, physical_id)) == (physical_id, change.before)


@pytest.mark.parametrize("case", [case for case in CASES if case.replaced_by], ids=str)
def test_another_takes_its_place_and_it_goes(case: Case, stack: Stack) -> None:
    before = stack.physical_id
    assert stack.update(case.replaced_by or {}) == "UPDATE_COMPLETE", stack.why()
    after = stack.physical_id
    assert exists(case, stack.clients, after)
    assert before != after
    assert not exists(case, stack.clients, before)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_is_gone_with_its_stack_and_can_be_made_again(case: Case, clients: Clients) -> None:
    stack = Stack(clients, case)
    assert stack.create() == "CREATE_COMPLETE", stack.why()
    physical_id = stack.physical_id
    assert stack.delete() == "DELETE_COMPLETE", stack.why()
    assert not exists(case, clients, physical_id)
    again = Stack(clients, case)
    assert again.create() == "CREATE_COMPLETE", again.why()
    assert again.delete() == "DELETE_COMPLETE"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_failed_creation_leaves_nothing_of_it(case: Case, clients: Clients) -> None:
    stack = Stack(clients, case)
    body = stack._template(case.properties, failing=True)
    clients("cloudformation").create_stack(StackName=stack.name, TemplateBody=body)
    assert stack.status() == "ROLLBACK_COMPLETE"
    events = clients("cloudformation").describe_stack_events(StackName=stack.name)["StackEvents"]
    made = {one["PhysicalResourceId"] for one in events if one["LogicalResourceId"] == "It"}
    assert not any(exists(case, clients, physical_id) for physical_id in made if physical_id)


def test_what_failed_half_way_through_its_creation_is_not_left_behind(clients: Clients) -> None:
    """A bucket whose encryption was refused stayed, and the next deployment found its name taken."""
    bad = Case("AWS::IAM::Role", {**BAD["Properties"], "RoleName": "half-made"}, iam.CASES[-1].exists)
    stack = Stack(clients, bad)
    assert stack.create() == "ROLLBACK_COMPLETE"
    assert not exists(bad, clients, "half-made")


def test_every_type_that_there_is_has_a_case() -> None:
    """A type that comes without one would say UPDATE_COMPLETE whatever it does."""
    nothing: Any = None
    known = catalog(nothing, nothing, nothing, {}).types.keys()
    assert known == {case.type for case in CASES} | ELSEWHERE
