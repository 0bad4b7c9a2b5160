"""Security groups, and the rules in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.ec2.calls import TAGS, ec2
from eks_twin.cloud.types.kept import Kept, KeptType, unless_so_already
from eks_twin.cloudformation import Provisioned, Request, ResourceState, ResourceType

_ANYWHERE = [{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}]
"""Where a security group that says nothing of it lets traffic go."""


def types(clients: Clients) -> Mapping[str, ResourceType]:
    """Return the types."""
    return {
        "SecurityGroup": KeptType(
            clients,
            lambda kept: ec2(kept).delete_security_group(GroupId=kept.id),
            {**TAGS, "SecurityGroupIngress": _ingress, "SecurityGroupEgress": _egress},
        ),
        "SecurityGroupIngress": SecurityGroupIngress(clients),
    }


@dataclass(frozen=True)
class SecurityGroupIngress:
    """AWS::EC2::SecurityGroupIngress: a rule that stands for itself, in a group that is another's."""

    clients: Clients

    def create(self, request: Request) -> Provisioned:
        """Let it in."""
        group = request.properties["GroupId"]
        said = self.clients("ec2").authorize_security_group_ingress(
            GroupId=group, IpPermissions=[_permission(request.properties)]
        )
        rule = said["SecurityGroupRules"][0]["SecurityGroupRuleId"]
        return Provisioned(rule, {"Id": rule})

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Describe it otherwise: all else of it makes another one."""
        self.clients("ec2").update_security_group_rule_descriptions_ingress(
            GroupId=request.properties["GroupId"], IpPermissions=[_permission(request.properties)]
        )
        return Provisioned(before.physical_id, {"Id": before.physical_id})

    def delete(self, _: Request, before: ResourceState) -> None:
        """Let it in no more."""
        with unless_so_already():
            self.clients("ec2").revoke_security_group_ingress(
                GroupId=before.properties["GroupId"], IpPermissions=[_permission(before.properties)]
            )


def _ingress(kept: Kept) -> None:
    _rules(kept, "ingress", *kept.listed("SecurityGroupIngress"))


def _egress(kept: Kept) -> None:
    old, new = (each.get("SecurityGroupEgress") or _ANYWHERE for each in (kept.before, kept.after))
    _rules(kept, "egress", [one for one in old if one not in new], [one for one in new if one not in old])


def _rules(kept: Kept, direction: str, gone: list[Mapping[str, Any]], come: list[Mapping[str, Any]]) -> None:
    for verb, rules in (("revoke", gone), ("authorize", come)):
        for rule in rules:
            with unless_so_already():
                call = getattr(ec2(kept), f"{verb}_security_group_{direction}")
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
