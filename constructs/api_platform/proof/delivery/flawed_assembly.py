"""A cloud assembly in which one Kubernetes object is broken, for a while: as a faulty change to a spec would break it.

The CDK CLI uploads a template under the hash of its text, and not again where that is there already. So a changed
template gets a hash of its own, as the CDK would give it.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eks_twin.errors import TwinError

ManifestChange = Callable[[dict[str, Any]], None]
"""Changes a Kubernetes object."""
_MANIFEST = "manifest.json"


@contextmanager
def flawed(assembly: Path, stack: str, called: tuple[str, str], change: ManifestChange) -> Iterator[str]:
    """Have an object changed in the stack's template until the end of the block. Yields the resource's logical id.

    `called`: its kind and name. Raises TwinError where the stack has not exactly one such object.
    """
    folder, artifact, properties = _artifact(assembly, stack)
    files = [folder / properties["templateFile"], folder / f"{artifact}.assets.json", folder / _MANIFEST]
    before = {file: file.read_text() for file in files}
    template = json.loads(before[files[0]])
    resource = _change(template, called, change)
    text = json.dumps(template, indent=1)
    old, new = _address(properties), hashlib.sha256(text.encode()).hexdigest()
    try:
        files[0].write_text(text)
        for file in files[1:]:
            file.write_text(before[file].replace(old, new))
        yield resource
    finally:
        for file, whole in before.items():
            file.write_text(whole)


def _artifact(assembly: Path, stack: str) -> tuple[Path, str, dict[str, Any]]:
    """Return where the stack is in the assembly: the folder, the artifact's name and its properties."""
    for manifest in sorted(assembly.glob(f"**/{_MANIFEST}")):
        for name, artifact in json.loads(manifest.read_text())["artifacts"].items():
            if artifact.get("properties", {}).get("stackName") == stack:
                return manifest.parent, name, artifact["properties"]
    raise TwinError(f"the assembly in {assembly} holds no stack {stack}.")


def _address(properties: dict[str, Any]) -> str:
    """Return the template's hash, which is its name in the bucket."""
    return Path(properties["stackTemplateAssetObjectUrl"]).stem


def _change(template: dict[str, Any], called: tuple[str, str], change: ManifestChange) -> str:
    found = [
        (logical_id, resource["Properties"], objects)
        for logical_id, resource in template["Resources"].items()
        if resource["Type"] == "Custom::AWSCDK-EKS-KubernetesResource"
        and _is(objects := _objects(resource["Properties"]), called)
    ]
    if len(found) != 1:
        raise TwinError(f"{' '.join(called)} is to be broken, and the template holds {len(found)} of it.")
    logical_id, properties, objects = found[0]
    change(objects[0])
    properties["Manifest"] = json.dumps(objects)
    return str(logical_id)


def _objects(properties: dict[str, Any]) -> Sequence[dict[str, Any]]:
    """Return the objects of a manifest; none where it holds tokens, which ours never do."""
    manifest = properties["Manifest"]
    return list(json.loads(manifest)) if isinstance(manifest, str) else []


def _is(objects: Sequence[dict[str, Any]], called: tuple[str, str]) -> bool:
    return [(one["kind"], one["metadata"]["name"]) for one in objects] == [called]
