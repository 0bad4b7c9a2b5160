import pytest

from api_platform.preflight.account_reading import QuotaState
from api_platform.preflight.examination import CHECKS
from tests.preflight.prepared import a_reading, the_environment, with_account

CHECK = "elastic-ips-suffice"


def test_one_for_each_nat_gateway_will_do() -> None:
    assert with_account(elastic_ips=QuotaState(5, 2)).say(CHECK) == []


def test_too_few_are_found() -> None:
    found = with_account(elastic_ips=QuotaState(5, 3)).only(CHECK)
    assert found.what == "the NAT gateways take 3, and 2 are left"
    assert "--desired-value 6" in found.remedy


@pytest.mark.parametrize("name", ["development", "staging"])
def test_where_one_gateway_serves_all_zones_one_is_enough(name: str) -> None:
    environment = the_environment(name=name)
    assert CHECKS[CHECK](environment, (), a_reading(elastic_ips=QuotaState(5, 4))) == []


def test_a_quota_that_was_not_read_is_left_out() -> None:
    assert with_account(elastic_ips=None).say(CHECK) == []
