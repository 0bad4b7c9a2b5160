from typing import Any

import pytest

from api_platform.plan.risks.protection_lifted import protection_lifted
from tests.plan.sides import a_stack, between

pytestmark = pytest.mark.slow  # Node compares the templates


def a_cluster(**properties: Any) -> dict[str, Any]:
    return {"It": {"Type": "AWS::EKS::Cluster", "Properties": {"Name": "production", **properties}}}


def values(before: Any, after: Any) -> list[str]:
    return [risk.value for risk in protection_lifted(between([a_stack("p/a", before)], [a_stack("p/a", after)]))]


@pytest.mark.parametrize("after", [{"DeletionProtection": False}, {}])
def test_what_can_be_deleted_then_is_found(after: dict[str, Any]) -> None:
    found = values(a_cluster(DeletionProtection=True), a_cluster(**after))
    assert found == ["AWS::EKS::Cluster It: DeletionProtection is turned off"]


def test_protection_that_comes_or_stays_is_no_risk() -> None:
    assert values(a_cluster(), a_cluster(DeletionProtection=True)) == []
    assert values(a_cluster(DeletionProtection=True), a_cluster(DeletionProtection=True, Version="1.36")) == []
