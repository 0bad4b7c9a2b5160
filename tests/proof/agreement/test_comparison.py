"""Whether a change came as its plan said."""

import pytest

from api_platform.plan.assembly import CloudAssembly
from api_platform.proof.agreement.comparison import ComparedChange, after_deploy
from api_platform.proof.agreement.effects import Disagreement, Effects
from tests.plan.sides import a_stack
from tests.proof.agreement.outcomes import EFFECTS, RESOURCE, came, compared, failed


def test_what_came_as_it_was_said_agrees_and_so_does_a_failure() -> None:
    assert compared().agrees
    assert failed().agrees


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (compared(succeeded=False), Disagreement("cdk deploy", "succeeds", "fails")),
        (failed(succeeded=True), Disagreement("cdk deploy", "fails", "succeeds")),
    ],
)
def test_a_deploy_that_ends_otherwise_is_named(change: ComparedChange, found: Disagreement) -> None:
    assert list(change.disagreements) == [found]


def test_a_failure_elsewhere_than_the_plan_says_is_none_that_it_said() -> None:
    elsewhere = Effects(resources={RESOURCE}, failing={"production/orders Other"})
    assert not failed(came=elsewhere).agrees


def test_a_change_that_changed_nothing_proves_nothing() -> None:
    """Else an edit that no longer edits would agree for ever."""
    assert not compared(said=Effects(), came=Effects()).agrees
    assert not compared(said=EFFECTS, came=came(resources=set())).agrees


def test_a_stack_that_the_app_dropped_is_still_deployed() -> None:
    """Every plan against what is deployed goes on to tell that it is left behind."""
    old, new, dropped = a_stack("p/a", {}), a_stack("p/a"), a_stack("p/b")
    assert after_deploy(CloudAssembly((old, dropped)), CloudAssembly((new,))).stacks == (new, dropped)
