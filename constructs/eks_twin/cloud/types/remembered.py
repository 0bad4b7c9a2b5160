"""Types that have no model here: their templates deploy, and nothing works behind them, as their events say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.replacement import name_property
from eks_twin.cloudformation import Provisioned, Request, ResourceState, ResourceType

_ARNS: Final[Mapping[str, str]] = {
    "AWS::CodeBuild::Project": "arn:aws:codebuild:{region}:{account}:project/{name}",
    "AWS::CodePipeline::Pipeline": "arn:aws:codepipeline:{region}:{account}:{name}",
    "AWS::CodeStarNotifications::NotificationRule": (
        "arn:aws:codestar-notifications:{region}:{account}:notificationrule/{name}"
    ),
    "AWS::Events::Rule": "arn:aws:events:{region}:{account}:rule/{name}",
}
"""Type -> the ARN that templates ask for."""
_IDENTIFIED_BY_ARN: Final = frozenset({"AWS::CodeStarNotifications::NotificationRule"})
NOTE: Final = "The twin remembers this resource; nothing of it works here."


def types(_: Clients) -> Mapping[str, ResourceType]:
    """Return the types."""
    return {kind: Remembered(arn) for kind, arn in _ARNS.items()}


@dataclass(frozen=True)
class Remembered:
    """One type. The stack's own state is all that is kept of its resources."""

    arn: str
    """With places for region, account and name."""

    def create(self, request: Request) -> Provisioned:
        """Remember it, under the name in its properties, else under one made of stack and logical id."""
        given = request.properties.get(name_property(request.resource_type) or "Name")
        return self._remembered(request, str(given or f"{request.stack_name}-{request.logical_id}"))

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Remember what changed."""
        return self._remembered(request, before.physical_id.rpartition("/")[2])

    def delete(self, request: Request, before: ResourceState) -> None:
        """Forget it."""

    def _remembered(self, request: Request, name: str) -> Provisioned:
        arn = self.arn.format(region=request.region, account=request.account, name=name)
        physical_id = arn if request.resource_type in _IDENTIFIED_BY_ARN else name
        return Provisioned(physical_id, {"Arn": arn}, NOTE)
