from typing import Any

import pytest

from api_platform.plan.risks.security_groups_opened import security_groups_opened
from tests.plan.sides import a_stack, between

pytestmark = pytest.mark.slow  # Node compares the templates


def a_group(*addresses: str) -> dict[str, Any]:
    rules = [{"CidrIp": one, "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443} for one in addresses]
    return {"Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"SecurityGroupIngress": rules}}}


def values(before: Any, after: Any) -> list[str]:
    return [risk.value for risk in security_groups_opened(between([a_stack("p/a", before)], [a_stack("p/a", after)]))]


def test_one_more_address_is_found() -> None:
    found = values(a_group("10.0.0.0/16"), a_group("10.0.0.0/16", "10.1.0.0/16"))
    assert found == ["${Group.GroupId} lets in 10.1.0.0/16 on tcp port 443"]


def test_a_new_group_is_no_risk_unless_it_lets_in_everyone() -> None:
    assert values({}, a_group("10.0.0.0/16")) == []
    assert values({}, a_group("0.0.0.0/0")) == ["${Group.GroupId} lets in 0.0.0.0/0 on tcp port 443"]
