"""The availability zones of the region."""

from collections.abc import Mapping
from typing import Final

from api_platform.preflight.account_reading import ZoneState
from api_platform.preflight.inquiry import Inquiry

_ZONE: Final = "availability-zone"


def read_zones(inquiry: Inquiry) -> Mapping[str, ZoneState]:
    """Return the region's zones by name; local and wavelength zones, which take no cluster, are left out."""
    zones = inquiry.client("ec2").describe_availability_zones()["AvailabilityZones"]
    return {one["ZoneName"]: ZoneState(one["ZoneId"], one["State"]) for one in zones if one["ZoneType"] == _ZONE}
