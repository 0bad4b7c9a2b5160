"""What the twin must know of a CDK app, read from the cloud assembly that its synthesis wrote."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from eks_twin.errors import InputError
from eks_twin.manifests import rows, table, text

_STACK = "aws:cloudformation:stack"
_NESTED_ASSEMBLY = "cdk:cloud-assembly"


@dataclass(frozen=True, order=True)
class Place:
    """An account and a region: what the CDK calls an environment."""

    account: str
    """Twelve digits."""
    region: str

    def __str__(self) -> str:
        """Return it as the CDK CLI takes it."""
        return f"aws://{self.account}/{self.region}"


@dataclass(frozen=True)
class AppStack:
    """A stack of the app."""

    path: str
    """By which the CDK CLI selects it, e.g. `production/api-service`."""
    name: str
    """By which CloudFormation knows it, e.g. `production-api-service`."""
    place: Place
    template: Path


@dataclass(frozen=True, order=True)
class ClusterName:
    """Which EKS cluster is meant: the name alone is unique only where it stands."""

    place: Place
    name: str

    def __str__(self) -> str:
        """Return it as messages name it."""
        return f"{self.name} ({self.place.account}, {self.place.region})"


@dataclass(frozen=True)
class App:
    """A synthesized app."""

    stacks: tuple[AppStack, ...]

    @property
    def places(self) -> list[Place]:
        """Every account and region that a stack is for."""
        return sorted({stack.place for stack in self.stacks})

    @cached_property
    def clusters(self) -> list[ClusterName]:
        """The clusters whose names stand in the templates; others are only known once they are created."""
        return sorted({ClusterName(stack.place, name) for stack in self.stacks for name in _clusters(stack.template)})


def read_app(assembly: Path) -> App:
    """Return what was synthesized into the folder. Raises InputError where that is no assembly, or has no place.

    A stack without account and region is for wherever the CLI is pointed: on a twin, that is nowhere certain.
    """
    try:
        found = tuple(_stacks(assembly))
    except (OSError, ValueError, KeyError) as error:
        raise InputError(
            f"{assembly} is no cloud assembly ({error!r}). Name a folder that `cdk synth` wrote."
        ) from None
    if not found:
        raise InputError(f"the app has no stacks in {assembly}. Select some, or look at what `cdk ls` says.")
    return App(found)


def _stacks(assembly: Path) -> Iterator[AppStack]:
    for artifact_id, artifact in json.loads((assembly / "manifest.json").read_text())["artifacts"].items():
        properties = artifact.get("properties", {})
        if artifact["type"] == _NESTED_ASSEMBLY:
            yield from _stacks(assembly / properties["directoryName"])
        elif artifact["type"] == _STACK:
            path = artifact.get("displayName", artifact_id)
            place = _place(path, artifact["environment"])
            yield AppStack(path, properties.get("stackName", artifact_id), place, assembly / properties["templateFile"])


def _place(stack: str, environment: str) -> Place:
    account, region = environment.removeprefix("aws://").split("/")
    if account == "unknown-account" or region == "unknown-region":
        raise InputError(f"stack {stack} has no account and region. Give it some: `env=Environment(account=..., ...)`.")
    return Place(account, region)


def _clusters(template: Path) -> Iterator[str]:
    resources = table(json.loads(template.read_text()), "Resources")
    for resource in rows({"all": list(resources.values())}, "all"):
        if text(resource, "Type") == "AWS::EKS::Cluster" and (name := text(resource, "Properties", "Name")):
            yield name
