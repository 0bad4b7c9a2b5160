"""Every rendered object against the live one."""

import tempfile
from collections.abc import Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from api_platform.labels import platform_labels
from api_platform.manifests.rendering import Rendering
from api_platform.proof.stage import ProofStage
from api_platform.rules.finding import Manifest
from api_platform.yaml_files import SUFFIX, to_yaml, write_folder
from eks_twin.errors import TwinError
from eks_twin.objects.api import ObjectsApi
from eks_twin.objects.comparison import Comparison, compare
from eks_twin.objects.inventory import Entry, Key, key_of, strangers, take

_AT_ONCE = 8
_LABEL = "app.kubernetes.io/managed-by"
"""Every object of ours has it."""


@dataclass(frozen=True)
class Equality:
    """How the cluster differs from what was rendered."""

    found: Mapping[Key, Comparison]
    """The objects that are there."""
    missing: Sequence[Key]
    strangers: Sequence[Entry]
    """Objects that are in the namespace, or have our label, and were not rendered."""

    @property
    def total(self) -> int:
        """How many objects were rendered."""
        return len(self.found) + len(self.missing)

    @property
    def differences(self) -> Sequence[tuple[Key, str]]:
        """Every difference of every object, and what is missing or strange."""
        return [
            *((key, str(difference)) for key, one in self.found.items() for difference in one.differences),
            *((key, "was rendered, and is not there") for key in self.missing),
            *((entry.key, "is there, and was not rendered") for entry in self.strangers),
        ]


def compare_all(api: ObjectsApi, rendering: Rendering, namespace: str) -> Equality:
    """Compare all objects of the rendering with the cluster's."""
    custom_groups = api.custom_groups()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        compared = pool.map(partial(_compare_one, api, custom_groups), rendering.objects)
        pairs = list(zip(map(key_of, rendering.objects), compared, strict=True))
    label = (_LABEL, platform_labels()[_LABEL])
    return Equality(
        found={key: one for key, one in pairs if one},
        missing=[key for key, one in pairs if not one],
        strangers=strangers(take(api), [key for key, _ in pairs], label, namespace),
    )


def _compare_one(api: ObjectsApi, custom_groups: Set[str], manifest: Manifest) -> Comparison | None:
    live = api.get(manifest)
    if live is None:
        return None
    metadata = manifest["metadata"]
    again = api.try_creation({**manifest, "metadata": {**metadata, "name": f"{metadata['name']}-again"}})
    if not again.accepted:
        raise TwinError(f"{key_of(manifest)} is in the cluster, but could not be created again: {again.message}")
    custom = manifest["apiVersion"].rpartition("/")[0] in custom_groups
    return compare(manifest, live, again.body, custom=custom)


@dataclass(frozen=True)
class Diff:
    """What `kubectl diff` says of the rendered files."""

    exit_code: int
    """0: nothing would change; 1: something would; above: it failed."""
    said: str
    control: int
    """Its exit code for an object with one changed label, which must be 1."""


def diff(stage: ProofStage, rendering: Rendering) -> Diff:
    """Run `kubectl diff` over the files as they are written to disk, and over one that was changed."""
    with tempfile.TemporaryDirectory(dir=stage.home.folder) as scratch:
        folder = Path(scratch) / rendering.environment.name
        write_folder(folder, {f"{stem}{SUFFIX}": to_yaml(objects) for stem, objects in rendering.files.items()})
        whole = stage.kubectl("diff", "-f", str(folder))
    changed = stage.kubectl("diff", "-f", "-", given=to_yaml([_with_another_label(rendering.objects)]))
    return Diff(whole.returncode, (whole.stdout + whole.stderr).strip(), changed.returncode)


def _with_another_label(objects: Sequence[Manifest]) -> Manifest:
    """Return the first Service with one fact changed."""
    service = next(one for one in objects if one["kind"] == "Service")
    metadata = service["metadata"]
    return {**service, "metadata": {**metadata, "labels": {**metadata["labels"], "changed": "yes"}}}
