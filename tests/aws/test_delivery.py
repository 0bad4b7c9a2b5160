"""What `cdk deploy` applies is what `cdk8s synth` prints."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from api_platform.environment import ENVIRONMENT_NAMES, load_environments
from api_platform.manifests.rendering import Rendering, render
from tests.aws.synthesized import KUBERNETES_OBJECT, Synthesized
from tests.whole_platform import rendering_of

pytestmark = [pytest.mark.aws, pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)]


def stacks_of(rendering: Rendering) -> dict[str, str]:
    """File stem -> the stack that applies it: 50-api-service -> production/api-service."""
    return {stem: f"{rendering.environment.name}/{stem.partition('-')[2]}" for stem in rendering.files}


def as_text(objects: Iterable[Mapping[str, Any]]) -> list[str]:
    """The objects as text, in one order: two lists are equal when no object is missing, added or changed."""
    return sorted(json.dumps(one, sort_keys=True) for one in objects)


def test_every_stack_applies_exactly_the_objects_of_its_file(synthesized: Synthesized, environment: str) -> None:
    """Prevents a review of dist/ that says nothing of what reaches the cluster."""
    rendering = rendering_of(environment)
    for stem, stack in stacks_of(rendering).items():
        assert as_text(synthesized.objects(stack)) == as_text(rendering.files[stem]), stack


def test_no_other_stack_applies_anything_but_the_namespaces_of_add_ons(
    synthesized: Synthesized, environment: str
) -> None:
    """dist/ takes the add-ons' namespaces for granted; anything else that it lacks would be hidden from its readers."""
    ours = set(stacks_of(rendering_of(environment)).values())
    others = {name for name in synthesized.stacks() if name.startswith(f"{environment}/")} - ours
    for stack in others:
        kinds = {one["kind"] for one in synthesized.objects(stack)}
        assert kinds == ({"Namespace"} if stack.endswith("/add-ons") else set()), stack


def test_every_object_is_a_literal(synthesized: Synthesized, environment: str) -> None:
    """A token of the CDK would print as ${Token[..]} from `cdk8s synth`, and could not be compared."""
    rendering = rendering_of(environment)
    assert not any("${Token[" in json.dumps(one) for one in rendering.objects)
    for stack in stacks_of(rendering).values():
        for resource in synthesized.resources(stack, KUBERNETES_OBJECT).values():
            assert isinstance(resource["Properties"]["Manifest"], str)


def test_rendering_twice_gives_the_same_bytes(environment: str) -> None:
    (again,) = load_environments(environment)
    assert json.dumps(render(again).objects) == json.dumps(rendering_of(environment).objects)
