"""Every zone offers the machines of every node group."""

from collections.abc import Sequence

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.environment import Environment
from api_platform.preflight.account_reading import AccountReading
from api_platform.preflight.node_groups import node_groups
from api_platform.rules.finding import PLATFORM
from api_platform.service import Service

CHECK = check_name(__name__)


def zones_offer_the_instance_types(
    environment: Environment, _services: Sequence[Service], reading: AccountReading
) -> list[Diagnosis]:
    """Find node groups whose type the region does not have, or one of the zones does not offer."""
    if reading.machine_types is None:
        return []
    found = []
    for group, size in node_groups(environment).items():
        machine = reading.machine_types.get(size.instance_type)
        missing = [zone for zone in environment.zones if machine is None or zone not in machine.zones]
        if not missing:
            continue
        where = environment.region if machine is None else ", ".join(missing)
        found.append(
            Diagnosis(
                CHECK,
                PLATFORM,
                f"node group {group}",
                f"{size.instance_type} is not offered in {where}",
                "The group spreads over all zones: where its type is missing, no machine comes up.",
                "aws ec2 describe-instance-type-offerings --location-type availability-zone --filters "
                f"Name=instance-type,Values={size.instance_type} --region {environment.region}",
                f"Name another type in {environment.place_of('node_groups', group, 'instance_type')}, or other zones.",
            )
        )
    return found
