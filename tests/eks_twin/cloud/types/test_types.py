"""Each type that the twin's CloudFormation knows: made, changed, replaced, deleted and rolled back.

What is asked afterwards is the service's own API: a stack that says UPDATE_COMPLETE and changes nothing, or
DELETE_COMPLETE and leaves the resource, would be green here and wrong on AWS.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

from eks_twin.aws_clients import Clients
from eks_twin.cloud.catalog import catalog
from eks_twin.cloud.types.kept import KeptType
from eks_twin.cloud.types.replacement import Replacing
from eks_twin.cloudformation import Provisioned, Request, ResourceState
from tests.eks_twin.cloud.types import (
    cloudwatch,
    ecr,
    functions,
    iam,
    kms,
    logs,
    messaging,
    nothing,
    remembered,
    s3,
    ssm,
)
from tests.eks_twin.cloud.types.case import TAGS, Case, InPlace, Properties
from tests.eks_twin.cloud.types.ec2 import endpoints, gateways, launch_templates, routes, security_groups, vpc
from tests.eks_twin.cloud.types.stack import BAD, Stack

pytestmark = pytest.mark.slow

TABLES = (
    *(endpoints, gateways, launch_templates, routes, security_groups, vpc),
    *(cloudwatch, ecr, functions, iam, kms, logs, messaging, nothing, remembered, s3, ssm),
)
CASES = tuple(case for table in TABLES for case in table.CASES)
ELSEWHERE = {"AWS::EKS::AccessEntry", "AWS::EKS::Addon", "AWS::EKS::Cluster", "AWS::EKS::Nodegroup"}
"""Need a cluster: `tests/eks_twin/cloud/eks`."""
SEEN_NOWHERE = {
    ("AWS::ECR::Repository", "EmptyOnDelete"),  # read at the deletion
    ("AWS::KMS::Key", "PendingWindowInDays"),  # read at the deletion
    ("AWS::S3::Bucket", "LoggingConfiguration"),  # nobody writes access logs here
}
ONE_OF_A_KIND = {
    ("AWS::EC2::Route", "NetworkInterfaceId"),
    ("AWS::EC2::Route", "TransitGatewayId"),
    ("AWS::EC2::Route", "VpcPeeringConnectionId"),
}
"""Changed by the very same call as another property, which has a row."""
IN_PLACE = [
    pytest.param(case, change, id=f"{case}-{'-'.join(change.properties)}") for case in CASES for change in case.in_place
]
changes = pytest.mark.parametrize(("stack", "change"), IN_PLACE, indirect=["stack"], scope="class")


changed_at_all = pytest.mark.parametrize(
    "stack", [case for case in CASES if case.in_place], ids=str, indirect=True, scope="class"
)


@pytest.fixture(scope="class")
def stack(clients: Clients, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """Return a stack that serves all changes of a case, each of which must leave it as it was."""
    stack = Stack(clients, request.param)
    assert stack.create() == "CREATE_COMPLETE", stack.why()
    yield stack
    assert stack.delete() == "DELETE_COMPLETE", stack.why()


def exists(case: Case, clients: Clients, physical_id: str) -> bool:
    try:
        return case.exists(clients, physical_id)
    except (ClientError, IndexError, KeyError, ValueError):
        return False


def together(case: Case) -> Properties:
    """Return all changes of a case that can be made at once: of those of one property, the first."""
    return {name: value for change in reversed(case.in_place) for name, value in change.properties.items()}


def probed(stack: Stack) -> list[Any]:
    """Return all that the API says of the resource."""
    return [change.probe(stack.clients, stack.physical_id) for change in stack.case.in_place]


class TestOneStackForAllChangesOfAType:
    """A stack is made once a type, and each change leaves it as it was."""

    @changes
    def test_it_is_changed_in_place_and_back(self, stack: Stack, change: InPlace) -> None:
        physical_id = stack.physical_id
        assert change.probe(stack.clients, physical_id) == change.before
        back = {name: stack.properties.get(name) for name in change.properties}
        assert stack.update(change.properties) == "UPDATE_COMPLETE", stack.why()
        assert change.probe(stack.clients, physical_id) == change.after
        assert stack.update(back) == "UPDATE_COMPLETE", stack.why()
        assert (stack.physical_id, change.probe(stack.clients, physical_id)) == (physical_id, change.before)

    @changed_at_all
    def test_a_failure_elsewhere_brings_it_back(self, stack: Stack) -> None:
        before = (stack.physical_id, probed(stack))
        assert stack.update(together(stack.case), failing=True) == "UPDATE_ROLLBACK_COMPLETE", stack.why()
        assert (stack.physical_id, probed(stack)) == before

    @changed_at_all
    @pytest.mark.parametrize("when", ["before anything was done", "after all was done"])
    def test_a_failure_of_its_own_brings_it_back_too(
        self, stack: Stack, when: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The rollback does not know how far the update came, and repeats nothing that would fail again."""
        before, once, update = (stack.physical_id, probed(stack)), iter([True]), Replacing.update

        def failing(kind: Replacing, request: Request, state: ResourceState) -> Provisioned:
            if request.logical_id != "It" or not next(once, False):
                return update(kind, request, state)
            if when == "after all was done":
                update(kind, request, state)
            raise ClientError({"Error": {"Code": "Throttling", "Message": "Rate exceeded"}}, "Change")

        monkeypatch.setattr(Replacing, "update", failing)
        assert stack.update(together(stack.case)) == "UPDATE_ROLLBACK_COMPLETE", stack.why()
        assert any("Rate exceeded" in reason for reason in stack.why())
        assert (stack.physical_id, probed(stack)) == before


