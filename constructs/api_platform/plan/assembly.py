"""A cloud assembly: what `cdk synth` wrote, stack by stack."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from api_platform.errors import InputError, nearest, shown

SCHEMA: Final = 55
"""The major version that the pinned aws-cdk-lib writes."""


class StackKey(NamedTuple):
    """By what a stack is the same on both sides: CloudFormation knows no path."""

    account: str
    region: str
    name: str


@dataclass(frozen=True)
class StackTemplate:
    """A stack, as it was synthesized."""

    path: str
    """By which the CDK CLI selects it, e.g. `production/api-service`."""
    key: StackKey
    template: Mapping[str, Any]
    after: frozenset[str] = frozenset()
    """Paths of the stacks that are deployed before it."""
    lookup_role: str | None = None
    """ARN of the bootstrapped role that may read the account. Default: the caller's own credentials."""

    @property
    def environment(self) -> str:
        """Return the stage that it belongs to; a stack beside the stages stands for itself."""
        return self.path.partition("/")[0]


@dataclass(frozen=True)
class CloudAssembly:
    """All stacks of an app."""

    stacks: tuple[StackTemplate, ...]

    @classmethod
    def read(cls, folder: Path) -> "CloudAssembly":
        """Return what was synthesized into the folder. Raises InputError where that is no assembly of our version."""
        if not (folder / "manifest.json").is_file():
            raise InputError(
                f"{shown(folder)}: is no cloud assembly (it has no manifest.json). "
                "Run `cdk synth`, or name the folder that it wrote."
            )
        try:
            return cls(tuple(_stacks(folder)))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"{shown(folder)}: is no whole cloud assembly ({error!r}). Run `cdk synth` again."
            ) from None

    @property
    def environments(self) -> list[str]:
        """Return the stages, and the stacks beside them, in order."""
        return list(dict.fromkeys(stack.environment for stack in self.stacks))

    def of(self, environment: str) -> "CloudAssembly":
        """Return the part that is one environment's; nothing where it has none."""
        return CloudAssembly(tuple(stack for stack in self.stacks if stack.environment == environment))

    def require(self, environment: str, folder: Path) -> None:
        """Raise InputError where the assembly has no such environment."""
        if environment not in self.environments:
            raise InputError(
                f"{shown(folder)}: has no environment {environment!r}. {nearest(environment, self.environments)}"
            )


def _stacks(folder: Path) -> Iterator[StackTemplate]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    _check_version(folder, manifest["version"])
    artifacts = manifest.get("artifacts", {})
    stacks = {key: one for key, one in artifacts.items() if one["type"] == "aws:cloudformation:stack"}
    for key, artifact in artifacts.items():
        if artifact["type"] == "cdk:cloud-assembly":
            yield from _stacks(folder / artifact["properties"]["directoryName"])
        elif key in stacks:
            before = [_path(one, stacks[one]) for one in artifact.get("dependencies", ()) if one in stacks]
            yield _stack(folder, key, artifact, before)


def _check_version(folder: Path, version: str) -> None:
    major = str(version).partition(".")[0]
    if major != str(SCHEMA):
        raise InputError(
            f"{shown(folder)}: was written by another version of the CDK (schema {version}, ours is {SCHEMA}). "
            "Synthesize it again with the packages of this checkout: make synth"
        )


def _stack(folder: Path, key: str, artifact: Mapping[str, Any], before: Sequence[str]) -> StackTemplate:
    properties = artifact["properties"]
    account, region = artifact["environment"].removeprefix("aws://").split("/")
    role = properties.get("lookupRole", {}).get("arn")
    return StackTemplate(
        path=_path(key, artifact),
        key=StackKey(account, region, properties.get("stackName", key)),
        template=json.loads((folder / properties["templateFile"]).read_text(encoding="utf-8")),
        after=frozenset(before),
        lookup_role=role.replace("${AWS::Partition}", "aws") if role else None,
    )


def _path(key: str, artifact: Mapping[str, Any]) -> str:
    return str(artifact.get("displayName", key))
