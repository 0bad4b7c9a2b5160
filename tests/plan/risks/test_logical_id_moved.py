import pytest

from api_platform.plan.risks.logical_id_moved import logical_id_moved
from api_platform.plan.risks.risk import Danger
from tests.plan.sides import a_config_map, a_stack, an_object_resource, between


@pytest.mark.parametrize(
    ("takes_over", "kept", "danger"),
    [(False, "Delete", Danger.FAILS), (True, "Delete", Danger.REMOVES), (True, "Retain", Danger.REMOVES)],
)
def test_a_new_logical_id_creates_what_is_there(takes_over: bool, kept: str, danger: Danger) -> None:
    """CloudFormation creates first and deletes after: refused, or taken over and then deleted."""
    resource = an_object_resource(a_config_map(), **({"Overwrite": True} if takes_over else {}))
    resource["DeletionPolicy"] = kept
    (risk,) = logical_id_moved(between([a_stack("p/a", {"Old": resource})], [a_stack("p/a", {"New": resource})]))
    assert (risk.danger, risk.subject, risk.value) == (
        danger,
        "ConfigMap production/settings",
        "logical id Old becomes New",
    )


def test_an_object_that_changes_under_its_own_id_is_no_risk() -> None:
    before, after = (a_stack("p/a", {"Same": an_object_resource(a_config_map(level=level))}) for level in "ab")
    assert logical_id_moved(between([before], [after])) == []
