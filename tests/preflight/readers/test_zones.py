from typing import Any

import pytest

from api_platform.preflight.account_reading import ZoneState
from api_platform.preflight.inquiry import Inquiry
from api_platform.preflight.readers.zones import read_zones
from tests.preflight.simulated_account import SimulatedAccount


class Ec2:
    """A region in which a local zone was opted in to."""

    def describe_availability_zones(self) -> dict[str, Any]:
        zones = [("eu-west-1a", "euw1-az1", "availability-zone"), ("eu-west-1-dub-1a", "euw1-dub1-az1", "local-zone")]
        described = [
            {"ZoneName": name, "ZoneId": identifier, "ZoneType": kind, "State": "available"}
            for name, identifier, kind in zones
        ]
        return {"AvailabilityZones": described}


def test_a_local_zone_is_none_that_a_cluster_could_be_in(
    account: SimulatedAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Inquiry, "client", lambda *_: Ec2())
    assert read_zones(account.inquiry) == {"eu-west-1a": ZoneState("euw1-az1")}
