"""The roles that administer the cluster exist, under the very ARN of the environment file."""

from collections.abc import Sequence
from typing import Final

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.environment import Environment
from api_platform.preflight.account_reading import AccountReading
from api_platform.rules.finding import PLATFORM
from api_platform.service import Service

CHECK = check_name(__name__)
_FAILS: Final = "EKS makes an access entry for it, and refuses one for nobody; the stack `cluster` fails after it."


def administrator_roles_exist(
    environment: Environment, _services: Sequence[Service], reading: AccountReading
) -> list[Diagnosis]:
    """Find roles that do not exist, and ARNs that lack the role's path, as those of IAM Identity Center have it."""
    found = []
    for arn, real in (reading.administrator_roles or {}).items():
        if real == arn:
            continue
        name = arn.rpartition("/")[2]
        line = environment.place_of("administrator_roles")
        if real is None:
            what, way = "it does not exist", f"Create it, or name another in {line} (administrator_roles)."
        else:
            what, way = f"its ARN is {real}", f"Write this ARN, with its path, in {line} (administrator_roles)."
        command = f"aws iam get-role --role-name {name}"
        found.append(Diagnosis(CHECK, PLATFORM, f"Role/{name}", what, _FAILS, command, way))
    return found
