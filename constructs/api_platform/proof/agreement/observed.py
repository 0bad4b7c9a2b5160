"""What came: the cluster's objects and pods, and CloudFormation's events, from before a deploy to after it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from api_platform.labels import MANAGED_BY
from api_platform.plan.live_objects import kubectl_resource, own_part
from api_platform.plan.object_key import ObjectKey
from api_platform.plan.templates import FOLLOWERS
from api_platform.proof.agreement.effects import Effects, Fate
from api_platform.proof.delivery.stack import StackEvent, histories
from api_platform.proof.stage import ProofStage
from api_platform.rules.finding import Manifest
from api_platform.rules.values import rows, table, text
from eks_twin.errors import TwinError

_REVISION: Final = "deployment.kubernetes.io/revision"
_HASH: Final = "pod-template-hash"
_CANCELLED: Final = "cancelled"
"""In the reason of a resource that stopped since another one failed."""


@dataclass(frozen=True)
class LiveContents:
    """What was there at one time."""

    objects: Mapping[str, tuple[str, Manifest]]
    """Of ours, with uid and content."""
    pods: Mapping[str, Set[str]]
    """Deployment -> the hashes of the templates that its pods are of."""
    events: Mapping[str, Sequence[StackEvent]]
    """Path of a stack -> all that ever happened to it, oldest first."""


def observe(stage: ProofStage, manifests: Iterable[Manifest]) -> LiveContents:
    """Look at all objects of ours, of the kinds of these. Raises TwinError where the cluster does not answer."""
    kinds = ",".join(sorted({kubectl_resource(one) for one in manifests}))
    selector = ",".join(f"{key}={value}" for key, value in MANAGED_BY.items())
    live = _get(stage, kinds, "--all-namespaces", "--selector", selector)
    return LiveContents(
        objects={str(ObjectKey.of(one)): (text(one, "metadata", "uid"), content(one)) for one in live if _is_ours(one)},
        pods=pods_of(_get(stage, "pods", "--namespace", stage.namespace)),
        events={f"{stage.environment.name}/{name}": events for name, events in histories(stage).items()},
    )


def content(manifest: Manifest) -> Manifest:
    """Return what of an object is neither the server's nor a controller's."""
    own = own_part(manifest)
    metadata, spec = dict(own["metadata"]), table(own, "spec")
    metadata["annotations"] = {key: one for key, one in table(metadata, "annotations").items() if key != _REVISION}
    if own["kind"] != "Deployment":
        return {**own, "metadata": metadata}
    # The number of pods is its autoscaler's to write, at any time.
    return {**own, "metadata": metadata, "spec": {key: value for key, value in spec.items() if key != "replicas"}}


def pods_of(pods: Iterable[Manifest]) -> Mapping[str, Set[str]]:
    """Return the hashes of the pods that stay, by their Deployment: it gives its ReplicaSet its name and the hash."""
    found: dict[str, set[str]] = defaultdict(set)
    for pod in pods:
        hashed = text(pod, "metadata", "labels", _HASH)
        for owner in rows(pod, "metadata", "ownerReferences"):
            if hashed and not text(pod, "metadata", "deletionTimestamp"):
                deployment = text(owner, "name").removesuffix(f"-{hashed}")
                found[str(ObjectKey("Deployment", text(pod, "metadata", "namespace"), deployment))].add(hashed)
    return found


def effects_seen(before: LiveContents, after: LiveContents) -> Effects:
    """Return what changed in between."""
    events = list(_new_events(before, after))
    both = before.pods.keys() & after.pods.keys()
    return Effects(
        objects=dict(_fates(before, after)),
        restarts={deployment for deployment in both if before.pods[deployment] != after.pods[deployment]},
        resources={f"{path} {event.resource}" for path, event in events},
        failing={
            f"{path} {event.resource}"
            for path, event in events
            if event.status.endswith("_FAILED") and _CANCELLED not in event.reason.lower()
        },
    )


def _fates(before: LiveContents, after: LiveContents) -> Iterator[tuple[str, Fate]]:
    for subject in {*before.objects, *after.objects}:
        old, new = before.objects.get(subject), after.objects.get(subject)
        if old is None:
            yield subject, Fate.CREATED
        elif new is None:
            yield subject, Fate.DELETED
        elif old[0] != new[0]:
            yield subject, Fate.REPLACED
        elif old[1] != new[1]:
            yield subject, Fate.UPDATED


def _new_events(before: LiveContents, after: LiveContents) -> Iterator[tuple[str, StackEvent]]:
    """Yield what happened to resources in between, but for those that a plan leaves out."""
    for path, events in after.events.items():
        for event in events[len(before.events.get(path, ())) :]:
            if not event.is_the_stacks and event.kind not in FOLLOWERS:
                yield path, event


def _is_ours(one: Manifest) -> bool:
    """Return whether nobody else made it of one of ours, with our labels."""
    return not rows(one, "metadata", "ownerReferences")


def _get(stage: ProofStage, *words: str) -> list[Mapping[str, Any]]:
    run = stage.kubectl("get", *words, "--output=json")
    if run.returncode:
        raise TwinError(f"the cluster could not be looked at: {run.stderr.strip()}")
    return rows(json.loads(run.stdout), "items")
