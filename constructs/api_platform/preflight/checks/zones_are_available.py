"""The environment's zones exist, are available, and take an EKS control plane."""

from collections.abc import Sequence
from typing import Final

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.environment import Environment
from api_platform.preflight.account_reading import AccountReading, ZoneState
from api_platform.rules.finding import PLATFORM
from api_platform.service import Service

CHECK = check_name(__name__)
WITHOUT_EKS: Final = frozenset({"use1-az3", "usw1-az2", "cac1-az3"})
"""Zones, by their id, in which EKS puts no control plane: EKS User Guide, network requirements for VPC and subnets."""


def zones_are_available(
    environment: Environment, _services: Sequence[Service], reading: AccountReading
) -> list[Diagnosis]:
    """Find zones in which no subnet can be made, or no cluster."""
    if reading.zones is None:
        return []
    others = sorted(name for name, zone in reading.zones.items() if not _wrong(zone) and name not in environment.zones)
    line = environment.place_of("zones")
    return [
        Diagnosis(
            CHECK,
            PLATFORM,
            f"Zone/{zone}",
            wrong,
            "The VPC has its subnets, and the cluster its network interfaces, in exactly the zones of the file.",
            f"aws ec2 describe-availability-zones --region {environment.region}",
            f"Name others in {line} (zones). Free in this account: {', '.join(others) or 'none'}.",
        )
        for zone in environment.zones
        if (wrong := _wrong(reading.zones.get(zone)))
    ]


def _wrong(zone: ZoneState | None) -> str:
    if zone is None:
        return "the account has no zone of this name"
    if zone.state != "available":
        return f"it is {zone.state}"
    return f"EKS puts no control plane there ({zone.zone_id})" if zone.zone_id in WITHOUT_EKS else ""
