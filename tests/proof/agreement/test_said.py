"""What is read from a plan."""

from copy import deepcopy

from api_platform.plan.assembly import CloudAssembly
from api_platform.proof.agreement.effects import Effects, Fate
from api_platform.proof.agreement.said import PlanJson, effects_said, plan_between, unlike_parts
from tests.plan.sides import a_stack, an_object_resource

STACK = "production/a"


def a_deployment(tag: str, **selector: str) -> dict[str, object]:
    labels = {"app": "orders"}
    pods = {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "orders", "image": tag}]}}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "orders", "namespace": "production"},
        "spec": {"replicas": 1, "selector": {"matchLabels": selector or labels}, "template": pods},
    }


def plan(before: dict[str, object], after: dict[str, object]) -> PlanJson:
    """Return the plan of one Deployment, and of a queue that comes beside it."""
    old = {"It": an_object_resource(before)}
    new = {"It": an_object_resource(after), "Queue": {"Type": "AWS::SQS::Queue", "Properties": {}}}
    sides = [CloudAssembly((a_stack(STACK, resources),)) for resources in (old, new)]
    return plan_between("production", *sides)


def test_objects_restarts_and_resources_are_read() -> None:
    assert effects_said(plan(a_deployment("a"), a_deployment("b"))) == Effects(
        objects={"Deployment production/orders": Fate.UPDATED},
        restarts={"Deployment production/orders"},
        resources={f"{STACK} It", f"{STACK} Queue"},
    )


def test_of_a_deploy_that_fails_no_object_and_no_pod_changes() -> None:
    """It rolls back."""
    said = effects_said(plan(a_deployment("a"), a_deployment("b", another="label")))
    assert (said.objects, said.restarts) == ({}, frozenset())
    assert said.failing == {f"{STACK} It"}


def test_what_is_left_behind_is_neither_touched_nor_gone() -> None:
    before = CloudAssembly((a_stack(STACK, {"It": an_object_resource(a_deployment("a"))}),))
    assert effects_said(plan_between("production", before, CloudAssembly(()))) == Effects()


def test_plans_are_unlike_in_what_they_say_and_not_in_what_they_are_against() -> None:
    one = plan(a_deployment("a"), a_deployment("b"))
    other = {**deepcopy(dict(one)), "against": "what is deployed", "summary": ["production against what is deployed"]}
    assert unlike_parts(one, other) == []
    assert unlike_parts(one, {**other, "risks": [], "leftStacks": ["production/b"]}) == ["risks", "leftStacks"]
