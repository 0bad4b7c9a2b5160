from tests.plan.sides import a_config_map, a_stack, an_object_resource, between


def test_equal_sides_are_empty() -> None:
    side = [a_stack("p/a", {"It": an_object_resource(a_config_map())})]
    assert between(side, side).is_empty


def test_a_stack_that_left_the_app_is_a_change() -> None:
    changes = between([a_stack("p/gone", {})], [])
    assert not changes.is_empty
    assert changes.left_stacks == ["p/gone"]
