from api_platform.plan.risks.stacks_are_left import stacks_are_left
from tests.plan.sides import a_config_map, a_stack, an_object_resource, between


def test_a_stack_that_leaves_the_app_stays_in_the_account() -> None:
    """`cdk deploy` deletes no stack: a service that is taken out goes on running."""
    gone = a_stack("p/gone", {"It": an_object_resource(a_config_map())})
    (risk,) = stacks_are_left(between([gone, a_stack("p/a")], [a_stack("p/a")]))
    assert (risk.subject, risk.value) == ("stack p/gone", "is no longer in the app; it holds 1 Kubernetes object")
    assert "--stack-name p-gone" in risk.remedy


def test_a_new_stack_is_no_risk() -> None:
    assert stacks_are_left(between([], [a_stack("p/a", {})])) == []
