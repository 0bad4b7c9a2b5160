"""The network: everything of EC2 that a VPC is made of, and launch templates."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.kept import Change, Kept, KeptType, unless_so_already
from eks_twin.cloud.types.tags import pairs, tagged
from eks_twin.cloudformation import Provisioned, Request, ResourceState, ResourceType

_TAGS = {
    "Tags": tagged(
        lambda kept, tags: _ec2(kept).create_tags(Resources=[_tagged_by(kept)], Tags=pairs(tags)),
        lambda kept, keys: _ec2(kept).delete_tags(Resources=[_tagged_by(kept)], Tags=[{"Key": key} for key in keys]),
    )
}
_ANYWHERE = [{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}]
"""Where a security group that says nothing of it lets traffic go."""
_DNS = {"EnableDnsSupport": True, "EnableDnsHostnames": False}
"""What a VPC does of DNS where the template does not say."""
_OF_ENDPOINTS = ("PolicyDocument", "RouteTableIds", "SecurityGroupIds", "SubnetIds")
_EVERYTHING = {
    "Version": "2008-10-17",
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}],
}
"""The policy of an endpoint that says nothing of it."""


def types(clients: Clients) -> Mapping[str, ResourceType]:
    """Return the types."""

    def kept(delete: Change, changes: Mapping[str, Change] | None = None) -> KeptType:
        return KeptType(clients, delete, {**_TAGS, **(changes or {})}, frozenset(_TAGS))

    kinds: Mapping[str, ResourceType] = {
        "EIP": KeptType(clients, _release, _TAGS, frozenset(_TAGS), defaults=lambda _: {"Domain": "vpc"}),
        "FlowLog": kept(lambda kept: _ec2(kept).delete_flow_logs(FlowLogIds=[kept.id])),
        "InternetGateway": kept(lambda kept: _ec2(kept).delete_internet_gateway(InternetGatewayId=kept.id)),
        "LaunchTemplate": KeptType(
            clients,
            lambda kept: _ec2(kept).delete_launch_template(LaunchTemplateId=kept.id),
            {"LaunchTemplateData": _new_version, "VersionDescription": _new_version},
        ),
        "NatGateway": kept(_delete_nat_gateway),
        "Route": KeptType(clients, lambda kept: _ec2(kept).delete_route(**_which_route(kept)), _ROUTE_TARGETS),
        "RouteTable": kept(lambda kept: _ec2(kept).delete_route_table(RouteTableId=kept.id)),
        "SecurityGroup": kept(
            lambda kept: _ec2(kept).delete_security_group(GroupId=kept.id),
            {"SecurityGroupIngress": _ingress, "SecurityGroupEgress": _egress},
        ),
        "Subnet": kept(
            lambda kept: _ec2(kept).delete_subnet(SubnetId=kept.id), {"MapPublicIpOnLaunch": _public_addresses}
        ),
        "SubnetRouteTableAssociation": SubnetRouteTableAssociation(clients),
        "VPC": kept(
            lambda kept: _ec2(kept).delete_vpc(VpcId=kept.id),
            {name: _dns(name, default=default) for name, default in _DNS.items()},
        ),
        "VPCEndpoint": KeptType(
            clients,
            lambda kept: _ec2(kept).delete_vpc_endpoints(VpcEndpointIds=[kept.id]),
            {**_TAGS, **dict.fromkeys(_OF_ENDPOINTS, _endpoint)},
            frozenset(_TAGS),
            defaults=lambda _: {"VpcEndpointType": "Gateway"},
        ),
        "VPCGatewayAttachment": KeptType(clients, _detach, {"InternetGatewayId": _attach_another}),
    }
    return {f"AWS::EC2::{kind}": kept_type for kind, kept_type in kinds.items()}


def _ec2(kept: Kept) -> Any:
    return kept.clients("ec2")


def _tagged_by(kept: Kept) -> str:
    """Return the id under which EC2 keeps the tags: an address's physical id is the address itself."""
    return str(kept.attributes["AllocationId"]) if "." in kept.id else kept.id


def _release(kept: Kept) -> None:
    (address,) = _ec2(kept).describe_addresses(PublicIps=[kept.id])["Addresses"]
    _ec2(kept).release_address(AllocationId=address["AllocationId"])


def _delete_nat_gateway(kept: Kept) -> None:
    """Delete the gateway, and free its address, which moto would hold for ever."""
    _ec2(kept).delete_nat_gateway(NatGatewayId=kept.id)
    if allocation := kept.after.get("AllocationId"):
        (address,) = _ec2(kept).describe_addresses(AllocationIds=[allocation])["Addresses"]
        _ec2(kept).disassociate_address(AssociationId=address["AssociationId"])


def _new_version(kept: Kept) -> None:
    description = {"VersionDescription": kept.after["VersionDescription"]} if "VersionDescription" in kept.after else {}
    data = kept.after["LaunchTemplateData"]
    _ec2(kept).create_launch_template_version(LaunchTemplateId=kept.id, LaunchTemplateData=data, **description)


