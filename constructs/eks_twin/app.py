"""What the twin must know of a CDK app, read from the cloud assembly that its synthesis wrote."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from eks_twin.errors import InputError
from eks_twin.manifests import Manifest, rows, table, text

_STACK = "aws:cloudformation:stack"
_NESTED_ASSEMBLY = "cdk:cloud-assembly"
_OF_CLUSTERS = ("AWS::EKS::", "Custom::AWSCDK-EKS-")
"""What the types of a cluster, its parts and its objects begin with."""


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
    needs: frozenset[str] = frozenset()
    """Paths of the stacks that must be there before it."""


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

    @cached_property
    def without_clusters(self) -> "App":
        """What of the app can be deployed without a control plane.

        That is the stacks without a cluster, or anything of one, that need no such stack either.
        """
        bound = {stack.path for stack in self.stacks if any(map(_is_of_cluster, _resources(stack.template)))}
        while more := {stack.path for stack in self.stacks if stack.needs & bound} - bound:
            bound |= more
        return App(tuple(stack for stack in self.stacks if stack.path not in bound))


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
    artifacts = json.loads((assembly / "manifest.json").read_text())["artifacts"]
    paths = {name: one.get("displayName", name) for name, one in artifacts.items() if one["type"] == _STACK}
    for artifact_id, artifact in artifacts.items():
        properties = artifact.get("properties", {})
        if artifact["type"] == _NESTED_ASSEMBLY:
            yield from _stacks(assembly / properties["directoryName"])
        elif artifact["type"] == _STACK:
            yield AppStack(
                path=paths[artifact_id],
                name=properties.get("stackName", artifact_id),
                place=_place(paths[artifact_id], artifact["environment"]),
                template=assembly / properties["templateFile"],
                needs=frozenset(paths[needed] for needed in artifact.get("dependencies", []) if needed in paths),
            )


def _place(stack: str, environment: str) -> Place:
    account, region = environment.removeprefix("aws://").split("/")
    if account == "unknown-account" or region == "unknown-region":
        raise InputError(f"stack {stack} has no account and region. Give it some: `env=Environment(account=..., ...)`.")
    return Place(account, region)


def _clusters(template: Path) -> Iterator[str]:
    for resource in _resources(template):
        if text(resource, "Type") == "AWS::EKS::Cluster" and (name := text(resource, "Properties", "Name")):
            yield name


def _is_of_cluster(resource: Manifest) -> bool:
    return text(resource, "Type").startswith(_OF_CLUSTERS)


def _resources(template: Path) -> list[Manifest]:
    resources = table(json.loads(template.read_text()), "Resources")
    return rows({"all": list(resources.values())}, "all")
