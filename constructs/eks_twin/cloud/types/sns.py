"""Topics of SNS, and their subscriptions."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.kept import ChangeInPlace, Kept, KeptType, changed
from eks_twin.cloud.types.tags import pairs, tagged
from eks_twin.cloudformation import Provisioned, Request, ResourceState, ResourceType

_TOPIC_ATTRIBUTES = ("DisplayName", "KmsMasterKeyId")
_SUBSCRIPTION_DEFAULTS: Mapping[str, object] = {
    "DeliveryPolicy": "",
    "FilterPolicy": {},
    "FilterPolicyScope": "MessageAttributes",
    "RawMessageDelivery": False,
    "RedrivePolicy": "",
    "SubscriptionRoleArn": "",
}
"""What each attribute is where the template does not say."""


def types(clients: Clients) -> Mapping[str, ResourceType]:
    """Return the types."""
    tags = tagged(
        lambda kept, tags: _sns(kept).tag_resource(ResourceArn=kept.id, Tags=pairs(tags)),
        lambda kept, keys: _sns(kept).untag_resource(ResourceArn=kept.id, TagKeys=keys),
    )
    attributes: Mapping[str, ChangeInPlace] = {name: _attribute(name) for name in _TOPIC_ATTRIBUTES}
    topic = KeptType(clients, _delete_topic, {**attributes, "Tags": tags}, frozenset(_TOPIC_ATTRIBUTES))
    return {"AWS::SNS::Topic": topic, "AWS::SNS::Subscription": Subscription(clients)}


def _sns(kept: Kept) -> Any:
    return kept.clients("sns")


def _attribute(name: str) -> ChangeInPlace:
    def change(kept: Kept) -> None:
        value = str(kept.after.get(name, ""))
        _sns(kept).set_topic_attributes(TopicArn=kept.id, AttributeName=name, AttributeValue=value)

    return change


def _delete_topic(kept: Kept) -> None:
    _sns(kept).delete_topic(TopicArn=kept.id)


@dataclass(frozen=True)
class Subscription:
    """AWS::SNS::Subscription. Nobody is asked to confirm it."""

    clients: Clients

    def create(self, request: Request) -> Provisioned:
        """Subscribe."""
        wanted = request.properties
        arn = self.clients("sns").subscribe(
            TopicArn=wanted["TopicArn"],
            Protocol=wanted["Protocol"],
            Endpoint=wanted["Endpoint"],
            ReturnSubscriptionArn=True,
        )["SubscriptionArn"]
        self._set(arn, wanted, wanted.keys() & _SUBSCRIPTION_DEFAULTS.keys())
        return Provisioned(arn, {"Arn": arn})

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Change how messages are delivered."""
        self._set(before.physical_id, request.properties, changed(request, before, _SUBSCRIPTION_DEFAULTS))
        return Provisioned(before.physical_id, {"Arn": before.physical_id})

    def delete(self, _: Request, before: ResourceState) -> None:
        """Unsubscribe."""
        self.clients("sns").unsubscribe(SubscriptionArn=before.physical_id)

    def _set(self, arn: str, wanted: Mapping[str, Any], names: Iterable[str]) -> None:
        for name in sorted(names):
            value = _text(wanted.get(name, _SUBSCRIPTION_DEFAULTS[name]))
            self.clients("sns").set_subscription_attributes(
                SubscriptionArn=arn, AttributeName=name, AttributeValue=value
            )


def _text(value: object) -> str:
    return json.dumps(value) if isinstance(value, (dict, bool)) else str(value)
