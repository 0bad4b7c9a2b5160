"""Resource types that moto keeps, but cannot create from a template: made by the API calls that make them on AWS."""

from dataclasses import dataclass
from typing import Any

from moto.iam.models import iam_backends

from eks_twin.aws_clients import Clients
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

    def update(self, request: Request, _: ResourceState) -> Provisioned:
        """Put it again: the same name is the same alarm, another name another one."""
        return self.create(request)

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
            # IAM itself needs none where it trusts the issuer's authority; moto wants one.
            ThumbprintList=request.properties.get("ThumbprintList") or ["0" * 40],
        )
        return Provisioned(answer["OpenIDConnectProviderArn"], {"Arn": answer["OpenIDConnectProviderArn"]})

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Take over other clients."""
        arn = before.physical_id
        wanted = [str(client) for client in request.properties.get("ClientIdList") or []]
        iam_backends[request.account]["aws"].open_id_providers[arn].client_id_list = wanted  # moto has no call for it
        return Provisioned(arn, {"Arn": arn})

    def delete(self, _: Request, before: ResourceState) -> None:
        """Delete the provider."""
        self.clients("iam").delete_open_id_connect_provider(OpenIDConnectProviderArn=before.physical_id)


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
