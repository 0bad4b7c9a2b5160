"""What answers in place of functions that cannot run here, and why."""

from collections.abc import Mapping

from botocore.exceptions import ClientError

from eks_twin.aws_clients import Clients
from eks_twin.cloud.custom_type import LambdaEvent
from eks_twin.cloud.functions import Answer

_ANYBODY = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]


def restrict_default_security_group(clients: Clients) -> Answer:
    """Return what closes a VPC's default security group, and opens it again on deletion.

    The CDK's function for it needs the JavaScript SDK that Lambda's runtime has; these are the calls that it makes.
    """

    def answer(event: LambdaEvent) -> LambdaEvent:
        group, account = (event["ResourceProperties"][name] for name in ("DefaultSecurityGroupId", "Account"))
        among_itself = [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group, "UserId": account}]}]
        ec2 = clients("ec2")
        verb = "authorize" if event["RequestType"] == "Delete" else "revoke"
        for direction, permissions in (("egress", _ANYBODY), ("ingress", among_itself)):
            try:
                getattr(ec2, f"{verb}_security_group_{direction}")(GroupId=group, IpPermissions=permissions)
            except ClientError as error:
                if error.response["Error"]["Code"] not in _ALREADY_SO:
                    raise
        return {}

    return answer


_ALREADY_SO = frozenset({"InvalidPermission.NotFound", "InvalidPermission.Duplicate"})


def all_stand_ins(clients: Clients, helm: Answer) -> Mapping[str, Answer]:
    """Return resource type -> what answers for it."""
    return {
        "Custom::VpcRestrictDefaultSG": restrict_default_security_group(clients),
        "Custom::AWSCDK-EKS-HelmChart": helm,
    }
