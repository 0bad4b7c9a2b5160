from api_platform.plan.risks.scaling_changes import scaling_changes
from tests.plan.sides import Sides


def test_bounds_are_named_before_and_after(sides: Sides) -> None:
    sides.after.one("HorizontalPodAutoscaler", "orders")["spec"]["maxReplicas"] = 5
    (risk,) = sides.risks(scaling_changes)
    assert (risk.subject, risk.value) == ("Deployment production/orders", "maximum 10 → 5")
    assert "end at once" in risk.consequence


def test_a_target_is_named(sides: Sides) -> None:
    metric = sides.after.one("HorizontalPodAutoscaler", "orders")["spec"]["metrics"][0]
    metric["containerResource"]["target"]["averageUtilization"] = 50
    assert sides.values(scaling_changes) == [("Deployment production/orders", "cpu target 70 % → 50 %")]


def test_kedas_scaler_counts_as_well(sides: Sides) -> None:
    sides.after.one("ScaledObject", "parcels")["spec"]["minReplicaCount"] = 4
    assert sides.values(scaling_changes) == [("Deployment production/parcels", "minimum 2 → 4")]


def test_a_workload_that_nothing_scales_any_more_is_found(sides: Sides) -> None:
    sides.after.remove("HorizontalPodAutoscaler", "orders")
    (risk,) = sides.risks(scaling_changes)
    assert "Nothing scales it any more" in risk.consequence


def test_a_new_workload_is_no_risk(sides: Sides) -> None:
    sides.before.remove("Deployment", "orders")
    sides.before.remove("HorizontalPodAutoscaler", "orders")
    assert sides.risks(scaling_changes) == []
