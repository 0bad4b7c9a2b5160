"""Keys."""

import pytest

from tests.aws.synthesized import Synthesized, in_every_environment

STACKS = [stack for purpose in ("cluster", "messaging", "storage") for stack in in_every_environment(purpose)]
pytestmark = [pytest.mark.aws, pytest.mark.parametrize("stack", STACKS)]


def test_it_is_rotated(synthesized: Synthesized, stack: str) -> None:
    (key,) = synthesized.resources(stack, "AWS::KMS::Key").values()
    assert key["Properties"]["EnableKeyRotation"] is True


def test_its_alias_is_what_policies_compare(synthesized: Synthesized, stack: str) -> None:
    (alias,) = synthesized.resources(stack, "AWS::KMS::Alias").values()
    assert alias["Properties"]["AliasName"] == f"alias/{stack.replace('/', '-')}"