@pytest.mark.parametrize("case", [case for case in CASES if case.replaced_by], ids=str)
def test_another_takes_its_place_and_it_goes(case: Case, clients: Clients) -> None:
    stack = Stack(clients, case)
    assert stack.create() == "CREATE_COMPLETE", stack.why()
    before = stack.physical_id
    assert stack.update(case.replaced_by or {}, failing=True) == "UPDATE_ROLLBACK_COMPLETE", stack.why()
    assert stack.physical_id == before
    assert exists(case, clients, before)
    assert stack.update(case.replaced_by or {}) == "UPDATE_COMPLETE", stack.why()
    after = stack.physical_id
    assert before != after
    assert exists(case, clients, after)
    assert not exists(case, clients, before)
    assert stack.delete() == "DELETE_COMPLETE", stack.why()
    assert not exists(case, clients, after)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_is_gone_when_the_stack_says_so_and_can_be_made_again(case: Case, clients: Clients) -> None:
    stack = Stack(clients, case)
    assert stack.create() == "CREATE_COMPLETE", stack.why()
    physical_id = stack.physical_id
    assert exists(case, clients, physical_id) is (case.exists is not nothing.always)
    assert stack.remove_it() == "UPDATE_COMPLETE", stack.why()
    assert not exists(case, clients, physical_id)
    assert stack.update({}) == "UPDATE_COMPLETE", stack.why()
    physical_id = stack.physical_id
    assert stack.delete() == "DELETE_COMPLETE", stack.why()
    assert not exists(case, clients, physical_id)


@pytest.mark.parametrize(
    ("case", "change"), [(case, change) for case in CASES for change in case.in_place if "Tags" in change.properties]
)
def test_a_tag_of_the_stack_is_one_of_the_resource(case: Case, change: InPlace, clients: Clients) -> None:
    """From its creation on, and until the stack has it no longer."""
    stack = Stack(clients, case)
    assert stack.create(tags=TAGS) == "CREATE_COMPLETE", stack.why()
    physical_id = stack.physical_id
    assert change.probe(clients, physical_id) == change.after
    assert stack.tag([]) == "UPDATE_COMPLETE", stack.why()
    assert (stack.physical_id, change.probe(clients, physical_id)) == (physical_id, change.before)
    assert stack.delete() == "DELETE_COMPLETE", stack.why()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_failed_creation_leaves_nothing_of_it(case: Case, clients: Clients) -> None:
    stack = Stack(clients, case)
    assert stack.create(failing=True) == "ROLLBACK_COMPLETE", stack.why()
    made = {one["PhysicalResourceId"] for one in stack.events() if one["LogicalResourceId"] == "It"}
    assert not any(exists(case, clients, physical_id) for physical_id in made if physical_id)


HALF_MADE = Case("AWS::IAM::Role", {**BAD["Properties"], "RoleName": "half-made"}, iam.CASES[-1].exists)


def test_what_failed_half_way_through_its_creation_is_not_left_behind(clients: Clients) -> None:
    """A bucket whose encryption was refused stayed, and the next deployment found its name taken."""
    stack = Stack(clients, HALF_MADE)
    assert stack.create() == "ROLLBACK_COMPLETE"
    assert not exists(HALF_MADE, clients, "half-made")


def test_nor_is_it_where_the_answer_could_not_be_read(clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a service refuses itself was known to the rollback."""

    def failing(*_: object) -> None:
        raise ResponseParserError("no XML")

    monkeypatch.setattr(KeptType, "_apply", failing)
    stack = Stack(clients, HALF_MADE)
    assert stack.create() == "ROLLBACK_COMPLETE"
    assert "ResponseParserError: no XML" in stack.why()
    assert not exists(HALF_MADE, clients, "half-made")


def test_every_type_that_there_is_has_a_case() -> None:
    """A type that comes without one would say UPDATE_COMPLETE whatever it does."""
    nothing: Any = None
    known = catalog(nothing, nothing, nothing, {}).types
    assert known.keys() == {case.type for case in CASES} | ELSEWHERE


def test_every_property_that_can_change_has_a_row() -> None:
    """It would be changed by a call that nobody has ever seen change it."""
    nothing: Any = None
    known = catalog(nothing, nothing, nothing, {}).types
    kinds = {name: kind.inner for name, kind in known.items() if isinstance(kind, Replacing)}
    changeable = {(name, one) for name, kind in kinds.items() if isinstance(kind, KeptType) for one in kind.changes}
    rows = {(case.type, name) for case in CASES for change in case.in_place for name in change.properties}
    assert changeable - rows == SEEN_NOWHERE | ONE_OF_A_KIND
