"""Route tables, what stands in them, and which subnets go by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.ec2.calls import TAGS, ec2
from eks_twin.cloud.types.kept import ChangeInPlace, Kept, KeptType, unless_so_already
from eks_twin.cloudformation import Provisioned, Request, ResourceState, ResourceType


def types(clients: Clients) -> Mapping[str, ResourceType]:
    """Return the types."""
    return {
        "Route": KeptType(clients, lambda kept: ec2(kept).delete_route(**_which_route(kept)), _ROUTE_TARGETS),
        "RouteTable": KeptType(clients, lambda kept: ec2(kept).delete_route_table(RouteTableId=kept.id), TAGS),
        "SubnetRouteTableAssociation": SubnetRouteTableAssociation(clients),
    }


def _which_route(kept: Kept) -> dict[str, Any]:
    names = ("RouteTableId", "DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
    return {name: kept.after[name] for name in names if name in kept.after}


def _another_target(kept: Kept) -> None:
    target = {name: kept.after[name] for name in _ROUTE_TARGETS if name in kept.after}
    ec2(kept).replace_route(**_which_route(kept), **target)


_ROUTE_TARGETS: Mapping[str, ChangeInPlace] = dict.fromkeys(
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
