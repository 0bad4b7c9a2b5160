"""One side of a plan: who holds which objects, and the stacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from api_platform.plan.assembly import CloudAssembly, StackKey, StackTemplate
from api_platform.plan.object_key import ObjectKey
from api_platform.plan.templates import kubernetes_objects
from api_platform.rules.finding import Manifest
from api_platform.rules.objects import Objects
from api_platform.rules.values import table, text


@dataclass(frozen=True)
class HeldObject:
    """A Kubernetes object, and the resource of a stack that holds it."""

    manifest: Manifest
    stack: StackKey | None = None
    """None where the objects were applied without CloudFormation."""
    logical_id: str = ""
    takes_over: bool = False
    """Whether it is applied over one that is there already (`overwrite`), instead of refusing."""
    is_kept: bool = False
    """Whether it outlives its resource (RemovalPolicy.RETAIN)."""
    applied_by: Mapping[str, Any] = field(default_factory=dict)
    """The resource's other properties: which function applies it, and to which cluster."""

    @property
    def holder(self) -> tuple[StackKey | None, str]:
        """Return what of CloudFormation holds it."""
        return self.stack, self.logical_id


@dataclass(frozen=True)
class DeployState:
    """What is deployed, or would be, of one environment."""

    objects: Mapping[ObjectKey, HeldObject]
    stacks: Mapping[StackKey, StackTemplate] = field(default_factory=dict)
    """Default: none, as where objects were applied without CloudFormation."""

    @classmethod
    def of_stacks(cls, assembly: CloudAssembly) -> "DeployState":
        """Return what the stacks' templates hold."""
        objects = {}
        for stack in assembly.stacks:
            for logical_id, resource, manifest in kubernetes_objects(stack.template):
                properties = table(resource, "Properties")
                objects[ObjectKey.of(manifest)] = HeldObject(
                    manifest,
                    stack.key,
                    logical_id,
                    takes_over=properties.get("Overwrite") in (True, "true"),
                    is_kept=text(resource, "DeletionPolicy") == "Retain",
                    applied_by={key: value for key, value in properties.items() if key != "Manifest"},
                )
        return cls(objects, {stack.key: stack for stack in assembly.stacks})

    @classmethod
    def of_objects(cls, manifests: Iterable[Manifest]) -> "DeployState":
        """Return the objects, held by no stack."""
        return cls({ObjectKey.of(manifest): HeldObject(manifest) for manifest in manifests})

    @cached_property
    def index(self) -> Objects:
        """Return the objects as the rules look for them: by kind, label and selector."""
        return Objects(held.manifest for held in self.objects.values())

    def path_of(self, stack: StackKey | None) -> str:
        """Return the stack's path; its CloudFormation name where this side does not have it."""
        if stack is None:
            return ""
        return self.stacks[stack].path if stack in self.stacks else stack.name

    def holds_resource(self, held: HeldObject) -> bool:
        """Return whether the logical id that holds the object is there on this side."""
        stack = self.stacks.get(held.stack) if held.stack else None
        return stack is not None and held.logical_id in stack.template.get("Resources", {})
