"""What preflight compares with the account is what the stacks take of it."""

import pytest

from api_platform.account_demands import FixedName, names_that_outlive_stacks, nat_gateways
from api_platform.environment import ENVIRONMENT_NAMES, load_environments
from api_platform.preflight.checks.bootstrap_is_there import REQUIRED_VERSION
from api_platform.preflight.readers.bootstrap import version_parameter
from api_platform.services import all_services
from tests.aws.synthesized import Synthesized

pytestmark = pytest.mark.aws

NAME_OF = {"AWS::S3::Bucket": "BucketName", "AWS::SQS::Queue": "QueueName", "AWS::Logs::LogGroup": "LogGroupName"}


def fixed_names(synthesized: Synthesized, environment: str) -> set[tuple[str, FixedName]]:
    """Every name of these types that stands in a template, with its stack."""
    return {
        (stack.removeprefix(f"{environment}/"), FixedName(one["Type"], name))
        for stack in synthesized.stacks()
        if stack.startswith(f"{environment}/")
        for one in synthesized.resources(stack).values()
        if one["Type"] in NAME_OF and isinstance(name := one.get("Properties", {}).get(NAME_OF[one["Type"]]), str)
    }


@pytest.mark.parametrize("name", ENVIRONMENT_NAMES)
def test_every_fixed_name_is_known_with_its_stack(synthesized: Synthesized, name: str) -> None:
    """One that is not would stop the second deployment, and preflight would have said nothing."""
    (environment,) = load_environments(name)
    without_pipeline = environment.model_copy(update={"pipeline": False})  # its stack is none of the app's alone
    known = names_that_outlive_stacks(without_pipeline, all_services(environment))
    assert {(one.stack, one) for one in known} == fixed_names(synthesized, name)


@pytest.mark.parametrize("name", ENVIRONMENT_NAMES)
def test_each_nat_gateway_takes_an_address_that_is_named_after_it(synthesized: Synthesized, name: str) -> None:
    (environment,) = load_environments(name)
    addresses = [
        address["Properties"]
        for stack in synthesized.stacks()
        if stack.startswith(f"{name}/")
        for address in synthesized.resources(stack, "AWS::EC2::EIP").values()
    ]
    assert len(addresses) == nat_gateways(environment)
    named = [tag["Value"] for one in addresses for tag in one["Tags"] if tag["Key"] == "Name"]
    assert len(named) == len(addresses)
    assert all(one.startswith(f"{name}/network/") for one in named)  # by which preflight tells them from others'


def test_the_assembly_demands_this_bootstrap(synthesized: Synthesized) -> None:
    demands = [one["properties"] for one in synthesized.stacks().values()]
    assert {one["requiresBootstrapStackVersion"] for one in demands} == {REQUIRED_VERSION}
    assert {one["bootstrapStackVersionSsmParameter"] for one in demands} == {version_parameter()}
