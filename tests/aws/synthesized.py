"""What `cdk synth` writes, read back as plain data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from api_platform.aws.stages import add_stages
from api_platform.environment import ENVIRONMENT_NAMES
from tests.aws.building import an_app

Resource = Mapping[str, Any]
"""One resource of a template: Type, Properties, DependsOn, ..."""

KUBERNETES_OBJECT = "Custom::AWSCDK-EKS-KubernetesResource"
HELM_RELEASE = "Custom::AWSCDK-EKS-HelmChart"


@dataclass(frozen=True)
class Synthesized:
    """A cloud assembly. Stacks are named as `cdk ls` names them: production/api-service."""

    folder: Path

    def manifests(self) -> list[dict[str, Any]]:
        """Every manifest.json."""
        return [json.loads(path.read_text()) for path in self.folder.rglob("manifest.json")]

    def stacks(self) -> dict[str, dict[str, Any]]:
        """Name -> the stack's entry in its manifest."""
        artifacts = [one for manifest in self.manifests() for one in manifest["artifacts"].values()]
        stacks = [one for one in artifacts if one["type"] == "aws:cloudformation:stack"]
        return {one["displayName"]: one for one in stacks}

    def before(self, stack: str) -> set[str]:
        """The stacks that `stack` waits for directly, in its own environment."""
        manifest = json.loads((self._assembly(stack) / "manifest.json").read_text())["artifacts"]
        (entry,) = [one for one in manifest.values() if one.get("displayName") == stack]
        waits = [manifest[name] for name in entry.get("dependencies", ())]
        return {one["displayName"] for one in waits if one["type"] == "aws:cloudformation:stack"}

    def template_file(self, stack: str) -> Path:
        """The stack's template."""
        file: str = self.stacks()[stack]["properties"]["templateFile"]
        return self._assembly(stack) / file

    def resources(self, stack: str, kind: str | None = None) -> dict[str, Resource]:
        """Logical id -> resource; `kind`: of one type. Default: of all."""
        everything: dict[str, Resource] = _read(self.template_file(stack))["Resources"]
        return {name: one for name, one in everything.items() if kind in (None, one["Type"])}

    def objects(self, stack: str) -> list[dict[str, Any]]:
        """The Kubernetes objects that the stack attaches, one a resource."""
        objects = []
        for resource in self.resources(stack, KUBERNETES_OBJECT).values():
            (one,) = json.loads(resource["Properties"]["Manifest"])
            objects.append(one)
        return objects

    def _assembly(self, stack: str) -> Path:
        return self.folder / f"assembly-{stack.partition('/')[0]}"


def in_every_environment(stack: str) -> list[str]:
    """The stack's name in each environment."""
    return [f"{environment}/{stack}" for environment in ENVIRONMENT_NAMES]


def synthesize(folder: Path, only: str | None = None, **context: Any) -> Synthesized:
    """Run the app as app.py does. `only`: one environment; default: all. `context`: as `-c` gives it."""
    app = an_app(folder, **context)
    add_stages(app, only)
    app.synth()
    return Synthesized(folder)


@cache
def _read(template: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(template.read_text())
    return read
