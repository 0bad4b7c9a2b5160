"""The pipeline's stack, and what it leaves alone."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from api_platform.environment import ENVIRONMENT_NAMES, load_environments
from tests.aws.synthesized import Resource, Synthesized, synthesize
from tests.pipeline.conftest import synthesize_with_pipeline

pytestmark = [pytest.mark.aws, pytest.mark.slow]


@pytest.fixture(scope="module")
def resources(whole: Synthesized) -> Mapping[str, Resource]:
    return json.loads((whole.folder / "pipeline.template.json").read_text())["Resources"]  # type: ignore[no-any-return]


def of_type(resources: Mapping[str, Resource], kind: str) -> list[Mapping[str, Any]]:
    """Return the properties of all resources of a type."""
    return [one["Properties"] for one in resources.values() if one["Type"] == kind]


def stages(resources: Mapping[str, Resource]) -> Mapping[str, Mapping[str, Any]]:
    (pipeline,) = of_type(resources, "AWS::CodePipeline::Pipeline")
    return {stage["Name"]: stage for stage in pipeline["Stages"]}


def templates(folder: Path) -> Mapping[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.template.json")}


def test_beside_the_pipeline_every_other_template_is_as_without_it(whole: Synthesized, tmp_path: Path) -> None:
    """Below the pipeline's stack, as most examples have it, a security group of each cluster would be replaced."""
    without = templates(synthesize(tmp_path).folder)
    with_it = templates(whole.folder)
    added = {name for name in with_it if "pipelineaccess" in name} | {"pipeline.template.json"}
    assert len(added) == 1 + len(ENVIRONMENT_NAMES)
    assert {name: text for name, text in with_it.items() if name not in added} == without


def test_a_tag_changes_nothing_of_the_pipeline(whole: Synthesized, tmp_path: Path) -> None:
    """A stage can go back only to an execution of the same structure of the pipeline."""
    other = synthesize_with_pipeline(tmp_path, **{"api-service.image.tag": "v2.0.0"})
    name = "pipeline.template.json"
    assert (whole.folder / name).read_text() == (other.folder / name).read_text()


def test_each_wave_is_planned_approved_deployed_and_checked_in_order(resources: Mapping[str, Resource]) -> None:
    actions = {
        name: [(one["RunOrder"], one["Name"]) for one in stage["Actions"]] for name, stage in stages(resources).items()
    }
    assert actions == {
        "Source": [(1, "Source")],
        "Build": [(1, "build"), (1, "test")],
        "UpdatePipeline": [(1, "update")],
        "Plan-development": [(1, "plan-development")],
        "Deploy-development": [(1, "deploy-development"), (2, "check-development")],
        "Plan-staging": [(1, "plan-staging")],
        "Deploy-staging": [(1, "deploy-staging"), (2, "check-staging")],
        "Plan-production": [(1, "plan-production"), (2, "approve")],
        "Deploy-production": [(1, "deploy-production"), (2, "check-production")],
    }


def test_a_failed_deployment_goes_back_but_in_development(resources: Mapping[str, Resource]) -> None:
    go_back = {name for name, stage in stages(resources).items() if stage.get("OnFailure") == {"Result": "ROLLBACK"}}
    assert go_back == {"Deploy-staging", "Deploy-production"}


def test_no_stage_that_goes_back_waits_for_an_approval(resources: Mapping[str, Resource]) -> None:
    for stage in stages(resources).values():
        kinds = {action["ActionTypeId"]["Category"] for action in stage["Actions"]}
        assert not ("OnFailure" in stage and "Approval" in kinds)


def test_buildspecs_hold_no_token(resources: Mapping[str, Resource]) -> None:
    """So that they can run elsewhere as they stand."""
    projects = of_type(resources, "AWS::CodeBuild::Project")
    assert len(projects) == 3 + 3 * len(ENVIRONMENT_NAMES)
    for project in projects:
        text = project["Source"]["BuildSpec"]
        assert isinstance(text, str)
        assert json.loads(text)["version"] == 0.2
        assert "${Token" not in text


def test_no_build_is_privileged_and_each_has_a_role_and_a_log_of_its_own(resources: Mapping[str, Resource]) -> None:
    projects = of_type(resources, "AWS::CodeBuild::Project")
    assert {project["Environment"]["PrivilegedMode"] for project in projects} == {False}
    assert len({json.dumps(project["ServiceRole"]) for project in projects}) == len(projects)
    assert len({json.dumps(project["LogsConfig"]) for project in projects}) == len(projects)


def test_who_may_assume_a_role_of_the_pipeline_is_this_account_alone(resources: Mapping[str, Resource]) -> None:
    """Without the condition, a service of AWS could be led to act here by another account."""
    account = {"StringEquals": {"aws:SourceAccount": "444444444444"}}
    for role in of_type(resources, "AWS::IAM::Role"):
        conditions = [one.get("Condition") for one in role["AssumeRolePolicyDocument"]["Statement"]]
        assert conditions == [account], role["RoleName"]


def test_only_the_deployment_of_an_environment_can_change_its_account(resources: Mapping[str, Resource]) -> None:
    able: dict[str, set[str]] = {}
    for role in of_type(resources, "AWS::IAM::Role"):
        text = json.dumps(role["Policies"])
        able[role["RoleName"]] = {one.account for one in load_environments() if f"deploy-role-{one.account}" in text}
    accounts = {one.name: one.account for one in load_environments()}
    expected = {f"api-platform-deploy-{name}": {account} for name, account in accounts.items()}
    assert {role: found for role, found in able.items() if found} == expected


def test_the_pipeline_may_use_its_connection_under_both_names(resources: Mapping[str, Resource]) -> None:
    """CDK grants the old one alone, which does not open new connections."""
    roles = {role["RoleName"]: json.dumps(role["Policies"]) for role in of_type(resources, "AWS::IAM::Role")}
    for action in ("codeconnections:UseConnection", "codestar-connections:UseConnection"):
        assert [name for name, text in roles.items() if f'"{action}"' in text] == ["api-platform-pipeline"]


@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
def test_in_an_environment_its_plan_and_check_alone_may_look(whole: Synthesized, environment: str) -> None:
    roles = of_type(whole.resources(f"{environment}/pipeline-access"), "AWS::IAM::Role")
    (role,) = [one for one in roles if one["RoleName"].endswith("-pipeline-check")]
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"AWS": "arn:aws:iam::444444444444:root"}
    assert trust["Condition"]["StringEquals"]["aws:PrincipalArn"] == [
        f"arn:aws:iam::444444444444:role/api-platform-{purpose}-{environment}" for purpose in ("plan", "check")
    ]
    actions = {
        action
        for policy in role["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }
    assert all(action.split(":")[1].startswith(("Get", "Describe")) for action in actions)
