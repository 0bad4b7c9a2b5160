"""The account has an Elastic IP address for every NAT gateway."""

from collections.abc import Sequence

from api_platform.account_demands import nat_gateways
from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.environment import Environment
from api_platform.preflight.account_quota import ELASTIC_IPS
from api_platform.preflight.account_reading import AccountReading
from api_platform.rules.finding import PLATFORM
from api_platform.service import Service

CHECK = check_name(__name__)


def elastic_ips_suffice(
    environment: Environment, _services: Sequence[Service], reading: AccountReading
) -> list[Diagnosis]:
    """Find an account with fewer addresses left than the network takes."""
    quota, wanted = reading.elastic_ips, nat_gateways(environment)
    if quota is None or wanted <= quota.left:
        return []
    return [
        Diagnosis(
            CHECK,
            PLATFORM,
            "quota of Elastic IP addresses",
            f"the NAT gateways take {wanted}, and {quota.left} are left",
            f"The account may have {quota.limit} in this region, and others have {quota.used}.",
            ELASTIC_IPS.shown(environment),
            f"Release some, or: {ELASTIC_IPS.asked(environment, wanted + quota.used)}",
        )
    ]
