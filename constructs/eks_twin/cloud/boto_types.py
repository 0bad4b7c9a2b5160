"""Resource types that moto keeps, but cannot create from a template: made by the API calls that make them on AWS."""

from dataclasses import dataclass, replace
from typing import Any

from moto.iam.models import iam_backends

from eks_twin.aws_clients import Clients
from eks_twin.cloud.turns import TURN
from eks_twin.cloud.types.kept import Kept
from eks_twin.cloud.types.tags import pairs, tagged
from eks_twin.cloudformation import Provisioned, Request, ResourceState


@dataclass(frozen=True)
class Alarm:
    """AWS::CloudWatch::Alarm, whose properties are the API's own parameters."""

    clients: Clients

    def create(self, request: Request) -> Provisioned:
        """Put the alarm."""
        properties: dict[str, Any] = {**request.properties}
        name = str(properties.pop("AlarmName", f"{request.stack_name}-{request.logical_id}"))
        self.clients("cloudwatch").put_metric_alarm(AlarmName=name, **properties)
        arn = f"arn:aws:cloudwatch:{request.region}:{request.account}:alarm:{name}"
        return Provisioned(name, {"Arn": arn})

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Put it again, without the tags: of an alarm that exists, the call leaves them as they are."""
        named = {"AlarmName": before.physical_id, **request.properties}
        tagless = {name: value for name, value in named.items() if name != "Tags"}
        deployed = self.create(replace(request, properties=tagless))
        _ALARM_TAGS(Kept(self.clients, before.physical_id, request.properties, before.properties, deployed.attributes))
        return deployed

    def delete(self, _: Request, before: ResourceState) -> None:
        """Delete the alarm."""
        self.clients("cloudwatch").delete_alarms(AlarmNames=[before.physical_id])


@dataclass(frozen=True)
class OpenIdConnectProvider:
    """AWS::IAM::OIDCProvider. Its physical id is an ARN that ends in the issuer, by which trust policies name it."""

    clients: Clients

    def create(self, request: Request) -> Provisioned:
        """Create the provider."""
        answer = self.clients("iam").create_open_id_connect_provider(
            Url=request.properties["Url"],
            ClientIDList=request.properties.get("ClientIdList") or [],
            ThumbprintList=_thumbprints(request),
            Tags=request.properties.get("Tags") or [],
        )
        return Provisioned(answer["OpenIDConnectProviderArn"], {"Arn": answer["OpenIDConnectProviderArn"]})

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Take over other clients, thumbprints and tags."""
        arn, properties = before.physical_id, request.properties
        wanted = [str(client) for client in properties.get("ClientIdList") or []]
        with TURN:  # moto has no call for it
            iam_backends[request.account]["aws"].open_id_providers[arn].client_id_list = wanted
        self.clients("iam").update_open_id_connect_provider_thumbprint(
            OpenIDConnectProviderArn=arn, ThumbprintList=_thumbprints(request)
        )
        _PROVIDER_TAGS(Kept(self.clients, arn, properties, before.properties))
        return Provisioned(arn, {"Arn": arn})

    def delete(self, _: Request, before: ResourceState) -> None:
        """Delete the provider."""
        self.clients("iam").delete_open_id_connect_provider(OpenIDConnectProviderArn=before.physical_id)


def _thumbprints(request: Request) -> list[str]:
    """Return the thumbprints. IAM itself needs none where it trusts the issuer's authority; moto wants one."""
    return [str(one) for one in request.properties.get("ThumbprintList") or ["0" * 40]]


_ALARM_TAGS = tagged(
    lambda kept, tags: kept.clients("cloudwatch").tag_resource(ResourceARN=kept.attributes["Arn"], Tags=pairs(tags)),
    lambda kept, keys: kept.clients("cloudwatch").untag_resource(ResourceARN=kept.attributes["Arn"], TagKeys=keys),
)
_PROVIDER_TAGS = tagged(
    lambda kept, tags: kept.clients("iam").tag_open_id_connect_provider(
        OpenIDConnectProviderArn=kept.id, Tags=pairs(tags)
    ),
    lambda kept, keys: kept.clients("iam").untag_open_id_connect_provider(
        OpenIDConnectProviderArn=kept.id, TagKeys=keys
    ),
)


class Nothing:
    """A type that is nothing but a place in the order (wait condition handles), or a note to AWS (CDK metadata)."""

    def create(self, request: Request) -> Provisioned:
        """Create nothing."""
        return Provisioned(f"{request.stack_name}-{request.logical_id}", {})

    def update(self, _: Request, before: ResourceState) -> Provisioned:
        """Change nothing."""
        return Provisioned(before.physical_id, {})

    def delete(self, request: Request, before: ResourceState) -> None:
        """Delete nothing."""
