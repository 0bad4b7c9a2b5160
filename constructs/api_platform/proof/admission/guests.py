"""The other environments, as guests of a cluster that holds one: just enough of them for the API server to judge them.

That is their namespace, with its level of Pod Security, its quota and its limits, and what pods must find there.
"""

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from api_platform.manifests.rendering import Rendering
from api_platform.rules.finding import Manifest
from api_platform.rules.values import table, text
from eks_twin.errors import TwinError
from eks_twin.measure.waiting import happens_within
from eks_twin.objects.api import ObjectsApi
from eks_twin.objects.inventory import key_of

_NEEDED: Final = ("Namespace", "PriorityClass", "ServiceAccount", "LimitRange", "ResourceQuota")
"""Kinds that the admission of a pod looks at, in the order in which they can be made."""
_SECONDS: Final = 30.0


@dataclass
class Guests:
    """What was made for them, in this order."""

    api: ObjectsApi
    """Knows the kinds of all environments."""
    made: list[Manifest] = field(default_factory=list)

    def make(self, manifest: Manifest) -> None:
        """Make an object, unless it is there already."""
        if self.api.get(manifest) is None:
            self.made.append(manifest)
            self.api.apply(manifest)

    def leave(self) -> None:
        """Begin to remove what was made. What lies in a namespace goes with it."""
        for manifest in reversed(self.made):
            if "namespace" not in manifest["metadata"]:
                self.api.delete(manifest)

    def wait_until_gone(self) -> None:
        """Return when nothing of them is left. Raises TwinError with what is, after half a minute."""
        deadline = time.monotonic() + _SECONDS
        for manifest in self.made:
            left = max(0.0, deadline - time.monotonic())
            if not happens_within(left, partial(self._is_gone, manifest)):
                raise TwinError(f"{key_of(manifest)} was made for a trial, and is still there after {_SECONDS:.0f} s.")

    def is_counted(self, quota: Manifest) -> bool:
        """Return whether a quota has been counted: until then, no pod is admitted."""
        return bool(table(self.api.get(quota), "status", "hard"))

    def _is_gone(self, manifest: Manifest) -> bool:
        return self.api.get(manifest) is None


@contextmanager
def guests(kubeconfig: Path, renderings: Iterable[Rendering], definitions: Mapping[str, Path]) -> Iterator[Guests]:
    """Have these environments in the cluster until the end of the block, where they begin to leave.

    `definitions`: files, each with a list of those that an environment may need and the cluster may lack.
    """
    invited = Guests(ObjectsApi.open(kubeconfig))
    renderings = tuple(renderings)
    try:
        for definition in _missing(invited.api, renderings, definitions.values()):
            invited.make(definition)
        invited.api = _knowing(kubeconfig, renderings)
        for rendering in renderings:
            for manifest in sorted(_needed(rendering), key=lambda one: _NEEDED.index(one["kind"])):
                invited.make(manifest)
        _wait_for_quotas(invited)
        yield invited
    finally:
        invited.leave()


def _needed(rendering: Rendering) -> Sequence[Manifest]:
    return [one for one in rendering.objects if one["kind"] in _NEEDED]


def _kinds(renderings: Iterable[Rendering]) -> set[tuple[str, str]]:
    return {(one["apiVersion"], one["kind"]) for rendering in renderings for one in rendering.objects}


def _missing(api: ObjectsApi, renderings: Sequence[Rendering], files: Iterable[Path]) -> Sequence[dict[str, Any]]:
    """Return the definitions of kinds that the cluster does not know."""
    missing = {kind for version, kind in _kinds(renderings) if not api.knows(version, kind)}
    if not missing:
        return []
    found = (one for file in files for one in json.loads(file.read_text())["items"])
    return [one for one in found if text(one, "spec", "names", "kind") in missing]


def _knowing(kubeconfig: Path, renderings: Sequence[Rendering]) -> ObjectsApi:
    """Return a client that knows all kinds: a new definition takes a moment."""
    opened: list[ObjectsApi] = []

    def knows_all() -> bool:
        opened.append(ObjectsApi.open(kubeconfig))
        return all(opened[-1].knows(*kind) for kind in _kinds(renderings))

    if not happens_within(_SECONDS, knows_all):
        raise TwinError(f"the API server does not offer all kinds of ours after {_SECONDS:.0f} s.")
    return opened[-1]


def _wait_for_quotas(invited: Guests) -> None:
    for quota in (one for one in invited.made if one["kind"] == "ResourceQuota"):
        if not happens_within(_SECONDS, partial(invited.is_counted, quota)):
            raise TwinError(f"{key_of(quota)} is not counted after {_SECONDS:.0f} s.")
