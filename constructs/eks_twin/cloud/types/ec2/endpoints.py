"""Endpoints of a VPC, by which AWS services are reached inside it."""

import json
from collections.abc import Mapping
from typing import Any

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.ec2.calls import TAGS, ec2
from eks_twin.cloud.types.kept import Kept, KeptType

_OF_ENDPOINTS = ("PolicyDocument", "RouteTableIds", "SecurityGroupIds", "SubnetIds")
_EVERYTHING = {
    "Version": "2008-10-17",
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}],
}
"""The policy of an endpoint that says nothing of it."""


def types(clients: Clients) -> Mapping[str, KeptType]:
    """Return the type."""
    return {
        "VPCEndpoint": KeptType(
            clients,
            lambda kept: ec2(kept).delete_vpc_endpoints(VpcEndpointIds=[kept.id]),
            {**TAGS, **dict.fromkeys(_OF_ENDPOINTS, _endpoint)},
            defaults=lambda _: {"VpcEndpointType": "Gateway"},
        )
    }


def _endpoint(kept: Kept) -> None:
    policy = kept.after.get("PolicyDocument") or _EVERYTHING
    wanted: dict[str, Any] = {"PolicyDocument": policy if isinstance(policy, str) else json.dumps(policy)}
    for name in _OF_ENDPOINTS[1:]:
        wanted[f"Remove{name}"], wanted[f"Add{name}"] = kept.listed(name)
    ec2(kept).modify_vpc_endpoint(VpcEndpointId=kept.id, **{name: one for name, one in wanted.items() if one})
