"""The roles that administer the cluster."""

from collections.abc import Mapping
from typing import Any

from api_platform.preflight.inquiry import Inquiry


def read_administrator_roles(inquiry: Inquiry) -> Mapping[str, str | None]:
    """Return, for each role of the environment file, the ARN of the role of its name; None where there is none.

    IAM is asked by name; in an ARN the role's path stands before it, and EKS takes only the whole.
    """
    environment, iam, found = inquiry.environment, inquiry.client("iam"), dict[str, str | None]()
    for arn in environment.administrator_roles:
        if arn.split(":")[4] == environment.account:
            found[arn] = _arn_of(iam, arn.rpartition("/")[2])
        else:
            inquiry.left_out.append(f"{arn} is in another account, which was not asked whether it exists.")
    return found


def _arn_of(iam: Any, name: str) -> str | None:
    try:
        return str(iam.get_role(RoleName=name)["Role"]["Arn"])
    except iam.exceptions.NoSuchEntityException:
        return None
