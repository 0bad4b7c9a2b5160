"""How large templates get: with the services there are, and with a hundred."""

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.context import Context
from benchmarks.result import Result, under
from benchmarks.workspace import Workspace

_RESOURCES = 400
_KILOBYTES = 700
_SERVICES = 100
_NO_LIMIT = "@aws-cdk/core:stackResourceLimit=0"
"""The CDK refuses to write more than 500 resources; a figure says more than a refusal."""


def largest_template(context: Context) -> list[Result]:
    """Look at all templates of the platform, and of one environment with a hundred services."""
    few = _templates(context, context.platform)
    many = _templates(context, context.fleet(_SERVICES), ENVIRONMENT="production")
    return [line for where, sizes in (("", few), (f" at {_SERVICES} services", many)) for line in _lines(where, sizes)]


def _lines(where: str, sizes: dict[str, tuple[int, int]]) -> Iterator[Result]:
    most = max(sizes, key=lambda name: sizes[name][0])
    longest = max(sizes, key=lambda name: sizes[name][1])
    what = f"largest template{where}"
    yield under(what, _RESOURCES, sizes[most][0], "resources", most)
    yield under(what, _KILOBYTES, sizes[longest][1] / 1000, "KB", longest)


def _templates(context: Context, workspace: Workspace, **settings: str) -> dict[str, tuple[int, int]]:
    """Return stack -> resources and bytes."""
    output = context.folder / f"cdk.out-{workspace.root.name}"
    command = ("cdk", "synth", "--quiet", "--output", output, "--context", _NO_LIMIT)
    workspace.command(*command, CDK_VALIDATION="false", **settings).run()
    return {_stack(file): _size(file) for file in sorted(output.rglob("*.template.json"))}


def _stack(file: Path) -> str:
    """Return the stack's name with its stage's, as `cdk ls` prints it."""
    manifest = json.loads((file.parent / "manifest.json").read_text(encoding="utf-8"))
    artifact = manifest["artifacts"].get(file.name.removesuffix(".template.json"), {})
    return str(artifact.get("displayName", file.name)).partition(" ")[0]


def _size(file: Path) -> tuple[int, int]:
    text = file.read_bytes()
    return len(json.loads(text).get("Resources", {})), len(text)
