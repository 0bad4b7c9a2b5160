from api_platform.preflight.account_reading import ZoneState
from tests.preflight.prepared import a_reading, with_account

CHECK = "zones-are-available"


def zones(**changes: ZoneState) -> dict[str, ZoneState]:
    return {**(a_reading().zones or {}), **{f"eu-west-1{letter}": zone for letter, zone in changes.items()}}


def test_a_zone_that_the_account_has_not_is_found_with_those_that_it_has() -> None:
    there = zones(d=ZoneState("euw1-az4"))
    del there["eu-west-1b"]
    found = with_account(zones=there).only(CHECK)
    assert (found.object, found.what) == ("Zone/eu-west-1b", "the account has no zone of this name")
    assert found.remedy.endswith("Free in this account: eu-west-1d.")


def test_a_zone_that_is_impaired_is_found() -> None:
    assert with_account(zones=zones(c=ZoneState("euw1-az3", "impaired"))).only(CHECK).what == "it is impaired"


def test_a_zone_where_eks_puts_no_control_plane_is_found() -> None:
    """Subnets are made there, and CreateCluster fails: UnsupportedAvailabilityZoneException."""
    found = with_account(zones=zones(a=ZoneState("use1-az3"))).only(CHECK)
    assert found.what == "EKS puts no control plane there (use1-az3)"


def test_zones_that_were_not_read_are_left_out() -> None:
    assert with_account(zones=None).say(CHECK) == []
