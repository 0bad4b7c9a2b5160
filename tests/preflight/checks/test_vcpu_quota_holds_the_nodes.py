from dataclasses import replace

import pytest

from api_platform.preflight.account_reading import QuotaState
from tests.preflight.prepared import a_reading, with_account

CHECK = "vcpu-quota-holds-the-nodes"


def test_a_quota_of_just_the_maximum_will_do() -> None:
    assert with_account(vcpus=QuotaState(26, 0)).say(CHECK) == []  # 9 x 2 + 2 x 4


@pytest.mark.parametrize("quota", [QuotaState(15, 0), QuotaState(26, 11)])
def test_too_few_for_the_start_are_found(quota: QuotaState) -> None:
    """6 x 2 + 1 x 4: what others run counts, too."""
    found = with_account(vcpus=quota).only(CHECK)
    assert found.what == "16 vCPUs are needed at the start, and 15 are left"
    assert f"--desired-value {26 + quota.used} --service-code ec2 --quota-code L-1216C47A" in found.remedy


def test_enough_for_the_start_and_too_few_for_the_maximum_is_another_finding() -> None:
    found = with_account(vcpus=QuotaState(16, 0)).only(CHECK)
    assert found.what == "the nodes come up, and cannot grow: 26 vCPUs are needed at the most, and 16 are left"


def test_types_with_a_quota_of_their_own_do_not_count() -> None:
    types = {name: replace(one, standard=False) for name, one in (a_reading().machine_types or {}).items()}
    assert with_account(vcpus=QuotaState(0, 0), machine_types=types).say(CHECK) == []


@pytest.mark.parametrize("unread", ["vcpus", "machine_types"])
def test_what_was_not_read_is_left_out(unread: str) -> None:
    assert with_account(**{unread: None}).say(CHECK) == []
