"""What `cdk synth` writes is what a plan reads."""

import pytest

from api_platform.environment import ENVIRONMENT_NAMES
from api_platform.plan.assembly import CloudAssembly
from api_platform.plan.changes import DeployChanges
from api_platform.plan.object_key import ObjectKey
from api_platform.plan.states import DeployState
from api_platform.plan.templates import aws_part
from tests.aws.synthesized import KUBERNETES_OBJECT, Synthesized
from tests.whole_platform import rendering_of

pytestmark = [pytest.mark.aws, pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)]


def test_every_object_is_read_and_none_is_left_to_aws(synthesized: Synthesized, environment: str) -> None:
    """A manifest with a token in it would be compared as one long text; and the schema's version must be ours."""
    assembly = CloudAssembly.read(synthesized.folder).of(environment)
    rendered = {ObjectKey.of(one) for one in rendering_of(environment).objects}
    assert rendered <= set(DeployState.of_stacks(assembly).objects)
    left = [one["Type"] for stack in assembly.stacks for one in aws_part(stack.template)["Resources"].values()]
    assert KUBERNETES_OBJECT not in left


def test_every_stack_has_its_role_to_look_it_up_and_its_order(synthesized: Synthesized, environment: str) -> None:
    assembly = CloudAssembly.read(synthesized.folder).of(environment)
    assert {stack.path for stack in assembly.stacks} == {
        name for name in synthesized.stacks() if name.startswith(f"{environment}/")
    }
    for stack in assembly.stacks:
        assert "lookup-role" in str(stack.lookup_role)
        assert stack.after == synthesized.before(stack.path)


def test_an_app_against_itself_changes_nothing(synthesized: Synthesized, environment: str) -> None:
    before, after = (DeployState.of_stacks(CloudAssembly.read(synthesized.folder).of(environment)) for _ in range(2))
    assert DeployChanges.between(before, after).is_empty
