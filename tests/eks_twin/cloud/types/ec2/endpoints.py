"""Cases of a VPC's endpoints."""

from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, Probe, tagged
from tests.eks_twin.cloud.types.ec2.surroundings import TABLE, VPC, subnet, tags_of


def endpoint(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        found = clients("ec2").describe_vpc_endpoints(VpcEndpointIds=[physical_id])["VpcEndpoints"][0][name]
        return len(found) if isinstance(found, list) else found

    return probe


def has_policy(clients: Clients, physical_id: str) -> bool:
    """Whether it has a policy of its own: what there is else allows everything."""
    return "Action" not in str(endpoint("PolicyDocument")(clients, physical_id) or "Action")


CASES = (
    Case(
        "AWS::EC2::VPCEndpoint",
        {"VpcId": {"Ref": "Vpc"}, "ServiceName": "com.amazonaws.eu-west-1.s3", "RouteTableIds": [{"Ref": "Table"}]},
        lambda clients, physical_id: endpoint("State")(clients, physical_id) != "deleted",
        [
            InPlace({"RouteTableIds": [{"Ref": "Table"}, {"Ref": "OtherTable"}]}, endpoint("RouteTableIds"), 1, 2),
            InPlace({"PolicyDocument": {"Statement": []}}, has_policy, False, True),
            tagged(tags_of),
        ],
        {"ServiceName": "com.amazonaws.eu-west-1.dynamodb"},
        {"Vpc": VPC, "Table": TABLE, "OtherTable": TABLE},
    ),
    Case(
        "AWS::EC2::VPCEndpoint",
        {
            "VpcId": {"Ref": "Vpc"},
            "ServiceName": "com.amazonaws.eu-west-1.ssm",
            "VpcEndpointType": "Interface",
            "SubnetIds": [{"Ref": "Subnet"}],
            "SecurityGroupIds": [{"Ref": "One"}],
        },
        lambda clients, physical_id: endpoint("State")(clients, physical_id) != "deleted",
        [
            InPlace({"SecurityGroupIds": [{"Ref": "One"}, {"Ref": "Two"}]}, endpoint("Groups"), 1, 2),
            InPlace({"SubnetIds": [{"Ref": "Subnet"}, {"Ref": "OtherSubnet"}]}, endpoint("SubnetIds"), 1, 2),
        ],
        {"ServiceName": "com.amazonaws.eu-west-1.kms"},
        {
            "Vpc": VPC,
            "Subnet": subnet(),
            "OtherSubnet": subnet("10.0.1.0/24"),
            **{
                name: {
                    "Type": "AWS::EC2::SecurityGroup",
                    "Properties": {"VpcId": {"Ref": "Vpc"}, "GroupDescription": name},
                }
                for name in ("One", "Two")
            },
        },
    ),
)
