import pytest

from api_platform.plan.risks.immutable_fields_change import immutable_fields_change
from api_platform.plan.risks.risk import Danger
from tests.plan.sides import Sides, a_config_map


def test_a_deployments_selector_cannot_change(sides: Sides) -> None:
    sides.after.one("Deployment", "orders")["spec"]["selector"]["matchLabels"] = {"app": "orders"}
    (risk,) = sides.risks(immutable_fields_change)
    assert (risk.danger, risk.subject, risk.value) == (
        Danger.FAILS,
        "Deployment production/orders",
        "spec.selector changes",
    )


def test_a_priority_classs_value_cannot_change(sides: Sides) -> None:
    sides.after.one("PriorityClass", "serving")["value"] = 2000
    assert sides.values(immutable_fields_change) == [("PriorityClass serving", "value changes")]


@pytest.mark.parametrize("field", ["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"])
def test_a_storage_class_cannot_change(sides: Sides, field: str) -> None:
    for side, value in ((sides.before, {"type": "gp2"}), (sides.after, {"type": "gp3"})):
        side.objects.append({"kind": "StorageClass", "metadata": {"name": "gp3"}, field: value})
    assert sides.values(immutable_fields_change) == [("StorageClass gp3", f"{field} changes")]


@pytest.mark.parametrize(("before", "after", "found"), [(None, "None", 1), ("None", "10.0.0.1", 1), ("None", None, 0)])
def test_a_service_cannot_get_another_address(sides: Sides, before: object, after: object, found: int) -> None:
    """One that asks for none keeps what it has: the API server fills it in."""
    for side, address in ((sides.before, before), (sides.after, after)):
        if address:
            side.one("Service", "orders")["spec"]["clusterIP"] = address
    assert len(sides.risks(immutable_fields_change)) == found


def test_a_config_map_that_calls_itself_immutable_is(sides: Sides) -> None:
    for side, level in ((sides.before, "info"), (sides.after, "debug")):
        side.objects.append({**a_config_map(level=level), "immutable": True})
    assert sides.values(immutable_fields_change) == [("ConfigMap production/settings", "data changes")]


def test_other_fields_may_change(sides: Sides) -> None:
    sides.after.one("Deployment", "orders")["spec"]["minReadySeconds"] = 30
    sides.after.one("Service", "orders")["spec"]["ports"].pop()
    assert sides.risks(immutable_fields_change) == []
