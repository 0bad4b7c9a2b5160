"""A pod that must not come into the namespace, and what the API server made of it."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from api_platform.proof.mesh_analysis.draft import Draft, Edit
from api_platform.rules.finding import Manifest
from eks_twin.errors import TwinError
from eks_twin.objects.api import Answer, ObjectsApi


@dataclass(frozen=True)
class BadPod:
    """A pod of ours with one fact changed."""

    what: str
    refusal: str
    """A part of what the API server must say."""
    edits: Sequence[Edit]


def bad(what: str, refusal: str, *edits: Edit) -> BadPod:
    """Return a pod that the API server must not create."""
    return BadPod(what, refusal, edits)


@dataclass(frozen=True)
class PodTrial:
    """What the API server made of a bad pod."""

    pod: BadPod
    answer: Answer

    @property
    def refused(self) -> bool:
        """Whether it was refused for the reason for which it must be."""
        return not self.answer.accepted and self.pod.refusal in self.answer.message


def spoiled(pod: BadPod, pods: Sequence[Manifest]) -> Manifest:
    """Return the pod with its changes. Raises TwinError where they do not fit ours, or change not exactly one."""
    draft = Draft(pods)
    for edit in pod.edits:
        edit(draft)
    changed = [edited for whole, edited in zip(pods, draft.objects, strict=True) if whole != edited]
    if len(changed) != 1:
        raise TwinError(f"{pod.what!r} changes {len(changed)} pods, not one. Correct its edits.")
    return changed[0]


def try_pod(api: ObjectsApi, pod: Manifest) -> Answer:
    """Ask whether the pod would be created. Stores nothing."""
    metadata = pod["metadata"]
    return api.try_creation({**pod, "metadata": {**metadata, "name": f"{metadata['name']}-again"}})


def pods_of(objects: Iterable[Manifest]) -> Sequence[Manifest]:
    """Return a pod of each Deployment."""
    return [_pod_of(one) for one in objects if one["kind"] == "Deployment"]


def _pod_of(deployment: Manifest) -> dict[str, Any]:
    """Return a pod as the Deployment's controller makes it, but for its name: the Deployment's own."""
    metadata, template = deployment["metadata"], deepcopy(deployment["spec"]["template"])
    named = {**template["metadata"], "name": metadata["name"], "namespace": metadata["namespace"]}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": named, "spec": template["spec"]}
