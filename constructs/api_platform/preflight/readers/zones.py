"""The availability zones of the region."""

from collections.abc import Mapping

from api_platform.preflight.account_reading import ZoneState
from api_platform.preflight.inquiry import Inquiry


def read_zones(inquiry: Inquiry) -> Mapping[str, ZoneState]:
    """Return the region's zones by name."""
    zones = inquiry.client("ec2").describe_availability_zones()["AvailabilityZones"]
    return {zone["ZoneName"]: ZoneState(zone["ZoneId"], zone["State"]) for zone in zones}
