"""The types of EC2: everything that a VPC is made of, and launch templates."""

from collections.abc import Mapping

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.ec2 import endpoints, gateways, launch_templates, routes, security_groups, vpc
from eks_twin.cloudformation import ResourceType

_CONCEPTS = (endpoints, gateways, launch_templates, routes, security_groups, vpc)


def types(clients: Clients) -> Mapping[str, ResourceType]:
    """Return the types."""
    return {f"AWS::EC2::{kind}": one for concept in _CONCEPTS for kind, one in concept.types(clients).items()}