def _which_route(kept: Kept) -> dict[str, Any]:
    names = ("RouteTableId", "DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
    return {name: kept.after[name] for name in names if name in kept.after}


def _another_target(kept: Kept) -> None:
    target = {name: kept.after[name] for name in _ROUTE_TARGETS if name in kept.after}
    _ec2(kept).replace_route(**_which_route(kept), **target)


_ROUTE_TARGETS: Mapping[str, Change] = dict.fromkeys(
    ("GatewayId", "NatGatewayId", "TransitGatewayId", "NetworkInterfaceId", "VpcPeeringConnectionId"), _another_target
)


@dataclass(frozen=True)
class SubnetRouteTableAssociation:
    """AWS::EC2::SubnetRouteTableAssociation, of which moto's own model is never seen by the API."""

    clients: Clients

    def create(self, request: Request) -> Provisioned:
        """Associate."""
        wanted = {name: request.properties[name] for name in ("RouteTableId", "SubnetId")}
        return self._as(self.clients("ec2").associate_route_table(**wanted)["AssociationId"])

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Associate the subnet with another table, in one step: it is never without."""
        replaced = self.clients("ec2").replace_route_table_association(
            AssociationId=before.physical_id, RouteTableId=request.properties["RouteTableId"]
        )
        return self._as(replaced["NewAssociationId"])

    def delete(self, _: Request, before: ResourceState) -> None:
        """Disassociate, unless the association has been replaced by another."""
        with unless_so_already():
            self.clients("ec2").disassociate_route_table(AssociationId=before.physical_id)

    @staticmethod
    def _as(association: str) -> Provisioned:
        return Provisioned(association, {"Id": association})


def _detach(kept: Kept) -> None:
    _ec2(kept).detach_internet_gateway(InternetGatewayId=kept.before["InternetGatewayId"], VpcId=kept.before["VpcId"])


def _attach_another(kept: Kept) -> None:
    with unless_so_already():
        _detach(kept)
    with unless_so_already():
        _ec2(kept).attach_internet_gateway(InternetGatewayId=kept.after["InternetGatewayId"], VpcId=kept.after["VpcId"])


def _dns(name: str, *, default: bool) -> Change:
    def change(kept: Kept) -> None:
        _ec2(kept).modify_vpc_attribute(VpcId=kept.id, **{name: {"Value": _truth(kept.after.get(name, default))}})

    return change


def _public_addresses(kept: Kept) -> None:
    value = {"Value": _truth(kept.after.get("MapPublicIpOnLaunch", False))}
    _ec2(kept).modify_subnet_attribute(SubnetId=kept.id, MapPublicIpOnLaunch=value)


def _endpoint(kept: Kept) -> None:
    policy = kept.after.get("PolicyDocument") or _EVERYTHING
    wanted: dict[str, Any] = {"PolicyDocument": policy if isinstance(policy, str) else json.dumps(policy)}
    for name in _OF_ENDPOINTS[1:]:
        wanted[f"Remove{name}"], wanted[f"Add{name}"] = kept.listed(name)
    _ec2(kept).modify_vpc_endpoint(VpcEndpointId=kept.id, **{name: one for name, one in wanted.items() if one})


def _ingress(kept: Kept) -> None:
    _rules(kept, "ingress", *kept.listed("SecurityGroupIngress"))


def _egress(kept: Kept) -> None:
    old, new = (each.get("SecurityGroupEgress") or _ANYWHERE for each in (kept.before, kept.after))
    _rules(kept, "egress", [one for one in old if one not in new], [one for one in new if one not in old])


def _rules(kept: Kept, direction: str, gone: list[Mapping[str, Any]], come: list[Mapping[str, Any]]) -> None:
    for verb, rules in (("revoke", gone), ("authorize", come)):
        for rule in rules:
            with unless_so_already():
                call = getattr(_ec2(kept), f"{verb}_security_group_{direction}")
                call(GroupId=kept.id, IpPermissions=[_permission(rule)])


def _permission(rule: Mapping[str, Any]) -> dict[str, Any]:
    """Return a rule of a template as the API takes it."""
    said = {"Description": rule["Description"]} if "Description" in rule else {}
    permission: dict[str, Any] = {"IpProtocol": str(rule["IpProtocol"])}
    permission |= {name: int(rule[name]) for name in ("FromPort", "ToPort") if name in rule}
    others = {
        "CidrIp": ("IpRanges", "CidrIp"),
        "CidrIpv6": ("Ipv6Ranges", "CidrIpv6"),
        "SourceSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
        "DestinationSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
        "SourcePrefixListId": ("PrefixListIds", "PrefixListId"),
        "DestinationPrefixListId": ("PrefixListIds", "PrefixListId"),
    }
    for name, (kind, key) in others.items():
        if name in rule:
            permission[kind] = [{key: rule[name], **said}]
    return permission


def _truth(value: object) -> bool:
    """Return a truth value of a template, which may be text."""
    return str(value).lower() == "true"
