"""Cases of types of which nothing is kept anywhere."""

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case


def always(_: Clients, __: str) -> bool:
    """Stands for types of which nothing is kept anywhere."""
    return False


CASES = (
    Case("AWS::CDK::Metadata", {"Analytics": "one"}, always),
    Case("AWS::CloudFormation::WaitConditionHandle", {}, always),
)
