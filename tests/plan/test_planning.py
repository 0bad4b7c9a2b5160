from dataclasses import replace
from pathlib import Path

import pytest

from api_platform.errors import InputError
from api_platform.plan.assembly import CloudAssembly
from api_platform.plan.planning import OldAssembly, PlanRequest, make_plans
from tests.plan.sides import a_stack
from tests.plan.test_assembly import an_assembly


def test_an_unknown_environment_is_refused_before_anything_is_synthesized() -> None:
    with pytest.raises(InputError, match=r"'prod' does not exist. Did you mean 'production'"):
        make_plans(PlanRequest("prod"))


def test_an_environment_that_the_given_assembly_lacks_is_refused(tmp_path: Path) -> None:
    request = PlanRequest("staging", against="HEAD", assembly=an_assembly(tmp_path))
    with pytest.raises(InputError, match="has no environment 'staging'"):
        make_plans(request)


def test_what_is_on_one_side_alone_has_a_plan_of_its_own() -> None:
    """What left the app is deployed still: it must not leave the plan with it."""
    before, after = CloudAssembly((a_stack("gone/a"), a_stack("both/a"))), CloudAssembly((a_stack("both/a"),))
    old = OldAssembly("HEAD", before)
    assert old.environments(after) == ["both", "gone"]
    assert old.changes("gone", after).left_stacks == ["gone/a"]
    assert old.changes("both", after).is_empty


def test_another_account_or_region_is_another_stack() -> None:
    stack = a_stack("p/a", {})
    moved = replace(stack, key=stack.key._replace(region="eu-central-1"))
    changes = OldAssembly("HEAD", CloudAssembly((stack,))).changes("p", CloudAssembly((moved,)))
    assert changes.left_stacks == ["p/a"]
