"""Cases of EC2."""

from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, Probe, tagged

VPC = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}
OTHER_VPC = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.9.0.0/16"}}
GATEWAY = {"Type": "AWS::EC2::InternetGateway", "Properties": {}}
TABLE = {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}}


def subnet(cidr: str = "10.0.0.0/24") -> dict[str, Any]:
    return {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": cidr}}


def tags_of(clients: Clients, physical_id: str) -> Any:
    return clients("ec2").describe_tags(Filters=[{"Name": "resource-id", "Values": [physical_id]}])["Tags"]


def tags_of_address(clients: Clients, physical_id: str) -> Any:
    return clients("ec2").describe_addresses(PublicIps=[physical_id])["Addresses"][0].get("Tags")


def listed(call: str, parameter: str, answer: str) -> Any:
    def exists(clients: Clients, physical_id: str) -> bool:
        return bool(getattr(clients("ec2"), call)(**{parameter: [physical_id]})[answer])

    return exists


def vpc_attribute(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        answer = clients("ec2").describe_vpc_attribute(VpcId=physical_id, Attribute=name)
        return answer[name[0].upper() + name[1:]]["Value"]

    return probe


def nat_gateway(clients: Clients, physical_id: str) -> bool:
    (found,) = clients("ec2").describe_nat_gateways(NatGatewayIds=[physical_id])["NatGateways"]
    return bool(found["State"] != "deleted")  # AWS keeps showing one for an hour


def routes(clients: Clients, physical_id: str) -> dict[str, str]:
    table = physical_id.split("~", maxsplit=1)[0]
    (found,) = clients("ec2").describe_route_tables(RouteTableIds=[table])["RouteTables"]
    return {route["DestinationCidrBlock"]: str(route.get("GatewayId"))[:4] for route in found["Routes"]}


def route_target(clients: Clients, physical_id: str) -> str:
    return routes(clients, physical_id)["0.0.0.0/0"]


def associated(clients: Clients, physical_id: str) -> bool:
    filters = [{"Name": "association.route-table-association-id", "Values": [physical_id]}]
    return bool(clients("ec2").describe_route_tables(Filters=filters)["RouteTables"])


def attached(clients: Clients, physical_id: str) -> bool:
    filters = [{"Name": "attachment.vpc-id", "Values": [physical_id]}]
    return bool(clients("ec2").describe_internet_gateways(Filters=filters)["InternetGateways"])


def gateway_tag(clients: Clients, physical_id: str) -> list[Any]:
    filters = [{"Name": "attachment.vpc-id", "Values": [physical_id]}]
    gateways = clients("ec2").describe_internet_gateways(Filters=filters)["InternetGateways"]
    return [gateway.get("Tags", []) for gateway in gateways]


def newest_version(clients: Clients, physical_id: str) -> Any:
    found = clients("ec2").describe_launch_template_versions(LaunchTemplateId=physical_id)["LaunchTemplateVersions"]
    return max(found, key=lambda version: version["VersionNumber"])


def machine(clients: Clients, physical_id: str) -> Any:
    return newest_version(clients, physical_id)["LaunchTemplateData"]["InstanceType"]


def ingress(clients: Clients, physical_id: str) -> list[Any]:
    (found,) = clients("ec2").describe_security_groups(GroupIds=[physical_id])["SecurityGroups"]
    return [(rule["FromPort"], rule["IpRanges"][0]["CidrIp"]) for rule in found["IpPermissions"]]


def egress(clients: Clients, physical_id: str) -> list[Any]:
    (found,) = clients("ec2").describe_security_groups(GroupIds=[physical_id])["SecurityGroups"]
    return [(rule["IpProtocol"], rule.get("FromPort")) for rule in found["IpPermissionsEgress"]]


def public(clients: Clients, physical_id: str) -> Any:
    return clients("ec2").describe_subnets(SubnetIds=[physical_id])["Subnets"][0]["MapPublicIpOnLaunch"]


def endpoint(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        found = clients("ec2").describe_vpc_endpoints(VpcEndpointIds=[physical_id])["VpcEndpoints"][0][name]
        return len(found) if isinstance(found, list) else found

    return probe


def has_policy(clients: Clients, physical_id: str) -> bool:
    """Whether it has a policy of its own: what there is else allows everything."""
    return "Action" not in str(endpoint("PolicyDocument")(clients, physical_id) or "Action")


HTTPS = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/8"}
LOG_ROLE = {
    "Type": "AWS::IAM::Role",
    "Properties": {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}},
}
ADDRESS = {"Type": "AWS::EC2::EIP", "Properties": {}}
GROUP = {"Type": "AWS::Logs::LogGroup", "Properties": {}}
CASES = (
    Case(
        "AWS::EC2::EIP",
        {"Domain": "vpc"},
        listed("describe_addresses", "PublicIps", "Addresses"),
        [tagged(tags_of_address)],
    ),
    Case(
        "AWS::EC2::FlowLog",
        {
            "ResourceId": {"Ref": "Vpc"},
            "ResourceType": "VPC",
            "TrafficType": "ALL",
            "LogGroupName": {"Ref": "Group"},
            "DeliverLogsPermissionArn": {"Fn::GetAtt": ["Role", "Arn"]},
        },
        listed("describe_flow_logs", "FlowLogIds", "FlowLogs"),
        [tagged(tags_of)],
        {"LogGroupName": {"Ref": "OtherGroup"}},
        {"Vpc": VPC, "Role": LOG_ROLE, "Group": GROUP, "OtherGroup": GROUP},
    ),
    Case(
        "AWS::EC2::InternetGateway",
        {},
        listed("describe_internet_gateways", "InternetGatewayIds", "InternetGateways"),
        [tagged(tags_of)],
    ),
    Case(
        "AWS::EC2::LaunchTemplate",
        {"LaunchTemplateData": {"InstanceType": "m5.large"}},
        listed("describe_launch_templates", "LaunchTemplateIds", "LaunchTemplates"),
        [
            InPlace({"LaunchTemplateData": {"InstanceType": "m6i.large"}}, machine, "m5.large", "m6i.large"),
            InPlace(
                {"VersionDescription": "two"},
                lambda clients, physical_id: newest_version(clients, physical_id).get("VersionDescription"),
                None,
                "two",
            ),
        ],
        {"LaunchTemplateName": "another"},
    ),
    Case(
        "AWS::EC2::NatGateway",
        {"SubnetId": {"Ref": "Subnet"}, "AllocationId": {"Fn::GetAtt": ["Address", "AllocationId"]}},
        nat_gateway,
        [tagged(tags_of)],
        {"AllocationId": {"Fn::GetAtt": ["OtherAddress", "AllocationId"]}},
        {
            "Vpc": VPC,
            "Subnet": subnet(),
            "Address": ADDRESS,
            "OtherAddress": ADDRESS,
        },
    ),
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
        "AWS::EC2::SecurityGroup",
        {"VpcId": {"Ref": "Vpc"}, "GroupDescription": "a group"},
        listed("describe_security_groups", "GroupIds", "SecurityGroups"),
        [
            InPlace({"SecurityGroupIngress": [HTTPS]}, ingress, [], [(443, "10.0.0.0/8")]),
            InPlace({"SecurityGroupEgress": [HTTPS]}, egress, [("-1", None)], [("tcp", 443)]),
            tagged(tags_of),
        ],
        {"GroupDescription": "another"},
        {"Vpc": VPC},
    ),
    Case(
        "AWS::EC2::Subnet",
        {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24", "MapPublicIpOnLaunch": True},
        listed("describe_subnets", "SubnetIds", "Subnets"),
        [InPlace({"MapPublicIpOnLaunch": False}, public, True, False), tagged(tags_of)],
        {"CidrBlock": "10.0.1.0/24"},
        {"Vpc": VPC},
    ),
    Case(
        "AWS::EC2::SubnetRouteTableAssociation",
        {"SubnetId": {"Ref": "Subnet"}, "RouteTableId": {"Ref": "Table"}},
        associated,
        (),
        {"SubnetId": {"Ref": "OtherSubnet"}},
        {"Vpc": VPC, "Subnet": subnet(), "OtherSubnet": subnet("10.0.1.0/24"), "Table": TABLE},
    ),
    Case(
        "AWS::EC2::VPC",
        {"CidrBlock": "10.0.0.0/16"},
        listed("describe_vpcs", "VpcIds", "Vpcs"),
        [
            InPlace({"EnableDnsHostnames": True}, vpc_attribute("enableDnsHostnames"), False, True),
            InPlace({"EnableDnsSupport": False}, vpc_attribute("enableDnsSupport"), True, False),
            tagged(tags_of),
        ],
        {"CidrBlock": "10.1.0.0/16"},
    ),
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
    Case(
        "AWS::EC2::VPCGatewayAttachment",
        {"VpcId": {"Ref": "Vpc"}, "InternetGatewayId": {"Ref": "Gateway"}},
        attached,
        [
            InPlace(
                {"InternetGatewayId": {"Ref": "OtherGateway"}},
                gateway_tag,
                [[]],
                [[{"Key": "other", "Value": "yes"}]],
            )
        ],
        {"VpcId": {"Ref": "Other"}, "InternetGatewayId": {"Ref": "OtherGateway"}},
        {
            "Vpc": VPC,
            "Other": OTHER_VPC,
            "Gateway": GATEWAY,
            "OtherGateway": {**GATEWAY, "Properties": {"Tags": [{"Key": "other", "Value": "yes"}]}},
        },
    ),
)
