"""A broken manifest, and what the API server made of it."""

from collections.abc import Iterable, Mapping, Sequence, Set
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from api_platform.proof.mesh_analysis.draft import Draft, Edit
from api_platform.rules.finding import Manifest
from api_platform.rules.values import text
from eks_twin.errors import TwinError
from eks_twin.objects.api import Answer, ObjectsApi
from eks_twin.objects.inventory import Key, key_of


class Gate(StrEnum):
    """Where a manifest is stopped, in the order in which it passes."""

    DECODING = "decoding, strict"
    ADMISSION = "admission"
    VALIDATION = "validation"
    DEFINITION = "the definition's schema and rules"
    UNKNOWN = "no such API"


_BY_REASON: Mapping[str, Gate] = {"BadRequest": Gate.DECODING, "Forbidden": Gate.ADMISSION, "Invalid": Gate.VALIDATION}


@dataclass(frozen=True)
class Broken:
    """One way to break a manifest of ours."""

    what: str
    refusal: str
    """A part of what the API server must say."""
    edits: Sequence[Edit]
    live: bool = False
    """Whether the live object is to be changed so; else a new one is to be created so."""


def broken(what: str, refusal: str, *edits: Edit) -> Broken:
    """Return a manifest that the API server must not create."""
    return Broken(what, refusal, edits)


def broken_change(what: str, refusal: str, *edits: Edit) -> Broken:
    """Return a manifest that the API server must not make of the live object."""
    return Broken(what, refusal, edits, live=True)


@dataclass(frozen=True)
class Attempt:
    """What the API server made of a broken manifest."""

    broken: Broken
    key: Key
    """Of the object that was broken."""
    answer: Answer
    custom: bool
    """Whether its kind comes from a definition."""

    @property
    def refused(self) -> bool:
        """Whether it was refused for the reason for which it must be."""
        return not self.answer.accepted and self.broken.refusal in self.answer.message

    @property
    def gate(self) -> Gate | None:
        """Where it was stopped; None where it was not."""
        if self.answer.accepted:
            return None
        gate = _BY_REASON.get(text(self.answer.body, "reason"), Gate.UNKNOWN)
        return Gate.DEFINITION if gate is Gate.VALIDATION and self.custom else gate


@dataclass(frozen=True)
class Prepared:
    """A broken manifest beside the whole one."""

    broken: Broken
    whole: Manifest
    manifest: Manifest


def prepare(broken: Broken, objects: Sequence[Manifest]) -> Prepared:
    """Break the object. Raises TwinError where the edits do not fit the objects, or change not exactly one."""
    draft = Draft(objects)
    for edit in broken.edits:
        edit(draft)
    pairs = [(whole, edited) for whole, edited in zip(objects, draft.objects, strict=True) if whole != edited]
    if len(pairs) != 1:
        raise TwinError(f"{broken.what!r} changes {len(pairs)} objects, not one. Correct its edits.")
    return Prepared(broken, *pairs[0])


@dataclass(frozen=True)
class Trials:
    """Tries broken manifests, and the whole ones that they were made from. Stores nothing."""

    api: ObjectsApi
    custom_groups: Set[str]
    """The API groups that come from definitions."""

    def attempt(self, prepared: Prepared) -> Attempt:
        """Try a broken one."""
        answer = self._try(prepared.manifest, live=prepared.broken.live)
        custom = prepared.whole["apiVersion"].rpartition("/")[0] in self.custom_groups
        return Attempt(prepared.broken, key_of(prepared.whole), answer, custom)

    def control(self, prepared: Prepared) -> Answer:
        """Try the same with the whole one: it must be accepted, or the refusal of the other proves nothing."""
        return self._try(prepared.whole, live=prepared.broken.live)

    def _try(self, manifest: Manifest, *, live: bool) -> Answer:
        return self.api.try_change(manifest) if live else self.api.try_creation(_renamed(manifest))


def pod_of(deployment: Manifest) -> dict[str, Any]:
    """Return a pod as the Deployment's controller makes it, but for its name: the Deployment's own."""
    metadata, template = deployment["metadata"], deepcopy(deployment["spec"]["template"])
    named = {**template["metadata"], "name": metadata["name"], "namespace": metadata["namespace"]}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": named, "spec": template["spec"]}


def pods_of(objects: Iterable[Manifest]) -> Sequence[Manifest]:
    """Return a pod of each Deployment."""
    return [pod_of(one) for one in objects if one["kind"] == "Deployment"]


def _renamed(manifest: Manifest) -> Manifest:
    """Return it under a name that no live object has: it is to be created."""
    metadata = manifest["metadata"]
    return {**manifest, "metadata": {**metadata, "name": f"{metadata['name']}-again"}}
