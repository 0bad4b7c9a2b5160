from api_platform.plan.assembly import StackKey
from api_platform.plan.object_key import ObjectKey
from tests.plan.sides import ACCOUNT, REGION, a_config_map, a_stack, a_state, an_object_resource

KEY = ObjectKey("ConfigMap", "production", "settings")


def test_a_state_knows_who_holds_what_and_how() -> None:
    resource = {**an_object_resource(a_config_map(), Overwrite=True), "DeletionPolicy": "Retain"}
    state = a_state(a_stack("production/a", {"It": resource}))
    held = state.objects[KEY]
    assert held.holder == (StackKey(ACCOUNT, REGION, "production-a"), "It")
    assert (held.takes_over, held.is_kept) == (True, True)
    assert state.path_of(held.stack) == "production/a"
    assert state.holds_resource(held)


def test_a_stack_that_is_not_here_goes_by_its_name() -> None:
    assert a_state().path_of(StackKey(ACCOUNT, REGION, "production-gone")) == "production-gone"
