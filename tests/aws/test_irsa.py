"""Roles, read from all synthesized templates: who may take them, and what they reach."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from api_platform import names
from api_platform.access import workload_role
from api_platform.environment import ENVIRONMENT_NAMES, load_environments
from api_platform.services import all_services
from tests.aws.synthesized import Resource, Synthesized

pytestmark = [pytest.mark.aws, pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)]


def roles(synthesized: Synthesized, environment: str) -> Iterator[tuple[str, dict[str, Resource]]]:
    """Yield each named role: its logical id, and the resources of its stack."""
    for stack in synthesized.stacks():
        if stack.startswith(f"{environment}/"):
            resources = synthesized.resources(stack)
            for key, one in resources.items():
                if one["Type"] == "AWS::IAM::Role" and "RoleName" in one["Properties"]:
                    yield key, resources


def by_name(synthesized: Synthesized, environment: str) -> dict[str, Resource]:
    found = [resources[key]["Properties"] for key, resources in roles(synthesized, environment)]
    return {one["RoleName"]: one for one in found}


def statements(role: Resource) -> list[dict[str, Any]]:
    return [one for policy in role.get("Policies", ()) for one in policy["PolicyDocument"]["Statement"]]


def reached(role: Resource, prefix: str) -> set[str]:
    """Return the resources of one service that the role has any permission on."""
    resources: set[str] = set()
    for one in statements(role):
        named = one["Resource"] if isinstance(one["Resource"], list) else [one["Resource"]]
        resources |= {arn for arn in named if arn.startswith(prefix)}
    return resources


def test_every_workload_that_uses_aws_has_the_role_that_its_service_account_names(
    synthesized: Synthesized, environment: str
) -> None:
    (loaded,) = load_environments(environment)
    workloads = [workload for service in all_services(loaded) for workload in service.workloads]
    wanted = {names.role_name(loaded, one.name) for one in workloads if workload_role(loaded, one)}
    subjects = (names.ALERTMANAGER, names.CERT_MANAGER, names.KEDA_OPERATOR, names.SECRET_READER)
    operators = {names.role_name(loaded, one) for one in subjects}
    add_ons = {names.role_name(loaded, one) for one in ("aws-node", "ebs-csi-controller-sa")}
    assert set(by_name(synthesized, environment)) == wanted | operators | add_ons


def test_names_are_no_longer_than_iam_takes(synthesized: Synthesized, environment: str) -> None:
    assert all(len(name) <= 64 for name in by_name(synthesized, environment))


def test_a_role_can_be_taken_by_one_service_account_alone(synthesized: Synthesized, environment: str) -> None:
    """Trust on the audience alone would let every pod of the cluster take it."""
    for key, resources in roles(synthesized, environment):
        (trust,) = resources[key]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
        assert trust["Action"] == "sts:AssumeRoleWithWebIdentity"
        claims = resources[trust["Condition"]["StringEquals"]["Fn::GetAtt"][0]]["Properties"]["Value"]
        text = json.dumps(claims).replace('\\"', '"').replace("\\", "")
        assert text.count(':sub":"system:serviceaccount:') == 1
        assert text.count(':aud":"sts.amazonaws.com"') == 1
        assert "*" not in text


@pytest.mark.parametrize("worker", ["media-processor", "outbox-processor", "data-export"])
def test_each_worker_reaches_its_own_queue_and_no_other(
    synthesized: Synthesized, environment: str, worker: str
) -> None:
    role = by_name(synthesized, environment)[f"{environment}-eu-west-1-{worker}"]
    (queue,) = reached(role, "arn:aws:sqs:")
    assert queue.rpartition(":")[2] == f"{environment}-{worker}"


def test_each_bucket_is_reached_by_those_alone_that_say_so(synthesized: Synthesized, environment: str) -> None:
    users: dict[str, set[str]] = {}
    for name, role in by_name(synthesized, environment).items():
        for arn in reached(role, "arn:aws:s3:"):
            bucket = arn.removeprefix(f"arn:aws:s3:::{environment}-").partition("-")[0]
            users.setdefault(bucket, set()).add(name.removeprefix(f"{environment}-eu-west-1-"))
    assert users == {"media": {"media-service", "media-processor"}, "export": {"data-export"}}


def test_keda_sees_how_deep_queues_are_and_nothing_in_them(synthesized: Synthesized, environment: str) -> None:
    role = by_name(synthesized, environment)[f"{environment}-eu-west-1-keda-operator"]
    assert {str(one["Action"]) for one in statements(role)} == {"sqs:GetQueueAttributes"}
    assert len(reached(role, "arn:aws:sqs:")) == 3


def test_no_role_has_a_wildcard_for_an_action_or_for_all_resources(synthesized: Synthesized, environment: str) -> None:
    for name, role in by_name(synthesized, environment).items():
        for one in statements(role):
            assert one["Effect"] == "Allow"
            assert "*" not in str(one["Action"]), name
            assert one["Resource"] != "*", name


def test_any_key_is_named_only_under_a_condition(synthesized: Synthesized, environment: str) -> None:
    for role in by_name(synthesized, environment).values():
        for one in statements(role):
            if str(one["Resource"]).startswith("arn:aws:kms:"):
                (alias,) = one["Condition"]["ForAnyValue:StringEquals"]["kms:ResourceAliases"]
                assert alias in {f"alias/{environment}-messaging", f"alias/{environment}-storage"}
