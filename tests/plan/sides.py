"""Two sides of a small platform: a test changes one fact of the new one, and asks what a plan makes of it."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from json import dumps
from typing import Any

from api_platform.plan.assembly import CloudAssembly, StackKey, StackTemplate
from api_platform.plan.changes import DeployChanges
from api_platform.plan.risks.risk import FindRisks, Risk
from api_platform.plan.states import DeployState
from api_platform.plan.templates import KUBERNETES_OBJECT
from tests.rendering import Manifest
from tests.rules.platform import Platform, a_platform

ACCOUNT, REGION = "123456789012", "eu-west-1"


@dataclass
class Sides:
    """The platform of the rules' tests, before and after, held by no stack."""

    before: Platform = field(default_factory=a_platform)
    after: Platform = field(default_factory=a_platform)

    def changes(self) -> DeployChanges:
        """Return what differs."""
        return DeployChanges.between(
            DeployState.of_objects(self.before.objects), DeployState.of_objects(self.after.objects)
        )

    def risks(self, find: FindRisks) -> list[Risk]:
        """Return what one kind of risk finds."""
        return find(self.changes())

    def values(self, find: FindRisks) -> list[tuple[str, str]]:
        """Return subject and value of what one kind of risk finds."""
        return [(risk.subject, risk.value) for risk in self.risks(find)]


def a_config_map(name: str = "settings", **data: str) -> Manifest:
    """Return a ConfigMap of the namespace production."""
    metadata = {"name": name, "namespace": "production"}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": data or {"level": "info"}}


def an_object_resource(manifest: Manifest, **more: Any) -> dict[str, Any]:
    """Return the resource by which a stack holds an object; `more` are properties of it."""
    return {"Type": KUBERNETES_OBJECT, "Properties": {"Manifest": dumps([manifest], ensure_ascii=False), **more}}


def a_stack(
    path: str,
    resources: Mapping[str, Any] | None = None,
    *,
    after: Sequence[str] = (),
    outputs: Mapping[str, Any] | None = None,
) -> StackTemplate:
    """Return a stack of these resources (default: one AWS resource)."""
    queue = {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "orders"}}}
    template = {"Resources": deepcopy(queue if resources is None else dict(resources)), "Outputs": dict(outputs or {})}
    return StackTemplate(path, StackKey(ACCOUNT, REGION, path.replace("/", "-")), template, frozenset(after))


def a_state(*stacks: StackTemplate) -> DeployState:
    """Return the side that the stacks are."""
    return DeployState.of_stacks(CloudAssembly(stacks))


def between(before: Sequence[StackTemplate], after: Sequence[StackTemplate]) -> DeployChanges:
    """Return what differs between two sets of stacks."""
    return DeployChanges.between(a_state(*before), a_state(*after))
