"""Cases of route tables."""

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, tagged
from tests.eks_twin.cloud.types.ec2.surroundings import ADDRESS, GATEWAY, OTHER_VPC, TABLE, VPC, listed, subnet, tags_of


def routes(clients: Clients, physical_id: str) -> dict[str, str]:
    table = physical_id.split("~", maxsplit=1)[0]
    (found,) = clients("ec2").describe_route_tables(RouteTableIds=[table])["RouteTables"]
    return {route["DestinationCidrBlock"]: str(route.get("GatewayId"))[:4] for route in found["Routes"]}


def route_target(clients: Clients, physical_id: str) -> str:
    return routes(clients, physical_id)["0.0.0.0/0"]


def associated(clients: Clients, physical_id: str) -> bool:
    filters = [{"Name": "association.route-table-association-id", "Values": [physical_id]}]
    return bool(clients("ec2").describe_route_tables(Filters=filters)["RouteTables"])


CASES = (
    Case(
        "AWS::EC2::Route",
        {"RouteTableId": {"Ref": "Table"}, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": {"Ref": "Gateway"}},
        lambda clients, physical_id: "0.0.0.0/0" in routes(clients, physical_id),
        [
            InPlace(
                {"GatewayId": None, "NatGatewayId": {"Ref": "Nat"}},
                route_target,
                "igw-",
                "None",
            )
        ],
        {"RouteTableId": {"Ref": "OtherTable"}},
        {
            "Vpc": VPC,
            "Table": TABLE,
            "OtherTable": TABLE,
            "Gateway": GATEWAY,
            "Subnet": subnet(),
            "Address": ADDRESS,
            "Nat": {
                "Type": "AWS::EC2::NatGateway",
                "Properties": {
                    "SubnetId": {"Ref": "Subnet"},
                    "AllocationId": {"Fn::GetAtt": ["Address", "AllocationId"]},
                },
            },
        },
    ),
    Case(
        "AWS::EC2::RouteTable",
        {"VpcId": {"Ref": "Vpc"}},
        listed("describe_route_tables", "RouteTableIds", "RouteTables"),
        [tagged(tags_of)],
        {"VpcId": {"Ref": "Other"}},
        {"Vpc": VPC, "Other": OTHER_VPC},
    ),
    Case(
        "AWS::EC2::SubnetRouteTableAssociation",
        {"SubnetId": {"Ref": "Subnet"}, "RouteTableId": {"Ref": "Table"}},
        associated,
        (),
        {"SubnetId": {"Ref": "OtherSubnet"}},
        {"Vpc": VPC, "Subnet": subnet(), "OtherSubnet": subnet("10.0.1.0/24"), "Table": TABLE},
    ),
)
