from api_platform.plan.risks.objects_go import objects_go
from tests.plan.sides import Sides, a_config_map, a_stack, an_object_resource, between


def test_an_object_whose_resource_goes_is_deleted() -> None:
    held = {"It": an_object_resource(a_config_map())}
    (risk,) = objects_go(between([a_stack("p/a", held)], [a_stack("p/a", {})]))
    assert (risk.subject, risk.value) == ("ConfigMap production/settings", "is deleted")


def test_an_object_that_is_kept_is_left_behind() -> None:
    held = {"It": {**an_object_resource(a_config_map()), "DeletionPolicy": "Retain"}}
    (risk,) = objects_go(between([a_stack("p/a", held)], [a_stack("p/a", {})]))
    assert (risk.value, risk.remedy) == (
        "is left behind",
        "kubectl delete configmap settings --namespace production",
    )


def test_an_object_whose_resource_gets_another_one_is_left_behind() -> None:
    """An apply deletes nothing, so the old object stays under its old name."""
    before, after = ({"It": an_object_resource(a_config_map(name))} for name in ("old", "new"))
    (risk,) = objects_go(between([a_stack("p/a", before)], [a_stack("p/a", after)]))
    assert (risk.subject, risk.value) == ("ConfigMap production/old", "is left behind")


def test_without_cloudformation_nothing_is_deleted(sides: Sides) -> None:
    sides.after.remove("PodDisruptionBudget", "orders")
    assert sides.values(objects_go) == [("PodDisruptionBudget production/orders", "is left behind")]


def test_objects_of_a_stack_that_is_left_are_not_named_one_by_one() -> None:
    held = {"It": an_object_resource(a_config_map())}
    assert objects_go(between([a_stack("p/a", held)], [])) == []
