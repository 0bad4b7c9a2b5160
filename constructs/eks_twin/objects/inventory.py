"""Everything that is in a cluster, to compare what was before with what is after."""

from collections.abc import Iterable, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from eks_twin.manifests import Manifest, rows, table, text, words
from eks_twin.objects.api import ObjectsApi, Resource

_AT_ONCE: Final = 8

_COMES_AND_GOES: Final = frozenset({"Event", "Lease", "ComponentStatus", "IPAddress"})
"""Kinds by which the cluster keeps its own books."""
_COMPUTED: Final = frozenset({"metrics.k8s.io", "custom.metrics.k8s.io", "external.metrics.k8s.io"})
"""Groups whose objects are measurements, not stored."""
_CLUSTERS_OWN: Final = frozenset({("ConfigMap", "kube-root-ca.crt"), ("ServiceAccount", "default")})
"""What the cluster puts into each namespace: kind and name."""


@dataclass(frozen=True, order=True)
class Key:
    """What an object is called."""

    kind: str
    namespace: str
    """Empty for an object of the whole cluster."""
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Entry:
    """One object."""

    key: Key
    uid: str
    owners: Sequence[str] = ()
    """The uids of those with which it goes."""
    labels: Mapping[str, str] | None = None
    finalizers: Sequence[str] = ()
    """Who has to let it go before it is gone."""

    @property
    def is_the_clusters(self) -> bool:
        """Whether every namespace has one."""
        return (self.key.kind, self.key.name) in _CLUSTERS_OWN


Inventory = Mapping[str, Entry]
"""All objects by uid."""


def take(api: ObjectsApi) -> Inventory:
    """Return all objects of the cluster, but for those that come and go by themselves."""
    resources = _stored(api.resources)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(partial(_entries, api), resources)
        return {entry.uid: entry for entries in found for entry in entries}


def key_of(manifest: Manifest) -> Key:
    """Return what a rendered object is called."""
    metadata = manifest["metadata"]
    return Key(manifest["kind"], metadata.get("namespace", ""), metadata["name"])


def dependents(inventory: Inventory, of: Iterable[str]) -> Set[str]:
    """Return the uids of all that goes with these, by the owners that it names; those of Endpoints by their name."""
    gone = set(of)
    services = {inventory[uid].key for uid in gone if inventory[uid].key.kind == "Service"}
    while True:
        more = {
            uid
            for uid, entry in inventory.items()
            if uid not in gone and (not gone.isdisjoint(entry.owners) or _endpoints_of(entry.key) in services)
        }
        if not more:
            return gone
        gone |= more


def arrived(before: Inventory, after: Inventory) -> Sequence[Key]:
    """Return what is there after, and was not before, but for what controllers made of what was."""
    new = (entry for uid, entry in after.items() if uid not in before)
    return sorted(entry.key for entry in new if not entry.owners and not entry.is_the_clusters)


def strangers(inventory: Inventory, rendered: Iterable[Key], label: tuple[str, str], namespace: str) -> Sequence[Entry]:
    """Return what is in the namespace, or has our label anywhere, and was not rendered, nor made from what was."""
    known = set(rendered)
    ours = dependents(inventory, [uid for uid, entry in inventory.items() if entry.key in known])
    name, value = label
    return sorted(
        (
            entry
            for uid, entry in inventory.items()
            if uid not in ours
            and not entry.is_the_clusters
            and (entry.key.namespace == namespace or (entry.labels or {}).get(name) == value)
        ),
        key=lambda entry: entry.key,
    )


def _stored(resources: Sequence[Resource]) -> Sequence[Resource]:
    """Return each kind once, in its group's preferred version."""
    chosen: dict[tuple[str, str], Resource] = {}
    for resource in resources:
        if resource.listed and resource.kind not in _COMES_AND_GOES and resource.group not in _COMPUTED:
            chosen.setdefault((resource.group, resource.plural), resource)
    return list(chosen.values())


def _entries(api: ObjectsApi, resource: Resource) -> Sequence[Entry]:
    return [_entry(resource.kind, metadata) for metadata in api.list_metadata(resource)]


def _entry(kind: str, metadata: Mapping[str, Any]) -> Entry:
    key = Key(kind, text(metadata, "namespace"), text(metadata, "name"))
    owners = [text(owner, "uid") for owner in rows(metadata, "ownerReferences")]
    labels, finalizers = table(metadata, "labels"), words(metadata, "finalizers")
    return Entry(key, text(metadata, "uid"), owners, labels, finalizers)


def _endpoints_of(key: Key) -> Key | None:
    """Return the Service that these Endpoints are of: they name no owner, but have its name."""
    return Key("Service", key.namespace, key.name) if key.kind == "Endpoints" else None
