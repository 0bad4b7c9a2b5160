from api_platform.plan.risks.held_by_another_stack import held_by_another_stack
from api_platform.plan.risks.risk import Danger
from tests.plan.sides import a_config_map, a_stack, an_object_resource, between

HELD = {"It": an_object_resource(a_config_map())}


def test_a_stack_cannot_create_what_a_later_one_still_holds() -> None:
    changes = between([a_stack("p/a", HELD), a_stack("p/b", {})], [a_stack("p/a", {}), a_stack("p/b", HELD)])
    (risk,) = held_by_another_stack(changes)
    assert (risk.danger, risk.value) == (Danger.FAILS, "goes from stack p/a to p/b")


def test_one_that_lets_go_first_deletes_it_before_it_comes_anew() -> None:
    """Through another stack between them, too."""
    stacks = [a_stack("p/a", {}), a_stack("p/between", {}, after=["p/a"]), a_stack("p/b", HELD, after=["p/between"])]
    (risk,) = held_by_another_stack(between([a_stack("p/a", HELD)], stacks))
    assert risk.danger is Danger.REMOVES


def test_a_stack_that_the_app_dropped_never_lets_go() -> None:
    (risk,) = held_by_another_stack(between([a_stack("p/a", HELD)], [a_stack("p/b", HELD)]))
    assert risk.danger is Danger.FAILS
    assert "delete-stack" in risk.remedy


def test_an_object_that_stays_where_it_is_is_no_risk() -> None:
    assert held_by_another_stack(between([a_stack("p/a", HELD)], [a_stack("p/a", HELD)])) == []
