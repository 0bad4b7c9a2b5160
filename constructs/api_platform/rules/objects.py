"""Finds rendered objects: by kind and name, by labels, and by what they select."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import PLATFORM, Manifest
from api_platform.rules.values import at, rows, table, text, words
from api_platform.service import Service, Workload

NAME_LABEL = "app.kubernetes.io/name"
"""By which an object says whose it is."""

Key = tuple[str, str | None, str]
"""Kind, namespace, name."""

_POD_SELECTORS: Mapping[str, tuple[str, ...]] = {
    "AuthorizationPolicy": ("selector",),
    "Deployment": ("selector",),
    "NetworkPolicy": ("podSelector",),
    "PeerAuthentication": ("selector",),
    "PodDisruptionBudget": ("selector",),
    "Service": ("selector",),
    "Sidecar": ("workloadSelector", "labels"),
}
"""Kind -> where in its spec its selector of pods stands."""
_PLAIN = ("Service", "Sidecar")
"""Kinds whose selector is plain labels instead of a label selector."""
_SELECT_NONE_WITHOUT = ("Deployment", "PodDisruptionBudget", "Service")
"""Kinds that select nothing when they have no selector; the others then select the whole namespace."""


def name(manifest: Manifest) -> str:
    """Return the object's name."""
    return text(manifest, "metadata", "name")


def namespace(manifest: Manifest) -> str | None:
    """Return the object's namespace; None where it is the whole cluster's."""
    return text(manifest, "metadata", "namespace") or None


def title(manifest: Manifest) -> str:
    """Return the object's kind and name, as kubectl prints them."""
    return f"{text(manifest, 'kind')}/{name(manifest)}"


def pod_selector(manifest: Manifest) -> Mapping[str, Any] | None:
    """Return how an object selects pods, as a label selector; None where it is of a kind that does not, or has none."""
    kind = text(manifest, "kind")
    found = at(manifest, "spec", *_POD_SELECTORS.get(kind, ("no selector",)))
    if not isinstance(found, dict):
        return None
    return {"matchLabels": found} if kind in _PLAIN else found


class Objects:
    """All rendered objects of one environment.

    Every look-up costs the same however many objects there are, so that the rules' time grows with the services and
    not with their square.
    """

    def __init__(self, manifests: Iterable[Manifest]) -> None:
        self._all = tuple(manifests)

    def __iter__(self) -> Iterator[Manifest]:
        return iter(self._all)

    def of_kind(self, *kinds: str) -> list[Manifest]:
        """Return the objects of these kinds."""
        return list(chain.from_iterable(self._by_kind.get(kind, ()) for kind in kinds))

    def find(self, kind: str, where: str | None, called: str) -> Manifest | None:
        """Return the object of this kind, namespace and name."""
        return self._by_key.get((kind, where, called))

    def deployments(self, environment: Environment, services: Sequence[Service]) -> Iterator[tuple[Workload, Manifest]]:
        """Return each workload with its Deployment, where it has one (`every-workload-is-complete` sees to that)."""
        for service in services:
            for workload in service.workloads:
                found = self.find("Deployment", names.namespace_name(environment), workload.name)
                if found is not None:
                    yield workload, found

    def subject(self, manifest: Manifest) -> str:
        """Return the workload that the object belongs to, by label or name; `platform` where it belongs to none."""
        for owner in (text(manifest, "metadata", "labels", NAME_LABEL), name(manifest)):
            if owner and self.find("Deployment", namespace(manifest), owner) is not None:
                return owner
        return PLATFORM

    def select(self, kind: str, where: str | None, selector: Mapping[str, Any]) -> list[Manifest]:
        """Return what a label selector selects: Deployments by their pods' labels, other kinds by their own.

        An empty selector selects all.
        """
        index = self._by_label.get(kind, {})
        wanted = table(selector, "matchLabels").items()
        sets = sorted((index.get((where, key, str(value)), set()) for key, value in wanted), key=len)
        if sets:
            candidates = [self._all[position] for position in sorted(set.intersection(*sets))]
        else:
            candidates = [one for one in self.of_kind(kind) if namespace(one) == where]
        demands = rows(selector, "matchExpressions")
        return [one for one in candidates if all(_meets(labels_of(one), demand) for demand in demands)]

    def selected_by(self, manifest: Manifest) -> list[Manifest]:
        """Return the Deployments whose pods an object selects.

        An empty selector selects all of the namespace, and so does a missing one in a policy or a Sidecar.
        """
        selector = pod_selector(manifest)
        if selector is None and text(manifest, "kind") in _SELECT_NONE_WITHOUT:
            return []
        return self.select("Deployment", namespace(manifest), selector or {})

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Manifest]]:
        kinds: dict[str, list[Manifest]] = {}
        for one in self._all:
            kinds.setdefault(text(one, "kind"), []).append(one)
        return kinds

    @cached_property
    def _by_key(self) -> Mapping[Key, Manifest]:
        return {(text(one, "kind"), namespace(one), name(one)): one for one in self._all}

    @cached_property
    def _by_label(self) -> Mapping[str, Mapping[tuple[str | None, str, str], set[int]]]:
        kinds: dict[str, dict[tuple[str | None, str, str], set[int]]] = {}
        for position, one in enumerate(self._all):
            index = kinds.setdefault(text(one, "kind"), {})
            for key, value in labels_of(one).items():
                index.setdefault((namespace(one), key, str(value)), set()).add(position)
        return kinds


def labels_of(manifest: Manifest) -> Mapping[str, Any]:
    """Return the labels that selectors go by: a Deployment's pods', any other object's own."""
    within = ("spec", "template") if text(manifest, "kind") == "Deployment" else ()
    return table(manifest, *within, "metadata", "labels")


def _meets(labels: Mapping[str, Any], demand: Mapping[str, Any]) -> bool:
    """Say whether the labels meet one of a selector's `matchExpressions`."""
    key, operator, values = text(demand, "key"), text(demand, "operator"), words(demand, "values")
    match operator:
        case "In":
            return labels.get(key) in values
        case "NotIn":
            return labels.get(key) not in values
        case "Exists":
            return key in labels
        case "DoesNotExist":
            return key not in labels
        case _:
            return False
