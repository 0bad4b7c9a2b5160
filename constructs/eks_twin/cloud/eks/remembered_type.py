"""Parts of a cluster that are accepted and remembered, with nothing behind them."""

from dataclasses import dataclass

from eks_twin.cloud.types.kept import changed
from eks_twin.cloudformation import Provisioned, Request, ResourceState


@dataclass(frozen=True)
class RememberedType:
    """A type of which the stack alone knows: AWS::EKS::Addon and AWS::EKS::AccessEntry.

    What the add-ons would run are DaemonSets and controllers on nodes that are simulated here, and the twin's API
    server knows its one user by a token.
    """

    name: str
    """The property that tells it from others of the same cluster."""
    changeable: frozenset[str]
    """Properties that AWS changes in place."""

    def create(self, request: Request) -> Provisioned:
        """Accept it."""
        cluster, name = (request.properties[one] for one in ("ClusterName", self.name))
        kind = request.resource_type.rsplit("::", 1)[-1].lower()
        arn = f"arn:aws:eks:{request.region}:{request.account}:{kind}/{cluster}/{name}"
        return Provisioned(f"{cluster}|{name}", {"Arn": arn, "AccessEntryArn": arn})

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Accept the change. Raises ResourceUntouched where AWS would not."""
        changed(request, before, self.changeable)
        return Provisioned(before.physical_id, before.attributes)

    def delete(self, request: Request, before: ResourceState) -> None:
        """Forget it."""
