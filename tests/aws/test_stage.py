"""The stacks of an environment, and their order."""

from dataclasses import replace

import pytest
from aws_cdk import Stack
from aws_cdk.assertions import Template

from api_platform.aws.stage import ORDER, QUEUES, SERVICE, EnvironmentStage
from api_platform.environment import ENVIRONMENT_NAMES, Environment, load_environments
from api_platform.names import PLATFORM_STACKS
from api_platform.verification.stacks import stack_names
from tests.aws.building import an_app
from tests.aws.synthesized import KUBERNETES_OBJECT, Synthesized
from tests.whole_platform import rendering_of

pytestmark = pytest.mark.aws

SERVICES = ("api-service", "media-service", "worker-service")
OWN = ("network", "cluster", "messaging", "storage", "add-ons", "platform")


def test_stacks_are_named_after_environment_and_service(synthesized: Synthesized) -> None:
    expected = {f"{environment}/{stack}" for environment in ENVIRONMENT_NAMES for stack in OWN + SERVICES}
    queues = {f"{environment}/worker-service-queues" for environment in ENVIRONMENT_NAMES}
    assert set(synthesized.stacks()) == expected | queues | {"development/vertical-autoscaling"}


@pytest.mark.parametrize("environment", load_environments(), ids=lambda environment: environment.name)
def test_a_verification_looks_at_all_of_them(synthesized: Synthesized, environment: Environment) -> None:
    """It reads their names from the model, since it runs where no CDK is."""
    own = {name: stack for name, stack in synthesized.stacks().items() if name.startswith(f"{environment.name}/")}
    assert {stack["properties"]["stackName"] for stack in own.values()} == set(stack_names(environment))


@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_waits_for_the_platform_its_queues_and_buckets(
    synthesized: Synthesized, environment: str, service: str
) -> None:
    """Names are literals, so CloudFormation sees no reference: undeclared, pods would start before their queues."""
    wanted = {f"{environment}/{stack}" for stack in ("platform", "worker-service-queues", "storage")}
    assert wanted <= synthesized.before(f"{environment}/{service}")


@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
@pytest.mark.parametrize("stack", [stack for stack in ORDER if stack in OWN])
def test_the_order_that_is_declared_is_the_order_in_the_assembly(
    synthesized: Synthesized, environment: str, stack: str
) -> None:
    wanted = {f"{environment}/{before}" for before in ORDER[stack]}
    assert wanted <= synthesized.before(f"{environment}/{stack}")


@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
def test_queues_wait_for_the_key_that_encrypts_them(synthesized: Synthesized, environment: str) -> None:
    assert f"{environment}/messaging" in synthesized.before(f"{environment}/worker-service-queues")


def test_operators_go_before_the_objects_that_they_serve() -> None:
    """Destroying goes the other way round. KEDA gone first leaves the namespace Terminating for ever."""
    assert "add-ons" in ORDER["platform"]
    assert "platform" in ORDER[SERVICE]


@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
def test_production_alone_is_protected_against_deletion(synthesized: Synthesized, environment: str) -> None:
    protected = {
        stack["properties"].get("terminationProtection", False)
        for name, stack in synthesized.stacks().items()
        if name.startswith(f"{environment}/")
    }
    assert protected == {environment == "production"}


def test_nothing_is_missing_that_the_cli_would_look_up(synthesized: Synthesized) -> None:
    """Else `cdk synth` asks an account for its zones, and runs the app twice, unnoticed."""
    assert len(synthesized.manifests()) == 4
    assert not any(manifest.get("missing") for manifest in synthesized.manifests())


def test_every_template_is_far_from_cloudformations_limits(synthesized: Synthesized) -> None:
    """CloudFormation takes 500 resources and 1 MB."""
    for stack in synthesized.stacks():
        assert len(synthesized.resources(stack)) < 400, stack
        assert synthesized.template_file(stack).stat().st_size < 700_000, stack


def test_no_service_can_take_the_name_of_a_platform_stack() -> None:
    """Services are refused these names; a stack that is missing from the list would let one through."""
    assert set(ORDER) - {SERVICE, QUEUES} <= set(PLATFORM_STACKS)


@pytest.mark.slow
def test_with_argo_cd_the_stacks_keep_roles_and_queues_and_hold_none_of_its_objects() -> None:
    """Two owners would take turns, each undoing what the other has done."""
    rendering = rendering_of("development")
    environment = rendering.environment.model_copy(update={"kubernetes_objects": "argo-cd"})
    stage = EnvironmentStage(an_app(), replace(rendering, environment=environment))
    for name in (*SERVICES, "platform", "vertical-autoscaling"):
        stack = stage.node.find_child(name)
        assert isinstance(stack, Stack)
        template = Template.from_stack(stack)
        assert template.find_resources(KUBERNETES_OBJECT) == {}, name
        assert template.find_resources("AWS::IAM::Role") or name == "vertical-autoscaling"
