"""The nightly look for drift: in the environment's network, and with the rights of one who looks."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from api_platform.environment import ENVIRONMENT_NAMES
from tests.aws.synthesized import Resource, Synthesized
from tests.pipeline.test_pipeline_stack import of_type

pytestmark = [pytest.mark.aws, pytest.mark.slow]
WRITES = ("Create", "Delete", "Put", "Update", "Run", "Send")


@pytest.fixture(params=ENVIRONMENT_NAMES)
def resources(whole: Synthesized, request: pytest.FixtureRequest) -> Mapping[str, Resource]:
    return whole.resources(f"{request.param}/pipeline-access")


def role(resources: Mapping[str, Resource], ending: str) -> Mapping[str, Any]:
    (found,) = [one for one in of_type(resources, "AWS::IAM::Role") if one["RoleName"].endswith(ending)]
    return found


def actions(role: Mapping[str, Any]) -> list[str]:
    statements = [one for policy in role["Policies"] for one in policy["PolicyDocument"]["Statement"]]
    given = [one["Action"] for one in statements]
    return [action for one in given for action in ([one] if isinstance(one, str) else one)]


def test_it_runs_in_private_subnets_without_privileges(resources: Mapping[str, Resource]) -> None:
    """The cluster's endpoint answers inside the network only."""
    (project,) = of_type(resources, "AWS::CodeBuild::Project")
    assert project["VpcConfig"]["Subnets"]
    assert all("privateSubnet" in json.dumps(subnet) for subnet in project["VpcConfig"]["Subnets"])
    assert project["Environment"]["PrivilegedMode"] is False
    assert "Token" not in project["Source"]["BuildSpec"]


def test_it_changes_nothing_but_its_own_network_interface_and_log(resources: Mapping[str, Resource]) -> None:
    able = {action for action in actions(role(resources, "-drift")) if action.split(":")[1].startswith(WRITES)}
    assert able == {
        "ec2:CreateNetworkInterface",
        "ec2:CreateNetworkInterfacePermission",
        "ec2:DeleteNetworkInterface",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    }


def test_in_the_cluster_it_may_only_view(resources: Mapping[str, Resource]) -> None:
    (entry,) = of_type(resources, "AWS::EKS::AccessEntry")
    assert entry["KubernetesGroups"] == ["api-platform:viewers"]
    assert "AccessPolicies" not in entry


def test_it_alone_reaches_the_cluster_by_https(resources: Mapping[str, Resource]) -> None:
    (rule,) = of_type(resources, "AWS::EC2::SecurityGroupIngress")
    assert (rule["IpProtocol"], rule["FromPort"], rule["ToPort"]) == ("tcp", 443, 443)
    assert "SourceSecurityGroupId" in rule


def test_it_runs_every_night_and_a_run_that_could_not_look_is_told(resources: Mapping[str, Resource]) -> None:
    """Without that, a broken look would be as silent as a calm night."""
    (rule,) = of_type(resources, "AWS::Events::Rule")
    assert rule["ScheduleExpression"].startswith("cron(0 3 ")
    assert actions(role(resources, "-drift-schedule")) == ["codebuild:StartBuild"]
    (alarm,) = of_type(resources, "AWS::CloudWatch::Alarm")
    assert (alarm["MetricName"], alarm["Threshold"]) == ("FailedBuilds", 0)
    assert len(alarm["AlarmActions"]) == 1


def test_services_may_assume_its_roles_for_this_account_alone(resources: Mapping[str, Resource]) -> None:
    for ending in ("-drift", "-drift-schedule"):
        (statement,) = role(resources, ending)["AssumeRolePolicyDocument"]["Statement"]
        assert "aws:SourceAccount" in statement["Condition"]["StringEquals"]
